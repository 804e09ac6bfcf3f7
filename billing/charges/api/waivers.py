"""JSON doors of what is let off: ask, look, take a request back; days without late fee."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from billing.charges import queries, services
from billing.charges.models import Waiver as WaiverModel
from billing.charges.models import WaiverLine as WaiverLineModel
from billing.charges.services.waivers import Part
from tenancy.kernel import clock
from tenancy.kernel.api import ApiView, valid
from tenancy.kernel.fields import YuanField
from tenancy.kernel.permissions import Permission


class Waiver(serializers.Serializer[Any]):
    """What was asked to be let off, and what became of it. The decision stands in `approval`."""

    id = serializers.IntegerField(source="waiver_id")
    account = serializers.IntegerField(source="account_id")
    unit = serializers.IntegerField(source="unit_id")
    unit_code = serializers.CharField()
    party_name = serializers.CharField()
    kind = serializers.ChoiceField(WaiverModel.Kind.values)
    state = serializers.ChoiceField(WaiverModel.State.values)
    amount = YuanField(source="amount_fen")
    granted = YuanField(source="granted_fen")
    reason = serializers.CharField()
    offered_until = serializers.DateField(allow_null=True)
    approval = serializers.IntegerField(source="approval_id", allow_null=True)
    asked_by = serializers.CharField()
    asked_on = serializers.DateField()
    closed_on = serializers.DateField(allow_null=True)


class WaiverLine(serializers.Serializer[Any]):
    """What of a charge it is about."""

    charge = serializers.IntegerField(source="charge_id")
    fee_item = serializers.CharField()
    period = serializers.CharField(source="period.label")
    due_on = serializers.DateField()
    part = serializers.ChoiceField(WaiverLineModel.Part.values)
    amount = YuanField(source="amount_fen")


class WaiverCard(serializers.Serializer[Any]):
    """A waiver with its lines."""

    waiver = Waiver()
    lines = WaiverLine(many=True)


class AskedPart(serializers.Serializer[Any]):
    """A charge, which part of it, and how much; without `amount` all that is owed of it."""

    charge = serializers.IntegerField(min_value=1)
    part = serializers.ChoiceField(WaiverLineModel.Part.values)
    amount = YuanField(required=False, allow_null=True, default=None)


class AskWaiver(serializers.Serializer[Any]):
    """What should be let off, why, and until when the principal must come in if it is an offer."""

    kind = serializers.ChoiceField(WaiverModel.Kind.values)
    parts = serializers.ListField(child=AskedPart(), min_length=1, max_length=500)
    reason = serializers.CharField(max_length=200)
    offered_until = serializers.DateField(required=False, allow_null=True, default=None)


class Waivers(ApiView):
    """All waivers."""

    permission = Permission.BILL_SEE

    @extend_schema(summary="Waivers, the newest first", responses=Waiver(many=True))
    def get(self, request: Request) -> Response:
        return self.paginated(queries.waiver_rows(list(queries.waivers())), Waiver, request)


class OneWaiver(ApiView):
    """One waiver."""

    permission = Permission.BILL_SEE

    @extend_schema(summary="A waiver with its lines", responses=WaiverCard)
    def get(self, request: Request, waiver_id: int) -> Response:
        return Response(_card(waiver_id))


class AccountWaivers(ApiView):
    """Waivers of an account."""

    permission = Permission.WAIVER_ASK

    @extend_schema(
        summary="Ask that late fee or principal be let off; others decide",
        request=AskWaiver,
        responses={201: WaiverCard},
    )
    def post(self, request: Request, account_id: int) -> Response:
        queries.account_card(account_id)  # what is not there is 404, whatever the body says
        data = valid(AskWaiver(data=request.data))
        made = services.ask_waiver(
            account_id=account_id,
            kind=data["kind"],
            parts=[Part(one["charge"], one["part"], one["amount"]) for one in data["parts"]],
            reason=data["reason"],
            offered_until=data["offered_until"],
            by=self.staff,
            on=clock.today(),
            at=clock.now(),
        )
        return Response(_card(made), status=status.HTTP_201_CREATED)


class WithdrawWaiver(ApiView):
    """Take one's own request back."""

    permission = Permission.WAIVER_ASK

    @extend_schema(
        summary="Take one's own request back before it is decided", request=None, responses=WaiverCard
    )
    def post(self, request: Request, waiver_id: int) -> Response:
        services.withdraw_waiver(waiver_id=waiver_id, by=self.staff, on=clock.today())
        return Response(_card(waiver_id))


def _card(waiver_id: int) -> Any:
    waiver, lines = queries.waiver_card(waiver_id)
    return WaiverCard({"waiver": waiver, "lines": lines}).data
