"""JSON doors of the till: sessions, counts, hand-overs, deposits."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from billing.payments import queries, services
from billing.payments.rules.cash_day import MAX_PIECES, PIECES_FEN
from tenancy.kernel import clock
from tenancy.kernel.api import ApiView, valid
from tenancy.kernel.fields import YuanField
from tenancy.kernel.permissions import Permission
from values.fen import yuan


class TillRow(serializers.Serializer):
    """A cash session; `expected`, `counted` and `difference` once it is closed."""

    id = serializers.IntegerField(source="session_id")
    community_name = serializers.CharField()
    cash_point = serializers.CharField()
    cashier = serializers.CharField()
    day = serializers.DateField()
    opened_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)
    opening = YuanField(source="opening_fen")
    expected = YuanField(source="expected_fen", allow_null=True)
    counted = YuanField(source="counted_fen", allow_null=True)
    difference = YuanField(source="difference_fen", allow_null=True)
    reason = serializers.CharField()


class TillHandover(serializers.Serializer):
    """A hand-over of cash."""

    id = serializers.IntegerField(source="handover_id")
    purpose = serializers.ChoiceField(("TILL", "FINANCE"))
    amount = YuanField(source="amount_fen")
    offered_by = serializers.CharField()
    to_user = serializers.CharField()
    accepted_at = serializers.DateTimeField(allow_null=True)
    declined_at = serializers.DateTimeField(allow_null=True)
    note = serializers.CharField()


class TillDeposit(serializers.Serializer):
    """A deposit slip."""

    id = serializers.IntegerField(source="deposit_id")
    bank = serializers.CharField()
    slip_number = serializers.CharField()
    amount = YuanField(source="amount_fen")


class Till(serializers.Serializer):
    """A session; what should be in it is told once it was counted."""

    session = TillRow(source="row")
    expected = YuanField(source="expected_fen", allow_null=True)
    counted = YuanField(source="counted_fen", allow_null=True)
    difference = YuanField(source="difference_fen", allow_null=True)
    counts_left = serializers.BooleanField(source="may_count")
    handovers = TillHandover(many=True)
    deposits = TillDeposit(many=True)


class TillQuery(serializers.Serializer):
    """Which sessions; days are both inclusive."""

    community = serializers.IntegerField(required=False, min_value=1, default=None)
    state = serializers.ChoiceField(("TILL_OPEN", "TILL_DIFFERENCE"), required=False, default="")
    from_on = serializers.DateField(required=False, default=None)
    to_on = serializers.DateField(required=False, default=None)


class OpenTill(serializers.Serializer):
    """A session to open; without `opening`, with what the last one left at the desk."""

    cash_point = serializers.IntegerField(min_value=1)
    opening = YuanField(required=False, allow_null=True, default=None)
    reason = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class Piece(serializers.Serializer):
    """So many of one note or coin."""

    worth = serializers.ChoiceField([yuan(fen) for fen in PIECES_FEN])
    number = serializers.IntegerField(min_value=0, max_value=MAX_PIECES)


class CountTill(serializers.Serializer):
    """What lies in the till."""

    pieces = serializers.ListField(child=Piece(), max_length=len(PIECES_FEN))


class CloseTill(serializers.Serializer):
    """Why the count differs."""

    reason = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class OfferHandover(serializers.Serializer):
    """To whom, how much."""

    to_user = serializers.IntegerField(min_value=1)
    amount = YuanField()
    note = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class AnswerHandover(serializers.Serializer):
    """Whether the cash is there."""

    accept = serializers.BooleanField()


class DepositSlip(serializers.Serializer):
    """A deposit slip to book; a photo of it is added on the page."""

    bank = serializers.CharField(max_length=60)
    slip_number = serializers.CharField(max_length=40)
    amount = YuanField()


class Tills(ApiView):
    """Sessions, and opening one."""

    permission = Permission.CASH_SEE
    write_permission = Permission.PAYMENT_TAKE

    @extend_schema(
        summary="Cash sessions, newest first", parameters=[TillQuery], responses=TillRow(many=True)
    )
    def get(self, request: Request) -> Response:
        asked = valid(TillQuery(data=request.query_params))
        asked["community_id"] = asked.pop("community")
        ids = list(queries.tills(**asked)[:500])
        return Response(TillRow(queries.till_rows(ids), many=True).data)

    @extend_schema(summary="Open a cash session", request=OpenTill, responses={201: Till})
    def post(self, request: Request) -> Response:
        data = valid(OpenTill(data=request.data))
        opened = services.open_till(
            cash_point_id=data["cash_point"],
            by=self.staff.user_id,
            on=clock.today(),
            at=clock.now(),
            opening_fen=data["opening"],
            reason=data["reason"],
        )
        return _till(opened, status.HTTP_201_CREATED)


class OneTill(ApiView):
    """One session."""

    permission = Permission.CASH_SEE

    @extend_schema(summary="A cash session", responses=Till)
    def get(self, request: Request, session_id: int) -> Response:
        return _till(session_id)


class Count(ApiView):
    """A blind count."""

    permission = Permission.CASH_SEE

    @extend_schema(summary="Count a till; one recount is allowed", request=CountTill, responses=Till)
    def post(self, request: Request, session_id: int) -> Response:
        queries.till(session_id)  # what is not there is 404, whatever the body says
        data = valid(CountTill(data=request.data))
        worth = {yuan(fen): fen for fen in PIECES_FEN}
        pieces = {worth[one["worth"]]: one["number"] for one in data["pieces"]}
        services.count_till(session_id=session_id, pieces=pieces, by=self.staff, at=clock.now())
        return _till(session_id)


class Close(ApiView):
    """The end of a session."""

    permission = Permission.CASH_SEE

    @extend_schema(summary="Close a session with its last count", request=CloseTill, responses=Till)
    def post(self, request: Request, session_id: int) -> Response:
        queries.till(session_id)
        data = valid(CloseTill(data=request.data))
        services.close_till(session_id=session_id, by=self.staff, at=clock.now(), reason=data["reason"])
        return _till(session_id)


class HandOver(ApiView):
    """Cash to another cashier or finance."""

    permission = Permission.PAYMENT_TAKE

    @extend_schema(summary="Hand cash over; the receiver confirms", request=OfferHandover, responses=Till)
    def post(self, request: Request, session_id: int) -> Response:
        queries.till(session_id)
        data = valid(OfferHandover(data=request.data))
        services.offer_handover(
            session_id=session_id,
            to_user_id=data["to_user"],
            amount_fen=data["amount"],
            by=self.staff,
            at=clock.now(),
            note=data["note"],
        )
        return _till(session_id)


class Answer(ApiView):
    """The receiver's word."""

    permission = Permission.PAYMENT_TAKE

    @extend_schema(summary="Confirm or decline a hand-over", request=AnswerHandover, responses={204: None})
    def post(self, request: Request, handover_id: int) -> Response:
        queries.handover(handover_id)
        data = valid(AnswerHandover(data=request.data))
        services.answer_handover(
            handover_id=handover_id, accept=data["accept"], by=self.staff, at=clock.now()
        )
        return Response(status=status.HTTP_204_NO_CONTENT)


class Deposit(ApiView):
    """Cash to the bank."""

    permission = Permission.PAYMENT_TAKE

    @extend_schema(summary="Book a deposit slip of a session", request=DepositSlip, responses=Till)
    def post(self, request: Request, session_id: int) -> Response:
        queries.till(session_id)
        slip = _slip(request)
        services.deposit_cash(session_id=session_id, by=self.staff, on=clock.today(), at=clock.now(), **slip)
        return _till(session_id)


class DepositHeld(ApiView):
    """Cash that finance was handed, to the bank."""

    permission = Permission.CASH_SIGN

    @extend_schema(summary="Book a deposit slip of a hand-over", request=DepositSlip, responses={204: None})
    def post(self, request: Request, handover_id: int) -> Response:
        queries.handover(handover_id)
        slip = _slip(request)
        services.deposit_cash(
            handover_id=handover_id, by=self.staff, on=clock.today(), at=clock.now(), **slip
        )
        return Response(status=status.HTTP_204_NO_CONTENT)


def _till(session_id: int, code: int = status.HTTP_200_OK) -> Response:
    return Response(Till(queries.till(session_id)).data, status=code)


def _slip(request: Request) -> dict[str, Any]:
    data = valid(DepositSlip(data=request.data))
    data["amount_fen"] = data.pop("amount")
    return data
