"""JSON doors of who walks a round: his rounds, one of them, and what happened at a door."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from arrears.team import queries, services
from arrears.team.api import round_serializers as serializers
from arrears.team.rules.rounds import SYNC_DAYS
from arrears.team.services import Handed, Seen, Sent, Signer, Skipped
from notices.services import Photo
from tenancy.kernel import clock
from tenancy.kernel.api import ApiView, valid
from tenancy.kernel.errors import NotFound, Refused
from tenancy.kernel.permissions import Permission
from tenancy.kernel.rest import Page, problem


class WalkView(ApiView):
    """Patrol sees unit numbers and papers only, whoever planned the round."""

    permission = Permission.ROUND_WALK

    @property
    def private(self) -> bool:
        """Whether this member must not see whose home it is."""
        return not self.staff.can(Permission.VISIT_LOG)

    def own_round(self, round_id: int) -> queries.RoundRow:
        """The head of a round that this member walks, or may plan; NotFound for everybody else."""
        row = queries.get_round(round_id)
        mine = self.staff.user_id in (row.main_id, row.second_id)
        if not mine and not self.staff.can(Permission.ROUND_PLAN):
            raise NotFound(_("There is no such round."))
        return row


class Walks(WalkView):
    """My rounds."""

    @extend_schema(summary="My rounds that are not over", responses=serializers.RoundRow(many=True))
    def get(self, request: Request) -> Response:
        found = queries.rounds_to_walk(self.staff.user_id, since=clock.today() - timedelta(SYNC_DAYS))
        paginator = Page()
        page: Any = paginator.paginate_queryset(found, request, view=self)
        return paginator.get_paginated_response(serializers.RoundRow(page, many=True).data)


class Walk(WalkView):
    """One of them."""

    @extend_schema(summary="A round as its walker may see it", responses=serializers.Walk)
    def get(self, request: Request, round_id: int) -> Response:
        self.own_round(round_id)
        page = queries.round_page(round_id, as_of=clock.today())
        stops: Any = queries.doors_of(page.stops) if self.private else page.stops
        return Response(serializers.Walk({"row": page.row, "stops": stops, "private": self.private}).data)


class SendEntry(WalkView):
    """What happened at a door, now or hours ago."""

    parser_classes = [JSONParser, MultiPartParser, FormParser]

    @extend_schema(
        summary="Enter a visit, a hand-over or why nobody rang; the same key is done once",
        request=serializers.SendEntry,
        responses={200: serializers.EntryTaken, 201: serializers.EntryTaken},
    )
    def post(self, request: Request, round_id: int) -> Response:
        self.own_round(round_id)
        sent = _sent(valid(serializers.SendEntry(data=request.data)))
        if queries.round_of_stop(sent.stop_id) != round_id:
            raise NotFound(_("There is no such stop."))
        try:
            with transaction.atomic():
                taken = services.take_entry(sent=sent, by=self.staff, received_at=clock.now())
        except Refused as refusal:
            # What was refused leaves a line: raising would undo that as well.
            services.note_refusal(sent=sent, code=refusal.code, text=str(refusal))
            answer = problem(refusal, {})
            if answer is None:
                raise
            return answer
        code = status.HTTP_200_OK if taken.again else status.HTTP_201_CREATED
        return Response(serializers.EntryTaken(taken).data, status=code)


def _sent(data: dict[str, Any]) -> Sent:
    return Sent(
        key=data["key"],
        stop_id=data["stop"],
        came_at=data["came_at"],
        left_at=data["left_at"],
        what=_what(data),
        photo=_picture(data["photo"], "photo"),
        signer=_signer(data),
        latitude=data["latitude"],
        longitude=data["longitude"],
    )


def _what(data: dict[str, Any]) -> Seen | Handed | Skipped:
    if data["kind"] == "VISIT":
        names = ("result", "second_person", "reason_code", "feedback", "promised_on")
        return Seen(**{name: data[name] for name in names})
    if data["kind"] == "DELIVERY":
        return Handed(
            notice_id=data["notice"], method=data["method"], result=data["result"], note=data["note"]
        )
    return Skipped(reason=data["skip_reason"], note=data["note"])


def _signer(data: dict[str, Any]) -> Signer | None:
    picture = _picture(data["signature"], "signature")
    if picture is None:
        return None
    return Signer(
        picture=picture, who=data["signer"], name=data["signer_name"], relation=data["signer_relation"]
    )


def _picture(upload: Any, name: str) -> Photo | None:
    return Photo(upload.name or name, upload.read()) if upload else None
