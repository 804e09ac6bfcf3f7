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


class Today(serializers.Serializer[Any]):
    """The day at a glance, as the member may see it."""

    as_of = serializers.DateField()
    calls = Figure()
    calls_late = Figure()
    next_calls = Call(many=True)
    promises = Figure()
    visits = Figure()
    deliveries = Figure()
    approvals = serializers.IntegerField()
    taken = Figure()
    taken_by = serializers.DictField(child=Figure())
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
