"""JSON doors: paying ahead."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from billing.charges import queries, services
from billing.charges.rules.ahead import MOST_MONTHS
from tenancy.kernel import clock
from tenancy.kernel.api import ApiView, valid
from tenancy.kernel.fields import YuanField
from tenancy.kernel.permissions import Permission


class AskAhead(serializers.Serializer[Any]):
    """How many months; `expected` is the sum the payer was told, a refusal when it is another."""

    months = serializers.IntegerField(min_value=1)
    expected = YuanField(required=False, allow_null=True, default=None)


class ShowAhead(serializers.Serializer[Any]):
    """How many months to look at."""

    months = serializers.IntegerField(min_value=1, default=MOST_MONTHS)


class AheadLine(serializers.Serializer[Any]):
    """A charge to be."""

    fee_item = serializers.CharField()
    period = serializers.CharField(source="period.label")
    due_on = serializers.DateField()
    amount = YuanField(source="amount_fen")


class AheadBill(serializers.Serializer[Any]):
    """What paying ahead would issue; `most`: the months that may be asked for."""

    months = serializers.IntegerField()
    most = serializers.IntegerField()
    amount = YuanField(source="amount_fen")
    lines = AheadLine(many=True)


class AheadIssued(serializers.Serializer[Any]):
    """The prepayment bill."""

    bill = serializers.IntegerField()


class PayAhead(ApiView):
    """The coming months of an account."""

    permission = Permission.PAYMENT_TAKE

    @extend_schema(summary="What the coming months would cost", parameters=[ShowAhead], responses=AheadBill)
    def get(self, request: Request, account_id: int) -> Response:
        queries.account_card(account_id)
        asked = valid(ShowAhead(data=request.query_params))
        shown = services.preview_ahead(account_id=account_id, months=asked["months"], on=clock.today())
        return Response(AheadBill(shown).data)

    @extend_schema(
        summary="Issue the coming months as one prepayment bill",
        request=AskAhead,
        responses={201: AheadIssued},
    )
    def post(self, request: Request, account_id: int) -> Response:
        queries.account_card(account_id)  # what is not there is 404, whatever the body says
        asked = valid(AskAhead(data=request.data))
        bill_id = services.issue_ahead(
            account_id=account_id,
            months=asked["months"],
            on=clock.today(),
            expected_fen=asked["expected"],
        )
        return Response({"bill": bill_id}, status=status.HTTP_201_CREATED)
