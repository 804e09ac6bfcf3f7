"""What the API says about ladders: versions, two side by side, a new one."""

from __future__ import annotations

from rest_framework import serializers

from tenancy.kernel.fields import DayField


class Rung(serializers.Serializer):
    """One rung."""

    level = serializers.IntegerField()
    code = serializers.CharField()
    min_days = serializers.IntegerField()
    period_days = serializers.IntegerField()
    approver = serializers.CharField(allow_null=True)


class Ladder(serializers.Serializer):
    """A version of a ladder; without a community it is the company's."""

    ladder = serializers.IntegerField(source="ladder_id")
    community = serializers.IntegerField(source="community_id", allow_null=True)
    community_name = serializers.CharField()
    version = serializers.IntegerField()
    name = serializers.CharField()
    active_from = serializers.DateField()
    is_current = serializers.BooleanField()
    rungs = Rung(many=True)
    cases = serializers.IntegerField(help_text="Open cases that walk by it")


class LadderPair(serializers.Serializer):
    """Two versions: what is compared with what."""

    before = serializers.IntegerField(min_value=1)
    after = serializers.IntegerField(min_value=1)


class LadderDifference(serializers.Serializer):
    """One level of both; `changed` names what differs, null is a rung that this version does not have."""

    level = serializers.IntegerField()
    before = Rung(allow_null=True)
    after = Rung(allow_null=True)
    changed = serializers.ListField(child=serializers.CharField())


class LadderComparison(serializers.Serializer):
    """Two versions, rung by rung."""

    before = Ladder()
    after = Ladder()
    lines = LadderDifference(many=True)


class RungDays(serializers.Serializer):
    """The days of one rung."""

    level = serializers.IntegerField(min_value=1, max_value=9)
    min_days = serializers.IntegerField(min_value=1, max_value=3650)
    period_days = serializers.IntegerField(required=False, min_value=0, max_value=3650, default=0)


class NewLadder(serializers.Serializer):
    """A new version; rungs that are not named keep their days."""

    community = serializers.IntegerField(required=False, min_value=1, allow_null=True, default=None)
    name = serializers.CharField(max_length=60)
    active_from = DayField()
    rungs = RungDays(many=True)


class LadderMade(serializers.Serializer):
    """The new version."""

    ladder = serializers.IntegerField()
