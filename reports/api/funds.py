"""JSON doors of business days: the list, a report, its closing, review and signature."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from billing.payments import queries as payments
from billing.payments import services as payment_services
from owners.queries import community_card
from reports import queries, services
from tenancy.kernel import clock
from tenancy.kernel.api import ApiView, valid
from tenancy.kernel.fields import YuanField
from tenancy.kernel.permissions import Permission

STATES = ("DAY_OPEN", "DAY_CLOSED", "DAY_REVIEWED", "DAY_SIGNED")


class DaysQuery(serializers.Serializer):
    """Which days, both inclusive; without a first one, the last three months."""

    community = serializers.IntegerField(required=False, min_value=1, default=None)
    state = serializers.ChoiceField(STATES, required=False, default="")
    from_on = serializers.DateField(required=False, default=None)
    to_on = serializers.DateField(required=False, default=None)


class FundsDayRow(serializers.Serializer):
    """A business day on which money moved."""

    community = serializers.IntegerField(source="community_id")
    community_name = serializers.CharField()
    day = serializers.DateField()
    payments = serializers.IntegerField()
    amount = YuanField(source="amount_fen")
    cash_difference = YuanField(source="difference_fen")
    state = serializers.ChoiceField(STATES)
    number = serializers.CharField()


class FundsDay(serializers.Serializer):
    """Which day of the community."""

    day = serializers.DateField()


class FundsDayQuery(serializers.Serializer):
    """Which day of the community; today without one."""

    day = serializers.DateField(required=False, default=None)


class FundsMethod(serializers.Serializer):
    """Money of the day of one kind and method; what goes back is negative."""

    kind = serializers.CharField()
    method = serializers.CharField()
    count = serializers.IntegerField()
    amount = YuanField()


class FundsItem(serializers.Serializer):
    """New money of the day by fee and class."""

    fee = serializers.CharField()
    year_class = serializers.CharField()
    count = serializers.IntegerField()
    amount = YuanField()


class FundsCash(serializers.Serializer):
    """The day's cash; null while a session of it is open."""

    opening = YuanField(source="opening_fen")
    received = YuanField(source="in_fen")
    refunded = YuanField(source="out_fen")
    deposited = YuanField(source="deposited_fen")
    handed_to_finance = YuanField(source="handed_fen")
    expected = YuanField(source="expected_fen")
    counted = YuanField(source="counted_fen")
    difference = YuanField(source="difference_fen")


class FundsReport(serializers.Serializer):
    """项目资金日报表 of a community's day: frozen once it is closed."""

    community_name = serializers.CharField()
    day = serializers.DateField()
    state = serializers.ChoiceField(STATES)
    number = serializers.CharField()
    received = YuanField()
    returned = YuanField()
    month_to_date = YuanField()
    year_to_date = YuanField()
    current_rate = serializers.DecimalField(7, 2, allow_null=True)
    methods = FundsMethod(many=True)
    items = FundsItem(many=True)
    cash = FundsCash(allow_null=True)
    calls = serializers.IntegerField()
    visits = serializers.IntegerField()
    papers = serializers.IntegerField()
    promises = serializers.IntegerField()
    paid_after_contact = YuanField()
    let_off = YuanField(help_text="Discounts, waivers and write-offs of the day")
    released = YuanField(help_text="Paid for days that are not owed any more: credit now")
    unbooked = YuanField(help_text="On bank statements and not booked yet")
    channel_exceptions = serializers.IntegerField(help_text="Differences with channels that nobody closed")
    closed_by = serializers.CharField()
    reviewed_by = serializers.CharField()
    signed_by = serializers.CharField()


class Days(ApiView):
    """Business days."""

    permission = Permission.CASH_SEE

    @extend_schema(
        summary="Business days and their state", parameters=[DaysQuery], responses=FundsDayRow(many=True)
    )
    def get(self, request: Request) -> Response:
        asked = valid(DaysQuery(data=request.query_params))
        rows = payments.days(
            community_id=asked["community"],
            state=asked["state"],
            from_on=asked["from_on"] or clock.today() - queries.LOOK_BACK,
            to_on=asked["to_on"] or clock.today(),
        )
        return self.paginated(rows, FundsDayRow, request)


class OneDay(ApiView):
    """One report."""

    permission = Permission.CASH_SEE

    @extend_schema(summary="The funds report of a day", parameters=[FundsDayQuery], responses=FundsReport)
    def get(self, request: Request, community_id: int) -> Response:
        community_card(community_id)  # what is not there is 404, whatever is asked
        day = valid(FundsDayQuery(data=request.query_params))["day"]
        return _report(community_id, day or clock.today())


class ActOnDay(ApiView):
    """What the doors that change a day share."""

    permission = Permission.CASH_SEE

    def act(self, request: Request, community_id: int, do: Callable[[date], Any]) -> Response:
        """Run the use case on the day that was sent; the report as it is then."""
        community_card(community_id)
        day = valid(FundsDay(data=request.data))["day"]
        do(day)
        return _report(community_id, day)


class CloseDay(ActOnDay):
    """Freeze a day."""

    permission = Permission.PAYMENT_TAKE

    @extend_schema(summary="Close a business day", request=FundsDay, responses=FundsReport)
    def post(self, request: Request, community_id: int) -> Response:
        by, on, at = self.staff.user_id, clock.today(), clock.now()
        return self.act(
            request,
            community_id,
            lambda day: services.close_funds_day(community_id=community_id, day=day, by=by, on=on, at=at),
        )


class ReviewDay(ActOnDay):
    """A second person."""

    permission = Permission.CASH_REVIEW

    @extend_schema(summary="Review a closed day", request=FundsDay, responses=FundsReport)
    def post(self, request: Request, community_id: int) -> Response:
        by, at = self.staff, clock.now()
        return self.act(
            request,
            community_id,
            lambda day: payment_services.review_day(community_id=community_id, day=day, by=by, at=at),
        )


class SignDay(ActOnDay):
    """Finance."""

    permission = Permission.CASH_SIGN

    @extend_schema(summary="Sign a reviewed day", request=FundsDay, responses=FundsReport)
    def post(self, request: Request, community_id: int) -> Response:
        by, at = self.staff, clock.now()
        return self.act(
            request,
            community_id,
            lambda day: payment_services.sign_day(community_id=community_id, day=day, by=by, at=at),
        )


def _report(community_id: int, day: date) -> Response:
    funds = queries.funds_report(community_id, day)
    report, figures, done, beside = funds.report, funds.figures, funds.dunning, funds.beside
    said = {
        "community_name": funds.community_name,
        "day": day,
        "state": report.state,
        "number": report.number,
        "received": figures.received_fen,
        "returned": figures.returned_fen,
        "month_to_date": figures.month_fen,
        "year_to_date": figures.year_fen,
        "current_rate": funds.rate,
        "methods": [_named(row, "kind", "method", "count", "amount") for row in figures.methods],
        "items": [_named(row, "fee", "year_class", "count", "amount") for row in figures.items],
        "cash": None if report.open_sessions else figures.cash,
        "calls": done.calls,
        "visits": done.visits,
        "papers": done.papers,
        "promises": done.promises,
        "paid_after_contact": done.paid_fen,
        "let_off": beside.discounts_fen + beside.waivers_fen + beside.write_offs_fen,
        "released": beside.released_fen,
        "unbooked": beside.unbooked_fen,
        "channel_exceptions": beside.exceptions,
        "closed_by": report.closed_by,
        "reviewed_by": report.reviewed_by,
        "signed_by": report.signed_by,
    }
    return Response(FundsReport(said).data)


def _named(row: tuple[Any, ...], *names: str) -> dict[str, Any]:
    return dict(zip(names, row, strict=True))
