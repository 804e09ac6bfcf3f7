"""What the API says about calls, visits, cases, holds, requests and ladders; money is yuan text."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from arrears.cases.models import Call, Case, Hold, Visit
from arrears.cases.queries import NO_RUNG_COVERS
from arrears.cases.rules.classes import ArrearsReason
from arrears.cases.rules.ladder import RungCode
from tenancy.kernel.fields import DayField, YuanField
from tenancy.people.words import sentence

REASONS = [reason.value for reason in ArrearsReason]


@extend_schema_field(
    {
        "type": "object",
        "nullable": True,
        "properties": {
            "code": {"type": "string"},
            "params": {"type": "object"},
            "text": {"type": "string", "description": "In the language of the request"},
        },
    }
)
class WhyField(serializers.Field[Any, Any, Any, Any]):
    """A reason: its stable code with parameters, and a sentence."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)

    def to_representation(self, value: Any) -> Any:
        return {**value.as_json(), "text": sentence(value)}


class WorkQuery(serializers.Serializer):
    """Which tasks; the collector is a user's number, or `mine`: whoever asks."""

    community = serializers.IntegerField(required=False, min_value=1, default=None)
    collector = serializers.RegexField(
        r"^(mine|[1-9]\d{0,17})$", required=False, default="", help_text="A user's number, or mine"
    )


class TaskLine(serializers.Serializer):
    """A call or a visit that is due."""

    task = serializers.IntegerField(source="task_id")
    case = serializers.IntegerField(source="case_id")
    account = serializers.IntegerField(source="account_id")
    kind = serializers.CharField()
    due_on = serializers.DateField()
    because = WhyField()
    community = serializers.IntegerField(source="community_id")
    community_name = serializers.CharField()
    unit = serializers.IntegerField(source="unit_id")
    unit_code = serializers.CharField()
    party_name = serializers.CharField()
    overdue = YuanField(source="overdue_fen")
    days_late = serializers.IntegerField()
    case_class = serializers.CharField(source="klass")
    collector = serializers.IntegerField(source="collector_id", allow_null=True)
    collector_name = serializers.CharField()
    phone = serializers.CharField(help_text="Masked")
    promised_on = serializers.DateField(allow_null=True)
    legacy_issue = serializers.CharField()
    last_outcome = serializers.CharField()
    last_at = serializers.DateTimeField(allow_null=True)
    days_over = serializers.IntegerField(help_text="Days since its last day passed, else 0")
    place = WhyField(allow_null=True, help_text="What put a call where it stands; null for other tasks")


class CaseQuery(WorkQuery):
    """Which cases. `text`: a room or an owner."""

    rung = serializers.ChoiceField(
        [*(code.value for code in RungCode), NO_RUNG_COVERS], required=False, default=""
    )
    late_from = serializers.IntegerField(min_value=1, max_value=36_500, required=False, default=None)
    late_to = serializers.IntegerField(min_value=1, max_value=36_500, required=False, default=None)
    promised_on = serializers.DateField(required=False, default=None)
    klass = serializers.ChoiceField(Case.Class.choices, required=False, default="")
    text = serializers.CharField(required=False, max_length=60, default="")
    closed = serializers.BooleanField(required=False, default=False)


class CaseLine(serializers.Serializer):
    """A case; `covering` is the rung it stands on, rung and event are the newest on the ladder."""

    case = serializers.IntegerField(source="case_id")
    account = serializers.IntegerField(source="account_id")
    community = serializers.IntegerField(source="community_id")
    community_name = serializers.CharField()
    unit = serializers.IntegerField(source="unit_id")
    unit_code = serializers.CharField()
    party = serializers.IntegerField(source="party_id")
    party_name = serializers.CharField()
    is_open = serializers.BooleanField(help_text="Not closed, and something past due at this moment")
    opened_on = serializers.DateField()
    closed_on = serializers.DateField(allow_null=True)
    close_reason = serializers.CharField()
    case_class = serializers.CharField(source="klass")
    reason_code = serializers.CharField()
    collector = serializers.IntegerField(source="collector_id", allow_null=True)
    collector_name = serializers.CharField()
    overdue = YuanField(source="overdue_fen")
    days_late = serializers.IntegerField()
    covering = serializers.CharField(help_text="The highest rung whose document covers what remains")
    level = serializers.IntegerField(allow_null=True)
    rung = serializers.CharField()
    event = serializers.CharField()
    since_on = serializers.DateField(allow_null=True)
    because = WhyField()
    notice = serializers.IntegerField(source="notice_id", allow_null=True)
    approval = serializers.IntegerField(source="approval_id", allow_null=True)
    promised_on = serializers.DateField(allow_null=True)
    held = serializers.CharField(allow_null=True)
    held_until = serializers.DateField(allow_null=True)


class CaseTask(serializers.Serializer):
    """Something open that a case asks for."""

    task = serializers.IntegerField(source="task_id")
    kind = serializers.CharField()
    due_on = serializers.DateField()
    because = WhyField()
    assigned_to = serializers.CharField()
    by_hand = serializers.BooleanField()
    days_over = serializers.IntegerField(help_text="Days since its last day passed, else 0")
    waits = serializers.CharField(help_text="The hold under which nobody does it, empty for none")


class HoldRow(serializers.Serializer):
    """A hold on the account."""

    hold = serializers.IntegerField(source="hold_id")
    kind = serializers.CharField()
    from_on = serializers.DateField()
    to_on = serializers.DateField(allow_null=True)
    reason = serializers.CharField()
    set_by = serializers.CharField(allow_null=True)
    released_on = serializers.DateField(allow_null=True)
    released_by = serializers.CharField(allow_null=True)
    only_listed = serializers.BooleanField(help_text="A dispute of single charges; the rest goes on")
    proof_file = serializers.IntegerField(source="proof_id", allow_null=True)
    end_reason = serializers.CharField()
    representative = serializers.CharField()


class PromiseRow(serializers.Serializer):
    """A promised day."""

    promise = serializers.IntegerField(source="promise_id")
    made_on = serializers.DateField()
    promised_on = serializers.DateField()
    amount = YuanField(source="amount_fen")
    leaves = YuanField(source="left_fen", help_text="What of that day's debt it leaves, 0.00 for none")
    by = serializers.CharField(allow_null=True)
    state = serializers.CharField(help_text="OPEN, KEPT or BROKEN, as it stands now")
    judged = serializers.CharField(help_text="KEPT or BROKEN as judged the morning after; empty before")
    doubt = serializers.CharField(help_text="Why it does not hold the ladder; empty when it does")


class Phone(serializers.Serializer):
    """A number, masked."""

    contact = serializers.IntegerField(source="contact_id")
    kind = serializers.CharField()
    masked = serializers.CharField()
    state = serializers.CharField()


class CaseDetail(serializers.Serializer):
    """A case with its tasks, holds, promises and numbers."""

    line = CaseLine()
    overdue = YuanField()
    late_fee = YuanField()
    months = serializers.IntegerField()
    oldest_due_on = serializers.DateField(allow_null=True)
    legacy_issues = serializers.ListField(child=serializers.CharField())
    phones = Phone(many=True)
    tasks = CaseTask(many=True)
    holds = HoldRow(many=True)
    promises = PromiseRow(many=True)


class TimelineRow(serializers.Serializer):
    """One thing that happened: a step, call, visit, promise, hold, release, payment or delivery, or that the
    case was given to somebody; of a unit also a notice, an owner who came, an issue noted or settled."""

    kind = serializers.CharField()
    on = serializers.DateField()
    at = serializers.DateTimeField(allow_null=True)
    code = serializers.CharField()
    event = serializers.CharField()
    because = WhyField()
    who = serializers.CharField()
    said = serializers.CharField()
    reason_code = serializers.CharField()
    day = serializers.DateField(allow_null=True, help_text="The promised day, or the last day of a hold")
    amount = YuanField(source="amount_fen", allow_null=True)
    notice = serializers.IntegerField(source="notice_id", allow_null=True)
    approval = serializers.IntegerField(source="approval_id", allow_null=True)
    file = serializers.IntegerField(source="file_id", allow_null=True)
    payment = serializers.IntegerField(source="payment_id", allow_null=True)


class CallGate(serializers.Serializer):
    """Whether the owner may be rung now; `paid`: nothing is past due any more."""

    allowed = serializers.BooleanField()
    paid = serializers.BooleanField()
    because = WhyField()
    next_at = serializers.DateTimeField(allow_null=True)
    contact = Phone(allow_null=True)


class LogCall(serializers.Serializer):
    """What came of a call made now."""

    outcome = serializers.ChoiceField(Call.Outcome.choices)
    contact = serializers.IntegerField(required=False, min_value=1, allow_null=True, default=None)
    promised_on = DayField(required=False, allow_null=True, default=None)
    promised_amount = YuanField(
        source="promised_fen",
        required=False,
        allow_null=True,
        default=None,
        help_text="What of it is promised; all that is past due unless it is said",
    )
    next_on = DayField(required=False, allow_null=True, default=None)
    reason_code = serializers.ChoiceField(REASONS, required=False, allow_blank=True, default="")
    feedback = serializers.CharField(required=False, allow_blank=True, max_length=500, default="")


class Logged(serializers.Serializer):
    """What a call led to."""

    call = serializers.IntegerField(source="call_id")
    case_class = serializers.CharField(source="klass")
    next_step = serializers.CharField()
    next_kind = serializers.CharField(help_text="The task that this call asks for first")
    next_on = serializers.DateField()
    rung_taken = serializers.BooleanField()
    promise_refused = WhyField()
    again_at = serializers.DateTimeField(
        allow_null=True, help_text="When on the same day an owner who did not answer may be rung again"
    )


class LogVisit(serializers.Serializer):
    """What came of a visit."""

    on = DayField()
    result = serializers.ChoiceField(Visit.Result.choices)
    time_in = serializers.TimeField(required=False, allow_null=True, default=None)
    time_out = serializers.TimeField(required=False, allow_null=True, default=None)
    second_person = serializers.CharField(required=False, allow_blank=True, max_length=60, default="")
    by_manager = serializers.BooleanField(required=False, default=False)
    reason_code = serializers.ChoiceField(REASONS, required=False, allow_blank=True, default="")
    feedback = serializers.CharField(required=False, allow_blank=True, max_length=500, default="")
    promised_on = DayField(required=False, allow_null=True, default=None)
    phone = serializers.CharField(
        required=False, allow_blank=True, max_length=30, default="", help_text="A number learned on the visit"
    )
    photo = serializers.FileField(required=False, default=None, help_text="JPEG or PNG, as multipart")


class Visited(serializers.Serializer):
    """The recorded visit."""

    visit = serializers.IntegerField()


class SetHold(serializers.Serializer):
    """What stops the ladder; both days inclusive, open-ended without `to_on`."""

    kind = serializers.ChoiceField(Hold.Kind.choices)
    from_on = DayField()
    to_on = DayField(required=False, allow_null=True, default=None)
    reason = serializers.CharField(max_length=300)
    proof = serializers.FileField(
        required=False, allow_null=True, default=None, help_text="PDF, JPEG or PNG, as multipart"
    )


class EndHold(serializers.Serializer):
    """Why a hold ends; `representative` for an estate, an insolvency or a guardianship."""

    reason = serializers.CharField(max_length=300)
    representative = serializers.CharField(required=False, allow_blank=True, max_length=200, default="")
    nothing_wrong = serializers.BooleanField(
        required=False, default=False, help_text="An error in our data was looked for and not found"
    )


class AskToEndHold(serializers.Serializer):
    """Why the owner may be called again."""

    reason = serializers.CharField(max_length=300)


class HoldEndAsked(serializers.Serializer):
    """The request that legal decides."""

    approval = serializers.IntegerField()


class HoldSet(serializers.Serializer):
    """The hold."""

    hold = serializers.IntegerField()


class Number(serializers.Serializer):
    """A whole number; that it was read is recorded."""

    number = serializers.CharField()


class ApprovalQuery(serializers.Serializer):
    """Waiting requests, those of them the caller decides, or decided ones."""

    mine = serializers.BooleanField(required=False, default=False)
    decided = serializers.BooleanField(required=False, default=False)


class ApprovalCard(serializers.Serializer):
    """A request with the facts it was made on; `mine`: the caller may decide it."""

    approval = serializers.IntegerField(source="request.approval_id")
    kind = serializers.CharField(source="request.kind")
    subject = serializers.CharField(source="request.subject")
    role = serializers.CharField(source="request.role")
    asked_by = serializers.CharField(source="request.asked_by")
    asked_at = serializers.DateTimeField(source="request.asked_at")
    decision = serializers.CharField(source="request.decision")
    decided_by = serializers.CharField(source="request.decided_by")
    decided_at = serializers.DateTimeField(source="request.decided_at", allow_null=True)
    reason = serializers.CharField(source="request.reason")
    facts = serializers.JSONField(source="request.facts")
    case = CaseLine(allow_null=True)
    mine = serializers.BooleanField()


class NotCovered(serializers.Serializer):
    """A late charge that is not claimed, with the reason."""

    charge = serializers.IntegerField(source="charge.charge_id")
    fee_item = serializers.CharField(source="charge.fee_item")
    period = serializers.CharField(source="charge.period.label")
    due_on = serializers.DateField(source="charge.due_on")
    principal = YuanField(source="charge.unpaid_fen")
    because = WhyField()


class AskedCoverage(serializers.Serializer):
    """What is covered of all that is past due now, in principal, and what is left out."""

    covered = YuanField(source="covered_fen")
    left = YuanField(source="left_fen")
    left_out = NotCovered(many=True)


class Remark(serializers.Serializer):
    """A question about a request, or an answer."""

    at = serializers.DateTimeField()
    by = serializers.CharField()
    is_question = serializers.BooleanField()
    text = serializers.CharField()


class ApprovalDetail(ApprovalCard):
    """One request; `coverage` while it waits; `remarks`: the oldest first."""

    coverage = AskedCoverage(allow_null=True)
    remarks = Remark(many=True)


class Say(serializers.Serializer):
    """What is asked or answered."""

    text = serializers.CharField(max_length=500)


class Decide(serializers.Serializer):
    """A decision; a rejection says why."""

    approve = serializers.BooleanField()
    reason = serializers.CharField(required=False, allow_blank=True, max_length=300, default="")
