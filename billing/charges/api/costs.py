"""JSON doors: what pursuing an account has cost."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from billing.charges import queries, services
from billing.charges.api.serializers import Charge
from billing.charges.rules.costs import CostKind
from tenancy.kernel import clock
from tenancy.kernel.api import ApiView, valid
from tenancy.kernel.fields import DayField, YuanField
from tenancy.kernel.permissions import Permission


class NewCost(serializers.Serializer[Any]):
    """An expense with its proof; `incurred_on` today without it."""

    kind = serializers.ChoiceField(tuple(kind.value for kind in CostKind))
    amount = YuanField()
    incurred_on = DayField(required=False)
    reference = serializers.CharField(max_length=60)
    note = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class TakeBackCost(serializers.Serializer[Any]):
    """Why it is no longer asked for."""

    reason = serializers.CharField(max_length=200)


class AccountCosts(ApiView):
    """Costs of an account."""

    permission = Permission.COST_BOOK

    @extend_schema(
        summary="Book a cost of collection; payments settle it before late fee and principal",
        request=NewCost,
        responses={201: Charge},
    )
    def post(self, request: Request, account_id: int) -> Response:
        queries.account_card(account_id)  # what is not there is 404, whatever the body says
        said, today = valid(NewCost(data=request.data)), clock.today()
        made = services.book_cost(
            account_id=account_id,
            kind=CostKind(said["kind"]),
            amount_fen=said["amount"],
            incurred_on=said.get("incurred_on") or today,
            reference=said["reference"],
            note=said["note"],
            on=today,
        )
        return Response(Charge(queries.charge_why(made, as_of=today)).data, status=status.HTTP_201_CREATED)


class CostTakenBack(ApiView):
    """Take a cost back."""

    permission = Permission.COST_BOOK

    @extend_schema(
        summary="Take back a cost of which nothing is paid", request=TakeBackCost, responses=Charge
    )
    def post(self, request: Request, charge_id: int) -> Response:
        queries.charge_why(charge_id, as_of=clock.today())
        said = valid(TakeBackCost(data=request.data))
        services.take_back_cost(charge_id=charge_id, reason=said["reason"], on=clock.today())
        return Response(Charge(queries.charge_why(charge_id, as_of=clock.today())).data)
