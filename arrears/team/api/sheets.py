"""JSON doors: sheets to sign, and 物业费催缴记录表."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from arrears.team import queries, services
from arrears.team.api import serializers as said
from arrears.team.queries.sheets import read_key
from tenancy.kernel import clock
from tenancy.kernel.api import ApiView, valid
from tenancy.kernel.errors import NotFound
from tenancy.kernel.permissions import Permission
from tenancy.kernel.rest import Page

WEEK, MONTH, YEAR = timedelta(days=7), timedelta(days=30), timedelta(days=366)


class SheetDoor(ApiView):
    """What the doors of one sheet share."""

    permission = Permission.SHEET_SEE

    def sheet(self, key: str) -> queries.Sheet:
        """The sheet; NotFound when it is not there, or not the caller's to see."""
        found = queries.find_sheet(read_key(key))
        if found is None or self.own not in (None, found.row.person_id):
            raise NotFound(_("There is no such sheet."))
        return found

    @property
    def own(self) -> int | None:
        """The only person whose sheets the caller sees; None: everybody's."""
        staff = self.staff
        sees_all = staff.can(Permission.SHEET_SIGN) or staff.can(Permission.AUDIT_SEE)
        return None if sees_all else staff.user_id


class Sheets(SheetDoor):
    """All sheets of some days."""

    @extend_schema(
        summary="Sheets that are signed the same day",
        parameters=[said.DaysQuery],
        responses=said.SheetRow(many=True),
    )
    def get(self, request: Request) -> Response:
        asked = valid(said.DaysQuery(data=request.query_params))
        from_on, to_on = _days(asked, WEEK)
        rows = queries.sheets(
            from_on=from_on, to_on=to_on, community_id=asked["community"], person_id=self.own
        )
        return self.paginated(rows, said.SheetRow, request)


class OneSheet(SheetDoor):
    """One sheet with its entries."""

    @extend_schema(summary="A sheet with its entries", responses=said.Sheet)
    def get(self, request: Request, sheet: str) -> Response:
        found = self.sheet(sheet)
        told: dict[str, Any] = {
            "row": found.row,
            "entries": found.entries,
            "sampled": sorted(found.sampled),
            "digest": found.digest,
            "holds": found.holds,
        }
        return Response(said.Sheet(told).data)


class SignSheet(SheetDoor):
    """A signature."""

    permission = Permission.SHEET_SIGN

    @extend_schema(summary="Sign a sheet", request=said.SignSheet, responses={201: said.TeamMade})
    def post(self, request: Request, sheet: str) -> Response:
        self.sheet(sheet)
        asked = valid(said.SignSheet(data=request.data))
        mark = services.sign(key=read_key(sheet), by=self.staff, at=clock.now(), digest=asked["digest"])
        return Response(said.TeamMade({"id": mark}).data, status=status.HTTP_201_CREATED)


class ReturnSheet(SheetDoor):
    """A return."""

    permission = Permission.SHEET_SIGN

    @extend_schema(
        summary="Return a sheet for correction", request=said.ReturnSheet, responses={201: said.TeamMade}
    )
    def post(self, request: Request, sheet: str) -> Response:
        self.sheet(sheet)
        asked = valid(said.ReturnSheet(data=request.data))
        mark = services.send_back(
            key=read_key(sheet), comment=asked["comment"], by=self.staff, at=clock.now()
        )
        return Response(said.TeamMade({"id": mark}).data, status=status.HTTP_201_CREATED)


class CorrectSheet(SheetDoor):
    """A correction."""

    permission = Permission.CALL_LOG

    @extend_schema(
        summary="Put an entry of one's own sheet right",
        request=said.CorrectEntry,
        responses={201: said.TeamMade},
    )
    def post(self, request: Request, sheet: str) -> Response:
        self.sheet(sheet)
        asked = valid(said.CorrectEntry(data=request.data))
        made = services.correct(key=read_key(sheet), **asked, by=self.staff, at=clock.now())
        return Response(said.TeamMade({"id": made}).data, status=status.HTTP_201_CREATED)


class Record(ApiView):
    """物业费催缴记录表."""

    permission = Permission.CASE_SEE

    @extend_schema(
        summary="The collection record sheet, a line for each call and visit",
        parameters=[said.RecordQuery],
        responses=said.RecordLine(many=True),
    )
    def get(self, request: Request) -> Response:
        asked = valid(said.RecordQuery(data=request.query_params))
        from_on, to_on = _days(asked, MONTH)
        wanted = queries.RecordFilter(
            from_on,
            to_on,
            community_id=asked["community"],
            building_id=asked["building"],
            cluster=asked["cluster"],
            collector_id=asked["collector"],
            klass=asked["klass"],
            acted=asked["acted"],
        )
        paginator = Page()
        page: Any = paginator.paginate_queryset(queries.find_lines(wanted), request, view=self)
        lines = queries.record_lines(list(page), to_on=to_on, as_of=clock.today())
        return paginator.get_paginated_response(said.RecordLine(lines, many=True).data)


def _days(asked: dict[str, Any], back: timedelta) -> tuple[date, date]:
    """Both ends inclusive, a year at most."""
    to_on: date = asked["to_on"] or clock.today()
    from_on: date = asked["from_on"] or to_on - back
    return max(min(from_on, to_on), to_on - YEAR), to_on
