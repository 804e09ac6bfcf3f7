"""JSON doors: the outbox, papers as PDF, deliveries, print rounds."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from notices import queries, services, tasks
from notices.api import serializers
from notices.rules.delivered import Method, Receiver, Result
from tenancy.kernel import clock
from tenancy.kernel.api import ApiView
from tenancy.kernel.permissions import Permission
from tenancy.people.services import files

_RENAMED = {
    "community": "community_id",
    "unit": "unit_id",
    "account": "account_id",
    "building": "building_id",
}


class Notices(ApiView):
    """The outbox."""

    permission = Permission.NOTICE_SEE

    @extend_schema(
        summary="Notices, newest first",
        parameters=[serializers.NoticeFilter],
        responses=serializers.NoticeRow(many=True),
    )
    def get(self, request: Request) -> Response:
        asked = _valid(serializers.NoticeFilter, request.query_params)
        rows = queries.notices(queries.Filter(**_renamed(asked)))
        return self.paginated(_Rows(rows), serializers.NoticeRow, request)


class Notice(ApiView):
    """One notice."""

    permission = Permission.NOTICE_SEE

    @extend_schema(summary="A notice, its tries and its deliveries", responses=serializers.NoticeDetail)
    def get(self, request: Request, notice_id: int) -> Response:
        return Response(serializers.NoticeDetail(queries.notice_page(notice_id)).data)


class NoticePdf(ApiView):
    """The paper of a notice, drawn when it is first asked for."""

    permission = Permission.NOTICE_SEE

    @extend_schema(summary="The paper as PDF", responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    def get(self, request: Request, notice_id: int) -> FileResponse:
        file = services.print_notice(notice_id, at=clock.now())
        response = FileResponse(files.location(file).open("rb"), content_type=file.content_type)
        response["Content-Disposition"] = content_disposition_header(False, file.name) or "inline"
        response["X-Content-Type-Options"] = "nosniff"
        return response


class Deliveries(ApiView):
    """Record what happened to one paper or message."""

    permission = Permission.DELIVERY_RECORD

    @extend_schema(
        summary="Record a delivery",
        request={"application/json": serializers.HandOver, "multipart/form-data": serializers.HandOver},
        responses={201: serializers.DeliveryRow},
    )
    def post(self, request: Request, notice_id: int) -> Response:
        entry = _entry(_valid(serializers.HandOver, request.data))
        made = services.record_delivery(notice_id=notice_id, as_of=clock.today(), **entry)
        return Response(serializers.DeliveryRow(made).data, status=status.HTTP_201_CREATED)


class DeliveryRounds(ApiView):
    """Record a whole building."""

    permission = Permission.DELIVERY_RECORD

    @extend_schema(
        summary="Record all that waits in a building as handed over",
        request={
            "application/json": serializers.DeliveryRound,
            "multipart/form-data": serializers.DeliveryRound,
        },
        responses={201: serializers.Recorded},
    )
    def post(self, request: Request) -> Response:
        data = _entry(_valid(serializers.DeliveryRound, request.data))
        where = {name: data.pop(name) for name in ("community", "building", "kind", "issued_on")}
        ways = {"method": Method(data["method"]), "result": Result(data["result"])}
        hand_over = services.HandOver(**{**data, **ways, "receiver": Receiver(data["receiver"])})
        done = services.record_round(**_renamed(where), hand_over=hand_over, as_of=clock.today())
        return Response({"count": done}, status=status.HTTP_201_CREATED)


class Waiting(ApiView):
    """What waits to be delivered, per building."""

    permission = Permission.DELIVERY_SEE

    @extend_schema(
        summary="Papers that wait, per building, kind and day of issue",
        responses=serializers.WaitingGroup(many=True),
    )
    def get(self, request: Request) -> Response:
        return self.paginated(queries.waiting_by_building(), serializers.WaitingGroup, request)


class WaitingPapers(ApiView):
    """The papers of one building."""

    permission = Permission.DELIVERY_SEE

    @extend_schema(
        summary="Papers that wait in a building, in walking order, without names and amounts",
        parameters=[serializers.RoundChoice],
        responses=serializers.WaitingPaper(many=True),
    )
    def get(self, request: Request) -> Response:
        asked = _valid(serializers.RoundChoice, request.query_params)
        rows = queries.waiting_notices(**_renamed(asked))
        return self.paginated(rows, serializers.WaitingPaper, request)


class PrintRounds(ApiView):
    """Print a building."""

    permission = Permission.NOTICE_PRINT

    @extend_schema(
        summary="Print all papers of a kind that wait in a building, as one PDF",
        request=serializers.PrintRound,
        responses={202: serializers.StartedJob},
    )
    def post(self, request: Request) -> Response:
        asked = services.request_round(**_renamed(_valid(serializers.PrintRound, request.data)))
        tasks.start_round(asked, tenant_id=self.staff.tenant_id, user_id=self.staff.user_id)
        return Response({"job": asked.job_id}, status=status.HTTP_202_ACCEPTED)


class _Rows:
    """A slice of rows with names, so that a page is read and not the whole list."""

    def __init__(self, found: Any) -> None:
        self.found = found

    def count(self) -> int:
        return int(self.found.count())

    __len__ = count

    def __getitem__(self, part: slice) -> list[queries.NoticeRow]:
        return queries.as_rows(self.found[part])


def _valid(kind: type[Any], data: Any) -> dict[str, Any]:
    serializer = kind(data=data)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def _renamed(asked: dict[str, Any]) -> dict[str, Any]:
    return {_RENAMED.get(name, name): value for name, value in asked.items()}


def _entry(data: dict[str, Any]) -> dict[str, Any]:
    photo = data["photo"]
    return {**data, "photo": services.Photo(photo.name or "photo", photo.read()) if photo else None}
