"""What the API says about facts, relaxed stages, re-basing, quiet days, looks ahead and standings."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from arrears.cases.api.ladder_serializers import Ladder, RungDays
from arrears.cases.api.serializers import HoldRow, PromiseRow, WhyField
from tenancy.kernel.fields import DayField, YuanField


class Contacted(serializers.Serializer[Any]):
    """The last time the owner was spoken to."""

    on = serializers.DateField()
    how = serializers.ChoiceField(["CALL", "VISIT"])


class ArrivedDocument(serializers.Serializer[Any]):
    """A paper that arrived."""

    notice = serializers.IntegerField(source="notice_id")
    kind = serializers.CharField()
    number = serializers.CharField()
    delivered_on = serializers.DateField()


class Relaxed(serializers.Serializer[Any]):
    """A rung of a case that opens later than its policy says."""

    relaxation = serializers.IntegerField(source="relaxation_id")
    case = serializers.IntegerField(source="case_id")
    community_name = serializers.CharField()
    unit_code = serializers.CharField()
    party_name = serializers.CharField()
    rung = serializers.CharField()
    from_on = serializers.DateField()
    opens_on = serializers.DateField()
    reason = serializers.CharField()
    by = serializers.CharField()
    ended_on = serializers.DateField(allow_null=True)
    ended_by = serializers.CharField()
    state = serializers.ChoiceField(["STANDING", "ENDED"])


class Rebased(serializers.Serializer[Any]):
    """A day on which a person moved the case to another version."""

    on = serializers.DateField()
    before = serializers.CharField()
    after = serializers.CharField()
    by = serializers.CharField()
    reason = serializers.CharField()


class CaseFacts(serializers.Serializer[Any]):
    """The computed facts of a case; `tonight`: what the walk of `night`, the next to run, would say."""

    oldest_due_on = serializers.DateField(allow_null=True, help_text="Of what is past due and undisputed")
    days_late = serializers.IntegerField()
    months = serializers.IntegerField()
    principal = YuanField(source="principal_fen")
    late_fee = YuanField(source="late_fee_fen")
    level = serializers.IntegerField()
    tonight = WhyField(allow_null=True)
    night = serializers.DateField()
    last_contact = Contacted(allow_null=True)
    promise = PromiseRow(allow_null=True)
    holds = HoldRow(many=True)
    delivered = ArrivedDocument(many=True)
    relaxations = Relaxed(many=True)
    ladder = Ladder(allow_null=True, help_text="The version it walks by")
    newer = Ladder(allow_null=True, help_text="The version in force, where that is another")
    rebases = Rebased(many=True)
    bank_read_to = serializers.DateField(allow_null=True)


class Relax(serializers.Serializer[Any]):
    """Which rung, from when on at the earliest, and why."""

    level = serializers.IntegerField(min_value=1, max_value=9)
    opens_on = DayField()
    reason = serializers.CharField(max_length=300)


class RelaxationMade(serializers.Serializer[Any]):
    """The relaxed stage."""

    relaxation = serializers.IntegerField()


class DeviationQuery(serializers.Serializer[Any]):
    """Which deviations."""

    community = serializers.IntegerField(required=False, min_value=1, default=None)
    ended = serializers.BooleanField(required=False, default=False)


class Rebase(serializers.Serializer[Any]):
    """Cases to move to the version in force; without `confirm` only what it would mean."""

    cases = serializers.ListField(
        child=serializers.IntegerField(min_value=1), allow_empty=False, max_length=10_000
    )
    reason = serializers.CharField(required=False, allow_blank=True, max_length=300, default="")
    confirm = serializers.BooleanField(required=False, default=False)


class RebaseDone(serializers.Serializer[Any]):
    """How many move or moved, and how many rungs open in the next `night` before and after."""

    moved = serializers.BooleanField()
    cases = serializers.IntegerField()
    left_out = serializers.IntegerField()
    opens_before = serializers.IntegerField()
    opens_after = serializers.IntegerField()
    differ = serializers.IntegerField()
    night = serializers.DateField()


class QuietDays(serializers.Serializer[Any]):
    """Days on which nobody is contacted; without a number they hold for everybody."""

    quiet = serializers.IntegerField(source="quiet_id", allow_null=True)
    community = serializers.IntegerField(source="community_id", allow_null=True)
    first_on = serializers.DateField()
    last_on = serializers.DateField()
    name = serializers.CharField()


class NewQuietDays(serializers.Serializer[Any]):
    """Days of the company's own, or of one community."""

    name = serializers.CharField(max_length=60)
    first_on = DayField()
    last_on = DayField(required=False, allow_null=True, default=None)
    community = serializers.IntegerField(required=False, min_value=1, allow_null=True, default=None)


class QuietDaysMade(serializers.Serializer[Any]):
    """The days."""

    quiet = serializers.IntegerField()


class AskForesight(serializers.Serializer[Any]):
    """A saved version, or drafted days for a community (without one: for the company)."""

    ladder = serializers.IntegerField(required=False, min_value=1, allow_null=True, default=None)
    community = serializers.IntegerField(required=False, min_value=1, allow_null=True, default=None)
    rungs = RungDays(many=True, required=False, default=list)


class ForesightAsked(serializers.Serializer[Any]):
    """The job that reckons it."""

    job = serializers.IntegerField()


class Foresight(serializers.Serializer[Any]):
    """How far it is; the result names the night (`as_of`: the next that has not run when it was asked).

    By rung and by community it tells what that night brings as it is (`now`) and as it would be (`then`).
    """

    state = serializers.CharField()
    done = serializers.IntegerField()
    total = serializers.IntegerField()
    result = serializers.JSONField()


class DialNumber(serializers.Serializer[Any]):
    """The number that is about to be rung."""

    contact = serializers.IntegerField(min_value=1)


class Dialled(serializers.Serializer[Any]):
    """The number in full, and what is past due this moment."""

    dial = serializers.IntegerField(source="dial_id")
    number = serializers.CharField()
    overdue = YuanField(source="overdue_fen")


class LetterMade(serializers.Serializer[Any]):
    """The notice."""

    notice = serializers.IntegerField()


class StandingLine(serializers.Serializer[Any]):
    """One rule as it came out."""

    points = serializers.IntegerField()
    because = WhyField()


class Standing(serializers.Serializer[Any]):
    """An owner's standing: it opens offers that ask for a good one, nothing else follows from it."""

    points = serializers.IntegerField()
    grade = serializers.ChoiceField(["VERY_GOOD", "GOOD", "FAIR", "TALK"])
    may_have_offers = serializers.BooleanField()
    lines = StandingLine(many=True)


class OwnerStanding(serializers.Serializer[Any]):
    """Somebody who owes for a unit, and how he stands."""

    party = serializers.IntegerField(source="party_id")
    name = serializers.CharField()
    standing = Standing()
