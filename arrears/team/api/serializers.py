"""What the API says and asks about the team."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from rest_framework import serializers

from tenancy.kernel.fields import YuanField
from values.known_days import EARLIEST, LATEST


class KnownDay(serializers.DateField):
    """A day within living memory; others are refused, not reckoned with."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators += [MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]


class Place(serializers.Serializer):
    """One community or all."""

    community = serializers.IntegerField(required=False, min_value=1, default=None)


class DaysQuery(Place):
    """From a day to a day, both inclusive; the last week unless told otherwise."""

    from_on = KnownDay(required=False, default=None)
    to_on = KnownDay(required=False, default=None)


class TeamLoad(serializers.Serializer):
    """How many cases, and how heavy they are together."""

    cases = serializers.IntegerField()
    points = serializers.IntegerField()


class FairColumn(serializers.Serializer):
    """One person's work now and after the split."""

    user = serializers.IntegerField(source="user_id")
    name = serializers.CharField()
    now = TeamLoad()
    then = TeamLoad()
    comes = serializers.IntegerField()
    goes = serializers.IntegerField()
    away = serializers.BooleanField()


class FairPlan(serializers.Serializer):
    """What a fair split would change. `count`: send it back to have the split done."""

    count = serializers.SerializerMethodField()
    people = FairColumn(source="columns", many=True)
    apart_now = TeamLoad(source="before")
    apart_then = TeamLoad(source="after")

    def get_count(self, plan: object) -> int:
        """How many cases would change hands."""
        return len(plan.moves)  # type: ignore[attr-defined]


class Distribute(Place):
    """How many cases the caller saw that would change hands."""

    count = serializers.IntegerField(min_value=1)


class Distributed(serializers.Serializer):
    """How many changed hands."""

    moved = serializers.IntegerField()


class PersonLoad(serializers.Serializer):
    """What a collector has and must do today."""

    user = serializers.IntegerField(source="user_id")
    name = serializers.CharField()
    cases = serializers.IntegerField()
    points = serializers.IntegerField()
    calls_due = serializers.IntegerField(source="calls")
    visits_due = serializers.IntegerField(source="visits")
    promises_due = serializers.IntegerField(source="promises")
    tasks_overdue = serializers.IntegerField(source="late")
    covering = serializers.IntegerField()
    away = serializers.BooleanField()


class Steward(serializers.Serializer):
    """A building and who looks after it."""

    building = serializers.IntegerField(source="building_id")
    name = serializers.CharField(source="building")
    community = serializers.IntegerField(source="community_id")
    steward = serializers.IntegerField(source="user_id", allow_null=True)
    steward_name = serializers.CharField(source="name")
    since = serializers.DateField(source="from_on", allow_null=True)


class SetSteward(serializers.Serializer):
    """Who looks after it; null: nobody."""

    steward = serializers.IntegerField(min_value=1, allow_null=True)


class Leave(serializers.Serializer):
    """Days away, both inclusive; without a last day for good."""

    id = serializers.IntegerField(source="leave_id")
    user = serializers.IntegerField(source="user_id")
    name = serializers.CharField()
    from_on = serializers.DateField()
    to_on = serializers.DateField(allow_null=True)
    reason = serializers.CharField()
    state = serializers.CharField()
    cases_with_others = serializers.IntegerField(source="covered")


class EnterLeave(serializers.Serializer):
    """Whose days; `to_on` null: he leaves for good."""

    user = serializers.IntegerField(min_value=1)
    from_on = KnownDay()
    to_on = serializers.DateField(allow_null=True)
    reason = serializers.CharField(required=False, default="", allow_blank=True, max_length=120)


class TeamMade(serializers.Serializer):
    """What was made."""

    id = serializers.IntegerField()


class SheetRow(serializers.Serializer):
    """A sheet that is signed the same day: a collector's day, a visit, or a paper."""

    key = serializers.CharField()
    kind = serializers.CharField()
    community = serializers.IntegerField(source="community_id")
    day = serializers.DateField()
    person = serializers.IntegerField(source="person_id", allow_null=True)
    person_name = serializers.CharField()
    unit = serializers.CharField(source="unit_code")
    calls = serializers.IntegerField()
    visits = serializers.IntegerField()
    promises = serializers.IntegerField()
    broken = serializers.IntegerField()
    corrections = serializers.IntegerField()
    state = serializers.CharField()
    signed_by_role = serializers.CharField(source="needs")
    marked_by = serializers.CharField()
    marked_at = serializers.DateTimeField(allow_null=True)
    comment = serializers.CharField()


class SheetEntry(serializers.Serializer):
    """One entry of a sheet."""

    key = serializers.CharField()
    kind = serializers.CharField()
    case = serializers.IntegerField(source="case_id", allow_null=True)
    unit = serializers.CharField(source="unit_code")
    party = serializers.CharField(source="party_name")
    at = serializers.DateTimeField(allow_null=True)
    result = serializers.CharField(source="what")
    said = serializers.CharField()
    promised_on = serializers.DateField(allow_null=True)
    next_on = serializers.DateField(allow_null=True)


class Sheet(serializers.Serializer):
    """One sheet. `digest`: of what stands here; send it back to sign exactly this."""

    sheet = SheetRow(source="row")
    entries = SheetEntry(many=True)
    sampled = serializers.ListField(child=serializers.CharField())
    digest = serializers.CharField()
    is_as_signed = serializers.BooleanField(source="holds")


class SignSheet(serializers.Serializer):
    """The digest of what was looked at."""

    digest = serializers.CharField(required=False, default="", max_length=64, allow_blank=True)


class ReturnSheet(serializers.Serializer):
    """What is to be corrected."""

    comment = serializers.CharField(max_length=500)


class CorrectEntry(serializers.Serializer):
    """What is right, and of which entry; empty: the whole sheet."""

    entry = serializers.CharField(required=False, default="", allow_blank=True, max_length=30)
    text = serializers.CharField(max_length=500)


class RecordQuery(DaysQuery):
    """Which lines of the record sheet; the last month unless told otherwise."""

    building = serializers.IntegerField(required=False, min_value=1, default=None)
    cluster = serializers.CharField(required=False, default="", allow_blank=True, max_length=40)
    collector = serializers.IntegerField(required=False, min_value=1, default=None)
    klass = serializers.CharField(required=False, default="", allow_blank=True, max_length=16)
    acted = serializers.BooleanField(required=False, default=False)


class RecordPaper(serializers.Serializer):
    """A document that was sent."""

    kind = serializers.CharField()
    issued_on = serializers.DateField()
    delivered_on = serializers.DateField(allow_null=True)


class RecordLine(serializers.Serializer):
    """A line of 物业费催缴记录表."""

    case = serializers.IntegerField(source="case_id")
    unit = serializers.CharField(source="unit_code")
    community = serializers.IntegerField(source="community_id")
    party = serializers.CharField(source="party_name")
    overdue = YuanField(source="overdue_fen")
    owed_from = serializers.DateField(source="oldest_due_on", allow_null=True)
    owed_to = serializers.DateField(source="newest_on", allow_null=True)
    days_late = serializers.IntegerField()
    klass = serializers.CharField()
    phone = serializers.CharField()
    legacy_issue = serializers.CharField(source="legacy")
    points = serializers.IntegerField()
    collector = serializers.CharField(source="collector_name")
    kind = serializers.CharField()
    at = serializers.DateTimeField(allow_null=True)
    number_kind = serializers.CharField()
    caller = serializers.CharField()
    answered_by = serializers.CharField()
    result = serializers.CharField(source="outcome")
    reason = serializers.CharField(source="reason_code")
    feedback = serializers.CharField()
    correction = serializers.CharField()
    promised_on = serializers.DateField(allow_null=True)
    next = serializers.CharField(source="next_kind")
    next_on = serializers.DateField(allow_null=True)
    papers = RecordPaper(many=True)
    is_paid = serializers.BooleanField()
    paid_on = serializers.DateField(allow_null=True)
    paid = YuanField(source="paid_fen")
    team_lead_check = serializers.CharField(source="lead_name")
    manager_check = serializers.CharField(source="boss_name")


class ReviewRow(serializers.Serializer):
    """A pack of the weekly review; community null: the whole company."""

    id = serializers.IntegerField(source="pack_id")
    community = serializers.IntegerField(source="community_id", allow_null=True)
    meeting_on = serializers.DateField()
    from_on = serializers.DateField()
    to_on = serializers.DateField()
    figures_as_of = serializers.DateTimeField(source="data_at")
    decided = serializers.IntegerField()
    still_open = serializers.IntegerField()


class ReviewAction(serializers.Serializer):
    """Something a meeting decided."""

    id = serializers.IntegerField(source="resolution_id")
    meeting_on = serializers.DateField()
    what = serializers.CharField()
    who = serializers.CharField()
    until_on = serializers.DateField(allow_null=True)
    state = serializers.CharField()
    ended_on = serializers.DateField(allow_null=True)
    note = serializers.CharField()


class WeekReview(serializers.Serializer):
    """One pack: frozen figures, its minutes, what earlier meetings left open."""

    review = ReviewRow(source="row")
    figures = serializers.JSONField(help_text="As frozen; money in fen")
    digest = serializers.CharField()
    minutes = ReviewAction(source="actions", many=True)
    open_from_earlier = ReviewAction(source="earlier", many=True)


class DecideReview(serializers.Serializer):
    """What was decided, who does it, until when."""

    what = serializers.CharField(max_length=500)
    who = serializers.IntegerField(required=False, min_value=1, default=None, allow_null=True)
    until_on = serializers.DateField(required=False, default=None, allow_null=True)


class EndDecision(serializers.Serializer):
    """What became of it."""

    note = serializers.CharField(max_length=300)
