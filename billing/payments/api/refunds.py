"""JSON doors of money that goes back: a payment taken back, credit refunded."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from billing.charges.queries import account_card
from billing.payments import queries, services
from billing.payments.models import Refund as RefundModel
from tenancy.kernel import clock
from tenancy.kernel.api import ApiView, valid
from tenancy.kernel.fields import YuanField
from tenancy.kernel.permissions import Permission


class Why(serializers.Serializer[Any]):
    """Why a payment is taken back."""

    reason = serializers.CharField(max_length=200)


class ReversalAsked(serializers.Serializer[Any]):
    """The request that waits for a decision."""

    approval = serializers.IntegerField()


class Refund(serializers.Serializer[Any]):
    """A refund: who asked, who agreed, who paid, and the entry it was paid as."""

    id = serializers.IntegerField(source="refund_id")
    account = serializers.IntegerField(source="account_id")
    unit_code = serializers.CharField()
    party_name = serializers.CharField()
    payment = serializers.IntegerField(source="payment_id")
    method = serializers.CharField()
    amount = YuanField(source="amount_fen")
    reason = serializers.CharField()
    state = serializers.ChoiceField(RefundModel.State.values)
    approval = serializers.IntegerField(source="approval_id")
    asked_by = serializers.CharField()
    asked_on = serializers.DateField()
    decided_by = serializers.CharField()
    paid_by = serializers.CharField()
    paid_as = serializers.IntegerField(source="paid_as_id", allow_null=True)
    closed_on = serializers.DateField(allow_null=True)


class Refundable(serializers.Serializer[Any]):
    """A payment whose money may go back, and how much of it is still here as credit."""

    payment = serializers.IntegerField(source="payment_id")
    paid_on = serializers.DateField()
    method = serializers.CharField()
    reference = serializers.CharField()
    payer_name = serializers.CharField()
    amount = YuanField(source="amount_fen")
    left = YuanField(source="left_fen")


class AskRefund(serializers.Serializer[Any]):
    """Which payment's money goes back, how much, and why."""

    payment = serializers.IntegerField(min_value=1)
    amount = YuanField()
    reason = serializers.CharField(max_length=200)


class PayRefund(serializers.Serializer[Any]):
    """A number of the bank, or the desk that the cash left."""

    reference = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")
    cash_point = serializers.IntegerField(min_value=1, required=False, allow_null=True, default=None)


class Reversal(ApiView):
    """Ask that a payment be taken back."""

    permission = Permission.PAYMENT_TAKE

    @extend_schema(
        summary="Ask that a payment be taken back; another person decides",
        request=Why,
        responses={201: ReversalAsked},
    )
    def post(self, request: Request, payment_id: int) -> Response:
        queries.payment_detail(payment_id)  # what is not there is 404, whatever the body says
        data = valid(Why(data=request.data))
        asked = services.ask_reversal(
            payment_id=payment_id, reason=data["reason"], by=self.staff, at=clock.now()
        )
        return Response(ReversalAsked({"approval": asked}).data, status=status.HTTP_201_CREATED)


class Refunds(ApiView):
    """All refunds."""

    permission = Permission.PAYMENT_SEE

    @extend_schema(summary="Refunds, the newest first", responses=Refund(many=True))
    def get(self, request: Request) -> Response:
        return self.paginated(queries.refund_rows(list(queries.refunds())), Refund, request)


class OneRefund(ApiView):
    """One refund."""

    permission = Permission.PAYMENT_SEE

    @extend_schema(summary="A refund", responses=Refund)
    def get(self, request: Request, refund_id: int) -> Response:
        return Response(Refund(queries.refund_card(refund_id)).data)


class AccountRefunds(ApiView):
    """What of an account's credit may go back, and asking for it."""

    permission = Permission.PAYMENT_SEE
    write_permission = Permission.PAYMENT_TAKE

    @extend_schema(summary="Payments whose money may go back", responses=Refundable(many=True))
    def get(self, request: Request, account_id: int) -> Response:
        account_card(account_id)
        return Response(Refundable(queries.refundable(account_id), many=True).data)

    @extend_schema(
        summary="Ask for a refund; the project manager decides", request=AskRefund, responses={201: Refund}
    )
    def post(self, request: Request, account_id: int) -> Response:
        account_card(account_id)  # what is not there is 404, whatever the body says
        data = valid(AskRefund(data=request.data))
        made = services.ask_refund(
            account_id=account_id,
            payment_id=data["payment"],
            amount_fen=data["amount"],
            reason=data["reason"],
            by=self.staff,
            on=clock.today(),
            at=clock.now(),
        )
        return Response(Refund(queries.refund_card(made)).data, status=status.HTTP_201_CREATED)


class Pay(ApiView):
    """Pay an approved refund."""

    permission = Permission.REFUND_PAY

    @extend_schema(
        summary="Pay an approved refund by the way the money came", request=PayRefund, responses=Refund
    )
    def post(self, request: Request, refund_id: int) -> Response:
        queries.refund_card(refund_id)  # what is not there is 404, whatever the body says
        data = valid(PayRefund(data=request.data))
        services.pay_refund(
            refund_id=refund_id,
            by=self.staff,
            posted_on=clock.today(),
            at=clock.now(),
            reference=data["reference"],
            cash_point_id=data["cash_point"],
        )
        return Response(Refund(queries.refund_card(refund_id)).data)


class Withdraw(ApiView):
    """Take one's own request back."""

    permission = Permission.PAYMENT_TAKE

    @extend_schema(summary="Take one's own request back before it is decided", request=None, responses=Refund)
    def post(self, request: Request, refund_id: int) -> Response:
        services.withdraw_refund(refund_id=refund_id, by=self.staff, on=clock.today())
        return Response(Refund(queries.refund_card(refund_id)).data)
