"""What the doors of the dashboard and of the targets say."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from reports.rules.heat import LATE
from tenancy.kernel.fields import YuanField


def _percent(source: str | None = None) -> serializers.DecimalField:
    """A percentage or percentage points with two decimals, or null."""
    return serializers.DecimalField(max_digits=8, decimal_places=2, allow_null=True, source=source)


class DashboardQuery(serializers.Serializer[Any]):
    """Which community and which day; without them all communities, today."""

    community = serializers.IntegerField(required=False, default=None, allow_null=True)
    as_of = serializers.DateField(
        required=False,
        default=None,
        allow_null=True,
        help_text="Today or earlier; a month is looked at on its last day",
    )
    fresh = serializers.BooleanField(
        required=False, default=False, help_text="Reckon anew instead of taking what the night kept"
    )


class Community(serializers.Serializer[Any]):
    """A community that the figures are of."""

    id = serializers.IntegerField()
    code = serializers.CharField()
    name = serializers.CharField()


class Money(serializers.Serializer[Any]):
    """Money taken in a window; changes in tenths of a percent, null without a window to compare with."""

    amount = YuanField(source="fen")
    last_month = YuanField(source="last_month_fen", allow_null=True)
    last_year = YuanField(source="last_year_fen")
    target = YuanField(source="target_fen", allow_null=True)
    target_reached = _percent("reached")
    change_last_month = serializers.IntegerField(source="mom", allow_null=True)
    change_last_year = serializers.IntegerField(source="yoy", allow_null=True)


class Rate(serializers.Serializer[Any]):
    """A rate in percent with its parts (fen where `is_money`, else units); null without a whole."""

    code = serializers.CharField()
    rate = _percent("value")
    part = serializers.IntegerField()
    whole = serializers.IntegerField()
    is_money = serializers.BooleanField()
    last_month = _percent()
    last_year = _percent()
    mom_pp = _percent()
    yoy_pp = _percent()


class Cell(serializers.Serializer[Any]):
    """Accounts of one age on one rung; an empty bucket is the sum of all ages."""

    bucket = serializers.CharField(help_text=f"One of {', '.join(bucket.value for bucket in LATE)}, or empty")
    accounts = serializers.IntegerField()
    overdue = YuanField(source="fen")


class HeatRow(serializers.Serializer[Any]):
    """One rung; NO_CASE and NO_RUNG are those that stand on none."""

    rung = serializers.CharField(source="code")
    cells = Cell(many=True)
    total = Cell()


class Month(serializers.Serializer[Any]):
    """One month beside the same of the year before; null before it began."""

    month = serializers.IntegerField()
    amount = YuanField(source="fen", allow_null=True)
    last_year = YuanField(source="last_year_fen")


class Effort(serializers.Serializer[Any]):
    """What one person did in the month so far."""

    user = serializers.IntegerField(source="user_id", allow_null=True)
    name = serializers.CharField()
    calls = serializers.IntegerField()
    reached = serializers.IntegerField(help_text="Calls in which the debtor himself was spoken to")
    visits = serializers.IntegerField()
    promises_due = serializers.IntegerField()
    promises_kept = serializers.IntegerField()
    promise_kept_rate = _percent("kept_rate")


class Needs(serializers.Serializer[Any]):
    """What waits for the caller; null is not known for a past day, never nought."""

    approvals = serializers.IntegerField()
    undelivered = serializers.IntegerField(
        allow_null=True, help_text="Accounts past due whose bill was never delivered"
    )
    nights_behind = serializers.IntegerField()
    unsigned = serializers.IntegerField(help_text="Sheets of past days that nobody signed")


class Dashboard(serializers.Serializer[Any]):
    """The manager's dashboard. `computed_at`: the age of rates and heat; money is of this moment."""

    as_of = serializers.DateField()
    communities = Community(many=True)
    computed_at = serializers.DateTimeField()
    is_kept = serializers.BooleanField()
    day = Money()
    month = Money()
    year = Money()
    needed_a_day = YuanField(source="needed_a_day_fen", allow_null=True)
    without_target = serializers.IntegerField()
    rates = Rate(many=True)
    heat = HeatRow(many=True, allow_null=True, help_text="Null where a past day's ages were not kept")
    months = Month(many=True)
    efforts = Effort(many=True)
    needs = Needs()


class TargetQuery(serializers.Serializer[Any]):
    """Which targets."""

    community = serializers.IntegerField(required=False, default=None, allow_null=True)
    year = serializers.IntegerField(
        required=False, default=None, allow_null=True, min_value=2000, max_value=2100
    )


class Target(serializers.Serializer[Any]):
    """What a community means to collect in a year, from a day on."""

    id = serializers.IntegerField(source="target_id", read_only=True)
    community = serializers.IntegerField(source="community_id")
    community_name = serializers.CharField(read_only=True)
    year = serializers.IntegerField(min_value=2000, max_value=2100)
    from_on = serializers.DateField(read_only=True)
    amount = YuanField(source="amount_fen")
    holds = serializers.BooleanField(read_only=True)
