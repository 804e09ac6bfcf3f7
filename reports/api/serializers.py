"""What the reports' doors say."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from reports.rules.ageing import Bucket
from tenancy.kernel.fields import YuanField


class Figure(serializers.Serializer[Any]):
    """How many, and how much where money is meant."""

    count = serializers.IntegerField()
    amount = YuanField(source="fen")


class Call(serializers.Serializer[Any]):
    """A call that is due, and the reason as code and parameters."""

    task_id = serializers.IntegerField()
    case_id = serializers.IntegerField()
    kind = serializers.CharField()
    due_on = serializers.DateField()
    reason_code = serializers.CharField(source="because.code")
    reason_params = serializers.DictField(source="because.params")
    unit_id = serializers.IntegerField()
    unit_code = serializers.CharField()
    party_name = serializers.CharField()
    overdue = YuanField(source="overdue_fen")
    days_late = serializers.IntegerField()


class CourtTask(Call):
    """A paper to file (FILE) or a review (REVIEW); `days_over` counts from its own day, else 0."""

    days_over = serializers.IntegerField()


class CourtWork(serializers.Serializer[Any]):
    """All that waits, due or not; the first rows, the latest first. Empty for other roles."""

    count = serializers.IntegerField()
    late = serializers.IntegerField()
    rows = CourtTask(many=True)


class NightFigure(serializers.Serializer[Any]):
    """One figure of a nightly run."""

    name = serializers.CharField()
    value = serializers.JSONField()


class Night(serializers.Serializer[Any]):
    """The latest run of a nightly job."""

    job = serializers.CharField()
    day = serializers.DateField()
    state = serializers.CharField()
    started_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    is_late = serializers.BooleanField()
    figures = NightFigure(many=True, source="lines")


class Late(serializers.Serializer[Any]):
    """How many things wait, and how many of them past their day."""

    count = serializers.IntegerField()
    late = serializers.IntegerField()


class Today(serializers.Serializer[Any]):
    """The day at a glance, as the member may see it."""

    as_of = serializers.DateField()
    own_queue = serializers.BooleanField()
    calls = Figure()
    calls_late = Figure()
    next_calls = Call(many=True)
    promises = Figure()
    visits = Figure()
    deliveries = Figure()
    approvals = serializers.IntegerField()
    questions = serializers.IntegerField()
    court = CourtWork()
    court_days = Late()
    tickets = Late()
    rounds = Late()
    taken = Figure()
    taken_by = serializers.DictField(child=Figure())
    since = serializers.DateTimeField(
        help_text="When the last run of the ladder began; overnight_* count from it"
    )
    overnight_paid = Figure()
    overnight_objected = Figure()
    overnight_unsent = Figure()
    nights = Night(many=True)


class AgeingRow(serializers.Serializer[Any]):
    """Unpaid principal by age; in the total community_id is null."""

    community_id = serializers.IntegerField(allow_null=True)
    name = serializers.CharField()
    accounts_overdue = serializers.IntegerField()
    total = YuanField(source="total_fen")
    overdue = YuanField(source="overdue_fen")
    buckets = serializers.DictField(
        child=YuanField(), help_text=f"Always all of: {', '.join(bucket.value for bucket in Bucket)}"
    )


class Ageing(serializers.Serializer[Any]):
    """账龄 of every community of the reader."""

    as_of = serializers.DateField()
    rows = AgeingRow(many=True)
    total = AgeingRow()


class AgeingFilter(serializers.Serializer[Any]):
    """Which communities; without one, all that the member may see."""

    community = serializers.ListField(child=serializers.IntegerField(), required=False)


class SearchQuery(serializers.Serializer[Any]):
    """What somebody would type into the search box."""

    q = serializers.CharField(max_length=80)


class FoundUnit(serializers.Serializer[Any]):
    """A room, by its number, its owner or a phone."""

    unit = serializers.IntegerField(source="unit_id")
    code = serializers.CharField()
    community_name = serializers.CharField()
    owner_name = serializers.CharField()


class FoundBill(serializers.Serializer[Any]):
    """A bill, by its own number or that of a paper about it."""

    bill = serializers.IntegerField(source="bill_id")
    number = serializers.CharField()
    unit_code = serializers.CharField()
    party_name = serializers.CharField()
    amount = YuanField(source="amount_fen")
    unpaid = YuanField(source="unpaid_fen")


class FoundReceipt(serializers.Serializer[Any]):
    """A receipt, by its number."""

    payment = serializers.IntegerField(source="payment_id")
    number = serializers.CharField()
    unit_code = serializers.CharField()
    party_name = serializers.CharField()
    issued_on = serializers.DateField()
    amount = YuanField(source="amount_fen")
    is_void = serializers.BooleanField()


class FoundPaper(serializers.Serializer[Any]):
    """A demand, a letter or another paper, by its number."""

    notice = serializers.IntegerField(source="id")
    kind = serializers.CharField()
    number = serializers.CharField()
    unit_code = serializers.CharField(allow_null=True)
    state = serializers.CharField()


class Found(serializers.Serializer[Any]):
    """Everything a text may mean that the caller may see."""

    units = FoundUnit(many=True)
    bills = FoundBill(many=True)
    receipts = FoundReceipt(many=True)
    papers = FoundPaper(many=True)
