"""What the API says about the legal stage: gates, reviews, dockets, court days, endings, notices."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from arrears.cases.rules.ladder import RungCode
from arrears.legal.models import Evaluation as EvaluationModel
from arrears.legal.models import Review as ReviewModel
from arrears.legal.queries import Checklist as ChecklistRow
from arrears.legal.rules import gates, public
from arrears.legal.rules.docket import EntryKind, Ground
from arrears.legal.rules.results import Award
from arrears.legal.services import NewEntry
from notices.services import Photo
from tenancy.kernel.fields import DayField, YuanField
from tenancy.people.words import sentence
from values.fen import Fen


def paper(file: Any) -> Photo | None:
    """An upload as services take it."""
    return Photo(file.name or "paper", file.read()) if file else None


class Finding(serializers.Serializer):
    """A check of a gate. `why` is a sentence: the evidence, or what is missing; `supplier` can supply it."""

    gate = serializers.CharField()
    check = serializers.CharField(source="code")
    state = serializers.ChoiceField([state.value for state in gates.State])
    because = serializers.CharField(source="because.code")
    why = serializers.SerializerMethodField()
    supplier = serializers.CharField()
    evidence_kind = serializers.CharField(source="evidence.kind", default=None)
    evidence = serializers.IntegerField(source="evidence.pk", default=None)

    def get_why(self, row: gates.Finding) -> str:
        """The reason in words."""
        return sentence(row.because)


class Barred(serializers.Serializer):
    """An act that is forbidden now, and the check that forbids it."""

    act = serializers.CharField()
    gate = serializers.CharField()
    check = serializers.CharField()


class Checklist(serializers.Serializer):
    """The gates of a case on a day."""

    case = serializers.IntegerField(source="case.case_id")
    as_of = serializers.DateField()
    findings = Finding(many=True)
    open_acts = serializers.ListField(child=serializers.CharField())
    to_confirm = serializers.SerializerMethodField()
    barred = serializers.SerializerMethodField()

    def get_to_confirm(self, row: ChecklistRow) -> list[dict[str, str]]:
        """Every act that nothing forbids, with each check that a person must answer first."""
        return [
            {"act": act.value, "gate": one.gate.value, "check": one.code}
            for act, rows in row.to_confirm.items()
            for one in rows
        ]

    def get_barred(self, row: ChecklistRow) -> list[dict[str, str]]:
        """Every act that is forbidden."""
        return [
            {"act": act.value, "gate": one.gate.value, "check": one.code} for act, one in row.barred.items()
        ]


class NoteGate(serializers.Serializer):
    """What legal says about a check that data cannot answer."""

    check = serializers.ChoiceField(gates.BY_HAND)
    holds = serializers.BooleanField()
    reason = serializers.CharField(max_length=300)
    file = serializers.FileField(required=False, default=None, help_text="PDF, JPEG or PNG, as multipart")

    def entry(self) -> dict[str, Any]:
        """As note_gate takes it."""
        data = self.validated_data
        said = {"holds": data["holds"], "reason": data["reason"], "file": paper(data["file"])}
        return {"code": data["check"], **said}


class LegalMade(serializers.Serializer):
    """The id of what was made."""

    id = serializers.IntegerField()


class Review(serializers.Serializer):
    """A version of a review sheet with the facts of its day and what was decided."""

    review = serializers.IntegerField(source="review_id")
    version = serializers.IntegerField()
    need = serializers.CharField()
    chance = serializers.CharField()
    chance_reason = serializers.CharField()
    advice = serializers.CharField()
    cost = YuanField(source="cost_fen")
    facts = serializers.JSONField()
    on = serializers.DateField()
    decide_by = serializers.DateField()
    by = serializers.CharField(allow_null=True)
    decision = serializers.CharField()
    decided_by = serializers.CharField(allow_null=True)


class WriteReview(serializers.Serializer):
    """Need, chance with its reason, advice."""

    need = serializers.CharField(max_length=500)
    chance = serializers.ChoiceField(ReviewModel.Chance.values)
    chance_reason = serializers.CharField(max_length=500)
    advice = serializers.ChoiceField(ReviewModel.Advice.values)


class DocketLine(serializers.Serializer):
    """A line of a docket; `entry` is null where a result was recorded without one."""

    entry = serializers.IntegerField(source="entry_id", allow_null=True)
    kind = serializers.CharField()
    on = serializers.DateField()
    next_on = serializers.DateField(allow_null=True)
    place = serializers.CharField()
    ground = serializers.CharField()
    verdict = serializers.CharField(help_text="Whether an objection counts")
    final = serializers.BooleanField()
    case_number = serializers.CharField()
    principal = YuanField(source="award.principal_fen")
    late_fee = YuanField(source="award.late_fee_fen")
    costs = YuanField(source="award.costs_fen")
    note = serializers.CharField()
    file = serializers.IntegerField(source="file_id", allow_null=True)
    by = serializers.CharField(allow_null=True)
    at = serializers.DateTimeField()


class DocketDay(serializers.Serializer):
    """A day that counts; negative days are past."""

    code = serializers.CharField()
    last_on = serializers.DateField()
    days_left = serializers.IntegerField()


class Docket(serializers.Serializer):
    """A filing's docket, what may be entered next, and the days that count."""

    filing = serializers.IntegerField(source="filing_id")
    stage = serializers.CharField(source="docket.stage", allow_null=True)
    lines = DocketLine(source="rows", many=True)
    may_follow = serializers.ListField(child=serializers.CharField())
    days = DocketDay(source="deadlines", many=True)
    fee_difference = YuanField(source="fee_difference_fen")


class EnterEntry(serializers.Serializer):
    """What happened."""

    kind = serializers.ChoiceField([kind.value for kind in EntryKind])
    on = DayField()
    next_on = DayField(
        required=False, allow_null=True, default=None, help_text="The hearing, or payable until"
    )
    place = serializers.CharField(required=False, allow_blank=True, max_length=80, default="")
    written = serializers.BooleanField(required=False, default=True)
    ground = serializers.ChoiceField([g.value for g in Ground], required=False, allow_null=True, default=None)
    small_claim = serializers.BooleanField(required=False, default=False)
    case_number = serializers.CharField(required=False, allow_blank=True, max_length=60, default="")
    principal = YuanField(required=False, default=Fen(0))
    late_fee = YuanField(required=False, default=Fen(0))
    costs = YuanField(required=False, default=Fen(0))
    note = serializers.CharField(required=False, allow_blank=True, max_length=300, default="")
    file = serializers.FileField(required=False, default=None, help_text="PDF, JPEG or PNG, as multipart")

    def entry(self) -> NewEntry:
        """As enter takes it."""
        data = self.validated_data
        return NewEntry(
            kind=EntryKind(data["kind"]),
            on=data["on"],
            next_on=data["next_on"],
            place=data["place"],
            written=data["written"],
            ground=Ground(data["ground"]) if data["ground"] else None,
            small_claim=data["small_claim"],
            case_number=data["case_number"],
            award=Award(data["principal"], data["late_fee"], data["costs"]),
            note=data["note"],
            file=paper(data["file"]),
        )


class CourtDay(serializers.Serializer):
    """A day that counts before a court, or on which a notice comes down (`notice`)."""

    case = serializers.IntegerField(source="case_id", allow_null=True)
    filing = serializers.IntegerField(source="filing_id", allow_null=True)
    notice = serializers.IntegerField(source="notice_id", allow_null=True)
    unit_code = serializers.CharField()
    party_name = serializers.CharField()
    court = serializers.CharField()
    code = serializers.CharField()
    last_on = serializers.DateField()
    days_left = serializers.IntegerField()
    place = serializers.CharField()
    told_on = serializers.DateField(allow_null=True)


class WriteOff(serializers.Serializer):
    """A request to write off."""

    write_off = serializers.IntegerField(source="write_off_id")
    state = serializers.CharField()
    principal = YuanField(source="principal_fen")
    late_fee = YuanField(source="late_fee_fen")
    reason = serializers.CharField()
    asked_by = serializers.CharField(allow_null=True)
    asked_on = serializers.DateField()
    closed_on = serializers.DateField(allow_null=True)
    written_off = YuanField(source="written_off_fen")
    first_by = serializers.CharField(source="decided_by", allow_null=True)
    second_by = serializers.CharField(allow_null=True)


class Evaluation(serializers.Serializer):
    """What was learned from a case."""

    outcome = serializers.CharField()
    worked = serializers.CharField()
    helped = serializers.CharField()
    note = serializers.CharField()
    on = serializers.DateField()
    by = serializers.CharField(allow_null=True)


class Ending(serializers.Serializer):
    """How a case ended (null while it is open), what was written off, what was learned."""

    outcome = serializers.CharField(allow_null=True)
    write_offs = WriteOff(many=True)
    evaluations = Evaluation(many=True)


class AskWriteOff(serializers.Serializer):
    """Why, and the proof as multipart."""

    reason = serializers.CharField(max_length=200)
    file = serializers.FileField(help_text="PDF, JPEG or PNG, as multipart")


class Evaluate(serializers.Serializer):
    """Whether it worked, after which rung it moved, and why."""

    worked = serializers.ChoiceField(EvaluationModel.Worked.values)
    helped = serializers.ChoiceField([code.value for code in RungCode], required=False, default="")
    note = serializers.CharField(max_length=500)


class PublicNotice(serializers.Serializer):
    """A notice without names; `sheet` is what it says."""

    notice = serializers.IntegerField(source="public_id")
    community = serializers.IntegerField(source="community_id")
    level = serializers.CharField()
    state = serializers.CharField()
    number = serializers.CharField()
    as_of = serializers.DateField()
    sheet = serializers.JSONField(source="data")
    place = serializers.CharField()
    from_on = serializers.DateField()
    to_on = serializers.DateField()
    signed_by = serializers.CharField(allow_null=True)
    posted_on = serializers.DateField(allow_null=True)
    removed_on = serializers.DateField(allow_null=True)


class AskNotice(serializers.Serializer):
    """Where, at which level, where it hangs and on which days."""

    community = serializers.IntegerField(source="community_id")
    level = serializers.ChoiceField([level.value for level in public.Level])
    place = serializers.CharField(max_length=80)
    from_on = DayField()
    to_on = DayField()


class HungPhoto(serializers.Serializer):
    """A photo, as multipart."""

    photo = serializers.FileField(help_text="JPEG or PNG, as multipart")
