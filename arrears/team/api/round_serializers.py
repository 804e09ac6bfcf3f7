"""What the API says about visit rounds; money is yuan text."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from arrears.cases.queries.visits import RESULTS
from arrears.cases.rules.classes import ArrearsReason
from arrears.cases.rules.visits import Signer
from arrears.team.models import Entry
from arrears.team.queries import ROUND_STATES
from arrears.team.rules.rounds import SkipReason, StopState
from arrears.team.services import Taken
from notices.rules.delivered import Method, Result
from tenancy.kernel.fields import DayField, YuanField
from tenancy.people.words import sentence

BY_FOOT = (Method.HAND.value, Method.MAILBOX.value, Method.DOOR_POST.value)
HANDED = (Result.SIGNED.value, Result.LEFT_WITH_PHOTO.value, Result.REFUSED.value)


class RoundQuery(serializers.Serializer):
    """Which rounds."""

    community = serializers.IntegerField(required=False, min_value=1, default=None)
    on = DayField(required=False, default=None)
    mine = serializers.BooleanField(required=False, default=False)
    state = serializers.ChoiceField(list(ROUND_STATES), required=False, default="")


class RoundRow(serializers.Serializer):
    """A round with what was done."""

    round = serializers.IntegerField(source="round_id")
    community = serializers.IntegerField(source="community_id")
    community_name = serializers.CharField()
    on = serializers.DateField()
    main = serializers.IntegerField(source="main_id")
    main_name = serializers.CharField(source="main")
    second = serializers.IntegerField(source="second_id", allow_null=True)
    second_name = serializers.CharField(source="second")
    by_manager = serializers.BooleanField()
    note = serializers.CharField()
    state = serializers.CharField()
    doors = serializers.IntegerField()
    visits = serializers.IntegerField()
    visited = serializers.IntegerField()
    skipped = serializers.IntegerField()
    handed_over = serializers.IntegerField()


class PaperAt(serializers.Serializer):
    """A paper to hand over at a door."""

    notice = serializers.IntegerField(source="notice_id")
    kind = serializers.CharField()
    number = serializers.CharField()
    over = serializers.BooleanField(help_text="Handed over at this door, so that it counts as delivered")
    missing = serializers.CharField(help_text="What came of it at this door and does not count, or empty")
    open = serializers.BooleanField(help_text="Still to be handed over")


class DoorLine(serializers.Serializer):
    """A door as patrol sees it: no name, no amount, no class."""

    stop = serializers.IntegerField(source="stop_id")
    position = serializers.IntegerField()
    unit_code = serializers.CharField()
    state = serializers.ChoiceField([state.value for state in StopState])
    papers = PaperAt(many=True)


class StopLine(DoorLine):
    """A door with all that a collector needs there."""

    case = serializers.IntegerField(source="case_id", allow_null=True)
    kind = serializers.CharField()
    workplace = serializers.CharField()
    party_name = serializers.CharField()
    case_class = serializers.CharField(source="klass")
    overdue = YuanField(source="overdue_fen")
    days_late = serializers.IntegerField()
    held = serializers.CharField()
    promised_on = serializers.DateField(allow_null=True)
    legacy_issue = serializers.CharField()


class RoundDetail(serializers.Serializer):
    """A round with its doors in walking order."""

    row = RoundRow()
    stops = StopLine(many=True)


class Walk(serializers.Serializer):
    """A round as who walks it may see it; patrol gets doors without names and amounts."""

    round = serializers.IntegerField(source="row.round_id")
    community_name = serializers.CharField(source="row.community_name")
    on = serializers.DateField(source="row.on")
    people = serializers.CharField(source="row.people")
    doors = serializers.SerializerMethodField()

    def get_doors(self, walk: dict[str, Any]) -> list[dict[str, Any]]:
        """Whichever line this member may see."""
        line = DoorLine if walk["private"] else StopLine
        return list(line(walk["stops"], many=True).data)


class PlanRound(serializers.Serializer):
    """A round to plan: visits by their tasks, papers by their notices."""

    on = DayField()
    main = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    second = serializers.IntegerField(
        min_value=1, max_value=2**63 - 1, required=False, allow_null=True, default=None
    )
    tasks = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1), max_length=1000, default=list
    )
    notices = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1), max_length=1000, default=list
    )
    workplaces = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1), max_length=1000, default=list
    )
    with_papers = serializers.BooleanField(default=False)
    note = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class Planned(serializers.Serializer):
    """The planned round, and how many of the chosen things were left out."""

    round = serializers.IntegerField(source="round_id")
    doors = serializers.IntegerField(source="stops")
    left_out = serializers.IntegerField()


class CallOff(serializers.Serializer):
    """Why nobody walks it."""

    reason = serializers.CharField(max_length=200)


class AskWorkplace(serializers.Serializer):
    """Where an owner works, and why no visit at home does."""

    address = serializers.CharField(max_length=200)
    reason = serializers.CharField(max_length=300)


class WorkplaceAsked(serializers.Serializer):
    """The request."""

    workplace = serializers.IntegerField()


class SendEntry(serializers.Serializer):
    """What happened at a door. `key` is made by the sender: the same key is done once."""

    key = serializers.UUIDField()
    stop = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    kind = serializers.ChoiceField(Entry.Kind.choices)
    came_at = serializers.DateTimeField(help_text="By the sender's clock")
    left_at = serializers.DateTimeField(required=False, allow_null=True, default=None)
    result = serializers.ChoiceField(
        sorted({*RESULTS, *HANDED}), required=False, allow_blank=True, default=""
    )
    reason_code = serializers.ChoiceField(
        [reason.value for reason in ArrearsReason], required=False, allow_blank=True, default=""
    )
    feedback = serializers.CharField(required=False, allow_blank=True, max_length=500, default="")
    promised_on = DayField(required=False, allow_null=True, default=None)
    second_person = serializers.CharField(required=False, allow_blank=True, max_length=60, default="")
    notice = serializers.IntegerField(
        required=False, allow_null=True, min_value=1, max_value=2**63 - 1, default=None
    )
    method = serializers.ChoiceField(BY_FOOT, required=False, allow_blank=True, default="")
    skip_reason = serializers.ChoiceField(
        [reason.value for reason in SkipReason], required=False, allow_blank=True, default=""
    )
    note = serializers.CharField(required=False, allow_blank=True, max_length=300, default="")
    signer = serializers.ChoiceField(
        [signer.value for signer in Signer], required=False, allow_blank=True, default=""
    )
    signer_name = serializers.CharField(required=False, allow_blank=True, max_length=60, default="")
    signer_relation = serializers.CharField(required=False, allow_blank=True, max_length=40, default="")
    latitude = serializers.DecimalField(
        9, 6, min_value=-90, max_value=90, required=False, allow_null=True, default=None
    )
    longitude = serializers.DecimalField(
        9, 6, min_value=-180, max_value=180, required=False, allow_null=True, default=None
    )
    photo = serializers.FileField(required=False, default=None, help_text="JPEG or PNG, as multipart")
    signature = serializers.FileField(required=False, default=None, help_text="PNG, as multipart")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Each kind needs what it is about."""
        missing = {
            "VISIT": attrs["result"] not in RESULTS and "result",
            "DELIVERY": (attrs["notice"] is None and "notice")
            or (not attrs["method"] and "method")
            or (attrs["result"] not in HANDED and "result"),
            "SKIP": not attrs["skip_reason"] and "skip_reason",
        }[attrs["kind"]]
        if missing:
            raise serializers.ValidationError({missing: self.fields[missing].error_messages["required"]})
        return attrs


class EntryTaken(serializers.Serializer):
    """The entry; `again`: it was there already, nothing was done this time."""

    entry = serializers.IntegerField(source="entry_id")
    again = serializers.BooleanField()
    missing = serializers.SerializerMethodField(help_text="What a delivery lacks to count, or empty")

    def get_missing(self, taken: Taken) -> str:
        """In words, for whoever stands at the door."""
        return sentence(taken.missing) if taken.missing else ""


class EntryRow(serializers.Serializer):
    """What was entered at a door."""

    entry = serializers.IntegerField(source="entry_id")
    stop = serializers.IntegerField(source="stop_id")
    kind = serializers.CharField()
    came_at = serializers.DateTimeField()
    left_at = serializers.DateTimeField(allow_null=True)
    received_at = serializers.DateTimeField()
    by = serializers.CharField()
    second_person = serializers.CharField()
    result = serializers.CharField()
    skip_reason = serializers.CharField()
    feedback = serializers.CharField()
    promised_on = serializers.DateField(allow_null=True)
    visit = serializers.IntegerField(source="visit_id", allow_null=True)
    notice = serializers.IntegerField(source="notice_id", allow_null=True)
    delivered = serializers.BooleanField()
    signer = serializers.CharField()
    signer_name = serializers.CharField()
    signer_relation = serializers.CharField()
    signature = serializers.IntegerField(source="signature_id", allow_null=True)
    photo = serializers.IntegerField(source="photo_id", allow_null=True)
