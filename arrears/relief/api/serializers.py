"""What the API says about applications and plans; money is yuan text."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from arrears.cases.rules.classes import ArrearsReason
from arrears.relief.rules.applications import Kind, Range, State
from arrears.relief.rules.instalments import MOST_DOWN_PERCENT, MOST_PARTS, Mode, PartState, Wanted
from arrears.relief.services import Upload, Wish
from tenancy.kernel import clock
from tenancy.kernel.fields import YuanField
from values.period import Period

KINDS = [one.value for one in Kind]
STATES = [one.value for one in State]


class Application(serializers.Serializer[Any]):
    """An application for time to pay, with the debt of the day it was asked on."""

    id = serializers.IntegerField(source="application_id")
    account = serializers.IntegerField(source="account_id")
    unit = serializers.IntegerField(source="unit_id")
    unit_code = serializers.CharField()
    party_name = serializers.CharField()
    kind = serializers.ChoiceField(KINDS)
    state = serializers.ChoiceField(STATES)
    reason_code = serializers.CharField()
    statement = serializers.CharField()
    by_owner = serializers.BooleanField()
    asked_by = serializers.CharField()
    asked_on = serializers.DateField()
    principal = YuanField(source="principal_fen")
    late_fee = YuanField(source="late_fee_fen")
    from_on = serializers.DateField(allow_null=True)
    to_on = serializers.DateField(allow_null=True)
    parts = serializers.IntegerField(allow_null=True)
    first_on = serializers.DateField(allow_null=True)
    down_percent = serializers.IntegerField()
    mode = serializers.ChoiceField([one.value for one in Mode])
    spares_late_fee = serializers.BooleanField()
    sign_by = serializers.DateField(allow_null=True)
    agreement = serializers.IntegerField(source="agreement_id", allow_null=True)
    review_on = serializers.DateField(allow_null=True)
    started_on = serializers.DateField(allow_null=True)
    ended_on = serializers.DateField(allow_null=True)
    ended_because = serializers.CharField()


class Link(serializers.Serializer[Any]):
    """A decision of the chain, made or waited for."""

    approval = serializers.IntegerField(source="approval_id")
    kind = serializers.CharField()
    role = serializers.CharField()
    decision = serializers.CharField()
    by = serializers.CharField()
    at = serializers.DateTimeField(allow_null=True)
    reason = serializers.CharField()
    expires_on = serializers.DateField(allow_null=True)


class ListedCharge(serializers.Serializer[Any]):
    """A charge it is about, as it stood on the day of asking."""

    charge = serializers.IntegerField(source="charge_id")
    fee_item = serializers.CharField()
    period = serializers.CharField()
    due_on = serializers.DateField()
    principal = YuanField(source="principal_fen")
    late_fee = YuanField(source="late_fee_fen")


class ProofFile(serializers.Serializer[Any]):
    """A paper that proves it."""

    file = serializers.IntegerField(source="file_id")
    name = serializers.CharField()
    content_type = serializers.CharField()
    size = serializers.IntegerField()


class Part(serializers.Serializer[Any]):
    """An instalment; number 0 is the down payment."""

    number = serializers.IntegerField()
    due_on = serializers.DateField()
    amount = YuanField(source="amount_fen")


class JudgedPart(serializers.Serializer[Any]):
    """An instalment as the ledger tells it today."""

    number = serializers.IntegerField(source="part.number")
    due_on = serializers.DateField(source="part.due_on")
    amount = YuanField(source="part.amount_fen")
    paid = YuanField(source="paid_fen")
    paid_on = serializers.DateField(allow_null=True)
    state = serializers.ChoiceField([one.value for one in PartState])


class Plan(serializers.Serializer[Any]):
    """A signed plan."""

    signed_on = serializers.DateField()
    signer_name = serializers.CharField()
    scan = serializers.IntegerField(source="scan_id")
    principal = YuanField(source="principal_fen")
    late_fee = YuanField(source="late_fee_fen")
    total = YuanField(source="total_fen")
    paid = YuanField(source="paid_fen")
    left = YuanField(source="left_fen")
    grace_days = serializers.IntegerField()
    last_due_on = serializers.DateField()
    charges = serializers.ListField(child=serializers.IntegerField(), source="charge_ids")
    parts = JudgedPart(many=True)


class ApplicationCard(serializers.Serializer[Any]):
    """One application with its chain, charges, proof, and plan or what is offered."""

    application = Application(source="row")
    chain = Link(many=True)
    charges = ListedCharge(many=True)
    proofs = ProofFile(many=True)
    plan = Plan(allow_null=True)
    offered = Part(many=True)
    agreement_number = serializers.CharField()
    agreement_for = serializers.CharField(help_text="The day of signing it was drawn up for; empty before")


class ApplicationQuery(serializers.Serializer[Any]):
    """What the list is narrowed to; state OPEN: all that waits or runs."""

    kind = serializers.ChoiceField(KINDS, required=False, default="")
    state = serializers.ChoiceField(["OPEN", *STATES], required=False, default="")
    text = serializers.CharField(max_length=60, required=False, default="")
    community = serializers.IntegerField(required=False, default=None, allow_null=True)


class PlanQuery(serializers.Serializer[Any]):
    """How somebody wants to pay."""

    parts = serializers.IntegerField(min_value=2, max_value=MOST_PARTS, required=False, default=6)
    first_on = serializers.DateField(
        required=False, default=None, help_text="The end of this month unless told"
    )
    down_percent = serializers.IntegerField(
        min_value=0, max_value=MOST_DOWN_PERCENT, required=False, default=0
    )
    charges = serializers.ListField(child=serializers.IntegerField(min_value=1), required=False, default=list)

    def wanted(self) -> Wanted:
        """The plan in the words of the rules."""
        said, today = self.validated_data, clock.today()
        first_on = said["first_on"] or Period.month(today.year, today.month).last_day
        return Wanted(said["parts"], first_on, said["down_percent"])


class PlanPreview(serializers.Serializer[Any]):
    """What a plan would come to; `refused` says why it cannot be."""

    total = YuanField(source="total_fen")
    parts = Part(many=True)
    refused = serializers.SerializerMethodField()

    def get_refused(self, seen: Any) -> str:
        """The code of the refusal; empty when it can be asked for."""
        return seen.refused.code if seen.refused else ""


class AskApplication(serializers.Serializer[Any]):
    """What is asked for, why, and the proof, as multipart. Without `charges` all that is past due."""

    kind = serializers.ChoiceField(KINDS)
    reason_code = serializers.ChoiceField([one.value for one in ArrearsReason])
    statement = serializers.CharField(max_length=500)
    charges = serializers.ListField(child=serializers.IntegerField(min_value=1), required=False, default=list)
    from_on = serializers.DateField(required=False, default=None, allow_null=True)
    to_on = serializers.DateField(required=False, default=None, allow_null=True)
    parts = serializers.IntegerField(required=False, default=None, allow_null=True)
    first_on = serializers.DateField(required=False, default=None, allow_null=True)
    down_percent = serializers.IntegerField(required=False, default=0)
    retroactive = serializers.BooleanField(required=False, default=False)
    spares_late_fee = serializers.BooleanField(required=False, default=False)
    proofs = serializers.ListField(
        child=serializers.FileField(), required=False, default=list, help_text="PDF, JPEG or PNG"
    )

    def wish(self) -> Wish:
        """What the service is asked for."""
        said = self.validated_data
        plan = None
        if said["parts"] is not None and said["first_on"] is not None:
            plan = Wanted(said["parts"], said["first_on"], said["down_percent"])
        return Wish(
            kind=Kind(said["kind"]),
            reason_code=said["reason_code"],
            statement=said["statement"],
            charge_ids=tuple(said["charges"]),
            range=Range(said["from_on"], said["to_on"]) if said["from_on"] else None,
            plan=plan,
            retroactive=said["retroactive"],
            spares_late_fee=said["spares_late_fee"],
        )

    def uploads(self) -> list[Upload]:
        """The proof as it was handed in."""
        return [Upload(one.name or "proof", one.read()) for one in self.validated_data["proofs"]]


class DrawUp(serializers.Serializer[Any]):
    """The day on which the owner will sign."""

    sign_on = serializers.DateField()


class Sign(serializers.Serializer[Any]):
    """Who signed when, and the signed paper, as multipart."""

    signed_on = serializers.DateField()
    signer_name = serializers.CharField(max_length=60)
    scan = serializers.FileField(help_text="PDF, JPEG or PNG")


class Release(serializers.Serializer[Any]):
    """Why it ends before its time."""

    reason = serializers.CharField(max_length=40)


class SignedForm(serializers.Serializer[Any]):
    """Which of the proofs the owner signed."""

    file_id = serializers.IntegerField()
