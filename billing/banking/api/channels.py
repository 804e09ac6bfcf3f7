"""JSON doors: days of channels and their exceptions."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from billing.banking import queries, services
from billing.banking.api.views import BankDoor, Rows, body, query
from billing.banking.queries.channels import OUTCOMES
from tenancy.kernel import clock
from tenancy.kernel.fields import DayField, YuanField
from tenancy.kernel.permissions import Permission

STATES = ("OPEN", "ANSWERED", "CLOSED")


class ChannelDayOut(serializers.Serializer[Any]):
    """A reconciled day. `counts`: outcome -> how many."""

    id = serializers.IntegerField(source="channel_file_id")
    channel = serializers.CharField()
    day = serializers.DateField()
    rows = serializers.IntegerField()
    amount = YuanField(source="amount_fen")
    refunded = YuanField(source="refund_fen")
    fee = YuanField(source="fee_fen")
    counts = serializers.DictField(child=serializers.IntegerField())
    open_exceptions = serializers.IntegerField()


class NewChannelDay(serializers.Serializer[Any]):
    """A channel's file of one day."""

    community = serializers.IntegerField(min_value=1)
    channel = serializers.CharField(max_length=10, help_text="WECHAT or ALIPAY")
    day = DayField()
    file = serializers.FileField()


class ChannelExceptionOut(serializers.Serializer[Any]):
    """Something that does not agree."""

    id = serializers.IntegerField(source="exception_id")
    channel_day = serializers.IntegerField(source="channel_file_id")
    outcome = serializers.CharField()
    order_no = serializers.CharField()
    in_channel = YuanField(source="channel_fen")
    booked = YuanField(source="booked_fen")
    state = serializers.CharField()
    owner = serializers.CharField()
    reason = serializers.CharField()
    closure = serializers.CharField()
    prepared_by = serializers.CharField()
    reviewer = serializers.CharField()
    payment = serializers.IntegerField(source="payment_id", allow_null=True)


class ChannelExceptionQuery(serializers.Serializer[Any]):
    """Which exceptions."""

    state = serializers.ChoiceField(STATES, required=False)
    outcome = serializers.ChoiceField(OUTCOMES[1:], required=False)
    channel_day = serializers.IntegerField(required=False, min_value=1)


class ExceptionAnswer(serializers.Serializer[Any]):
    """Why it is so, and what was done about it."""

    reason = serializers.CharField(max_length=200)
    closure = serializers.CharField(max_length=200)


class ExceptionReview(serializers.Serializer[Any]):
    """Close it, or send the answer back."""

    accept = serializers.BooleanField()


class ChannelDays(BankDoor):
    """Reconciled days, and a new one."""

    parser_classes = (MultiPartParser,)

    @extend_schema(summary="Days of channels, the newest first", responses=ChannelDayOut(many=True))
    def get(self, request: Request) -> Response:
        return self.paginated(Rows(queries.channel_day_ids(), queries.channel_days), ChannelDayOut, request)

    @extend_schema(
        summary="Reconcile a channel's day; nothing is booked",
        request={"multipart/form-data": NewChannelDay},
        responses={201: ChannelDayOut},
    )
    def post(self, request: Request) -> Response:
        data = body(NewChannelDay, request)
        done = services.import_channel_file(
            community_id=data["community"],
            channel=data["channel"],
            day=data["day"],
            content=data["file"].read(),
            name=data["file"].name or "bill",
            at=clock.now(),
        )
        shown = ChannelDayOut(queries.channel_day(done.file_id)).data
        return Response(shown, status=status.HTTP_201_CREATED)


class ChannelDay(BankDoor):
    """One day."""

    @extend_schema(summary="A day of a channel", responses=ChannelDayOut)
    def get(self, request: Request, channel_file_id: int) -> Response:
        return Response(ChannelDayOut(queries.channel_day(channel_file_id)).data)


class Exceptions(BankDoor):
    """What does not agree."""

    @extend_schema(
        summary="Exceptions, what waits first",
        parameters=[ChannelExceptionQuery],
        responses=ChannelExceptionOut(many=True),
    )
    def get(self, request: Request) -> Response:
        asked = query(ChannelExceptionQuery, request)
        found = queries.exception_ids(
            state=asked.get("state", ""),
            outcome=asked.get("outcome", ""),
            channel_file_id=asked.get("channel_day"),
        )
        return self.paginated(Rows(found, queries.exception_rows), ChannelExceptionOut, request)


class OneException(BankDoor):
    """One exception."""

    @extend_schema(summary="An exception", responses=ChannelExceptionOut)
    def get(self, request: Request, exception_id: int) -> Response:
        return _shown(exception_id)


class Answer(BankDoor):
    """Its answer."""

    permission = Permission.BANK_EDIT

    @extend_schema(summary="Answer an exception", request=ExceptionAnswer, responses=ChannelExceptionOut)
    def post(self, request: Request, exception_id: int) -> Response:
        services.answer_exception(exception_id=exception_id, at=clock.now(), **body(ExceptionAnswer, request))
        return _shown(exception_id)


class Review(BankDoor):
    """Its closure by somebody else."""

    permission = Permission.BANK_REVIEW
    write_permission = Permission.BANK_REVIEW

    @extend_schema(
        summary="Close an answered exception, or send it back; never your own answer",
        request=ExceptionReview,
        responses=ChannelExceptionOut,
    )
    def post(self, request: Request, exception_id: int) -> Response:
        services.review_exception(exception_id=exception_id, at=clock.now(), **body(ExceptionReview, request))
        return _shown(exception_id)


def _shown(exception_id: int) -> Response:
    return Response(ChannelExceptionOut(queries.exception_row(exception_id)).data)
