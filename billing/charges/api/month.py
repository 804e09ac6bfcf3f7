"""JSON doors of the month run: the steps of a month, and a second look asked for."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from billing.charges import services
from billing.charges.api.serializers import AskRun
from billing.charges.rules.month_run import StepCode, StepState
from tenancy.kernel import clock
from tenancy.kernel.api import ApiView, valid
from tenancy.kernel.permissions import Permission


class StepReason(serializers.Serializer[Any]):
    """A stable code with its numbers."""

    code = serializers.CharField()
    params = serializers.DictField()


class MonthStep(serializers.Serializer[Any]):
    """A step, how it stands, and a number with its reason."""

    code = serializers.ChoiceField(choices=[(code.value, code.value) for code in StepCode])
    state = serializers.ChoiceField(choices=[(state.value, state.value) for state in StepState])
    because = StepReason()


class MonthSteps(serializers.Serializer[Any]):
    """The steps of a community's month. `run`: the newest run of it."""

    run = serializers.IntegerField(source="progress.run_id", allow_null=True)
    bills = serializers.IntegerField(source="progress.bills")
    papers = serializers.IntegerField(source="progress.papers")
    printed = serializers.IntegerField(source="progress.printed")
    delivered = serializers.IntegerField(source="progress.delivered")
    approval = serializers.IntegerField(source="release.approval_id", allow_null=True, default=None)
    steps = MonthStep(many=True)


class Asked(serializers.Serializer[Any]):
    """The request that was made."""

    approval = serializers.IntegerField()


class Month(ApiView):
    """A month as its steps."""

    permission = Permission.BILL_RUN

    @extend_schema(
        summary="The steps of a month; refused as a preview is", parameters=[AskRun], responses=MonthSteps
    )
    def get(self, request: Request) -> Response:
        asked = valid(AskRun(data=request.query_params))
        community_id, period = asked["community"], asked["month"]
        preview = services.preview_bills(
            community_id=community_id, period=period, as_of=asked.get("issued_on") or clock.today()
        )
        found = services.month_run(community_id=community_id, period=period, preview=preview)
        return Response(MonthSteps(found).data)


class Release(ApiView):
    """Ask somebody else to look at a run before it goes out."""

    permission = Permission.BILL_RUN

    @extend_schema(summary="Ask for a second look at a month", request=AskRun, responses={201: Asked})
    def post(self, request: Request) -> Response:
        asked = valid(AskRun(data=request.data))
        approval_id = services.ask_release(
            community_id=asked["community"],
            period=asked["month"],
            issued_on=asked.get("issued_on") or clock.today(),
            by=self.staff,
            at=clock.now(),
        )
        return Response({"approval": approval_id}, status=status.HTTP_201_CREATED)
