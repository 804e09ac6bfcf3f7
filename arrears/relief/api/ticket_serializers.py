"""What the API says about service tickets; money is yuan text."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from arrears.cases.services import Disputed
from arrears.relief.models import Ticket
from arrears.relief.services import NewTicket
from notices.services import Photo
from tenancy.kernel.fields import DayField, YuanField

FILES = "PDF, JPEG or PNG, as multipart"


class TicketQuery(serializers.Serializer[Any]):
    """What the list is narrowed to; whatever is not closed without a state."""

    state = serializers.ChoiceField(Ticket.State.choices, required=False, default="")
    department = serializers.ChoiceField(Ticket.Department.choices, required=False, default="")
    text = serializers.CharField(required=False, default="", max_length=60, help_text="A room or an owner")
    mine = serializers.BooleanField(required=False, default=False)
    late = serializers.BooleanField(required=False, default=False)


class TicketRow(serializers.Serializer[Any]):
    """A ticket in a list. `disputed`: what waits for its answer; null where it disputes nothing."""

    ticket = serializers.IntegerField(source="ticket_id")
    community = serializers.CharField(source="community_name")
    unit = serializers.IntegerField(source="unit_id")
    room = serializers.CharField(source="unit_code")
    account = serializers.IntegerField(source="account_id", allow_null=True)
    owner = serializers.CharField(source="party_name")
    department = serializers.CharField()
    state = serializers.CharField()
    subject = serializers.CharField()
    by_owner = serializers.BooleanField()
    opened_on = serializers.DateField()
    deadline_on = serializers.DateField()
    days_over = serializers.IntegerField()
    assigned_to = serializers.CharField()
    finding = serializers.CharField()
    answered_on = serializers.DateField(allow_null=True)
    reply_until = serializers.DateField(allow_null=True)
    closed_on = serializers.DateField(allow_null=True)
    disputed = YuanField(source="disputed_fen", allow_null=True)
    expires_on = serializers.DateField(
        allow_null=True, help_text="When the first disputed charge expires, if within 90 days"
    )


class DisputedLine(serializers.Serializer[Any]):
    """A charge that a ticket disputes."""

    charge = serializers.IntegerField(source="charge_id")
    fee_item = serializers.CharField()
    period = serializers.CharField()
    due_on = serializers.DateField()
    amount = YuanField(source="amount_fen")
    unpaid = YuanField(source="unpaid_fen")
    disputed = YuanField(source="disputed_fen")
    expires_on = serializers.DateField(allow_null=True)


class TicketEvent(serializers.Serializer[Any]):
    """Something that was said or done."""

    kind = serializers.CharField()
    on = serializers.DateField()
    at = serializers.DateTimeField()
    text = serializers.CharField()
    who = serializers.CharField()
    by_owner = serializers.BooleanField()
    notice = serializers.IntegerField(source="notice_id", allow_null=True)
    files = serializers.SerializerMethodField()

    def get_files(self, event: Any) -> list[int]:
        return [file_id for file_id, _name in event.files]


class TicketCard(serializers.Serializer[Any]):
    """A ticket with what it disputes and its history. `told`: a message with the answer was queued."""

    row = TicketRow()
    description = serializers.CharField()
    opened_by = serializers.CharField()
    answer = serializers.CharField(source="finding_text")
    closed_because = serializers.CharField()
    hold = serializers.IntegerField(source="hold_id", allow_null=True)
    approval = serializers.IntegerField(source="asked_id", allow_null=True)
    waiver = serializers.IntegerField(source="waiver_id", allow_null=True)
    case = serializers.IntegerField(source="case_id", allow_null=True)
    told = serializers.BooleanField()
    charges = DisputedLine(source="lines", many=True)
    events = TicketEvent(many=True)


class OpenTicket(serializers.Serializer[Any]):
    """A matter of a unit."""

    department = serializers.ChoiceField(Ticket.Department.choices)
    subject = serializers.CharField(max_length=120)
    description = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")
    deadline_on = DayField(required=False, allow_null=True, default=None)
    files = serializers.ListField(
        child=serializers.FileField(), required=False, max_length=6, help_text=FILES
    )

    def entry(self) -> NewTicket:
        """As open_ticket takes it."""
        said = self.validated_data
        return NewTicket(
            said["department"],
            said["subject"],
            said["description"] or said["subject"],
            said["deadline_on"],
            papers(said),
        )


class DisputedPart(serializers.Serializer[Any]):
    """A charge, whole or by an amount of it."""

    charge = serializers.IntegerField(min_value=1)
    amount = YuanField(source="amount_fen", required=False, allow_null=True, default=None)


class OpenDispute(OpenTicket):
    """A matter over charges of a case's account; none: the whole account waits."""

    charges = DisputedPart(many=True)

    def parts(self) -> list[Disputed]:
        """As open_dispute_ticket takes them."""
        return [Disputed(part["charge"], part["amount_fen"]) for part in self.validated_data["charges"]]


class TicketMade(serializers.Serializer[Any]):
    """The ticket."""

    ticket = serializers.IntegerField()


class AssignTicket(serializers.Serializer[Any]):
    """Who looks into it, and until when."""

    department = serializers.ChoiceField(Ticket.Department.choices)
    user = serializers.IntegerField(source="user_id", required=False, allow_null=True, default=None)
    deadline_on = DayField(required=False, allow_null=True, default=None)
    text = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")


class NoteTicket(serializers.Serializer[Any]):
    """What was found or done meanwhile."""

    text = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")
    files = serializers.ListField(
        child=serializers.FileField(), required=False, max_length=6, help_text=FILES
    )


class Reduction(serializers.Serializer[Any]):
    """What is to be let off a charge; billing's own approval decides."""

    charge = serializers.IntegerField(min_value=1)
    amount = YuanField(source="amount_fen")


class AnswerTicket(serializers.Serializer[Any]):
    """What was found, and what the owner is told."""

    finding = serializers.ChoiceField(Ticket.Finding.choices)
    text = serializers.CharField(max_length=1000)
    reductions = Reduction(many=True, required=False, default=list)


class ReplyTicket(serializers.Serializer[Any]):
    """What the owner said to the answer."""

    accepts = serializers.BooleanField()
    text = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="")


def papers(said: dict[str, Any]) -> list[Photo]:
    """Uploads as services take them."""
    return [Photo(one.name or "file", one.read()) for one in said.get("files") or ()]
