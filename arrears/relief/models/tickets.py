"""Service tickets: what an owner finds fault with, who looks into it, and all that was said about it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from arrears.cases.models import Hold
from billing.charges.models import Account, Waiver
from notices.models import Notice
from owners.models import Community, Unit
from tenancy.kernel.models import PINNED, TenantModel
from tenancy.people.models import Approval, StoredFile, User


class Ticket(TenantModel):
    """工单: a matter of a unit with a department and a deadline. `hold`: the dispute it was opened for.

    `reply_until`: the last day on which the owner may say that he does not agree with the answer.
    `asked`: what the project manager was asked to decide. `waiver`: the price reduction that was found.
    """

    class Department(models.TextChoices):
        ENGINEERING = "ENGINEERING"
        SECURITY = "SECURITY"
        CLEANING = "CLEANING"
        CUSTOMER_SERVICE = "CUSTOMER_SERVICE"
        FINANCE = "FINANCE"
        OTHER = "OTHER"

    class State(models.TextChoices):
        OPEN = "OPEN"
        ANSWERED = "ANSWERED"
        DECIDING = "DECIDING"
        CLOSED = "CLOSED"

    class Finding(models.TextChoices):
        FOUNDED = "FOUNDED"
        PARTLY = "PARTLY"
        UNFOUNDED = "UNFOUNDED"

    community = models.ForeignKey(Community, related_name="+", **PINNED)
    unit = models.ForeignKey(Unit, related_name="+", **PINNED)
    account = models.ForeignKey(Account, null=True, related_name="+", **PINNED)
    hold = models.ForeignKey(Hold, null=True, related_name="+", **PINNED)
    department = models.CharField(max_length=16, choices=Department)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    subject = models.CharField(max_length=120)
    description = models.CharField(max_length=2000)
    by_owner = models.BooleanField(default=False)
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    opened_on = models.DateField()
    deadline_on = models.DateField()
    assigned_to = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    finding = models.CharField(max_length=10, choices=Finding, blank=True)
    finding_text = models.CharField(max_length=1000, blank=True)
    answered_on = models.DateField(null=True)
    reply_until = models.DateField(null=True)
    waiver = models.ForeignKey(Waiver, null=True, related_name="+", **PINNED)
    asked = models.ForeignKey(Approval, null=True, related_name="+", **PINNED)
    closed_on = models.DateField(null=True)
    closed_because = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(subject=""), name="ticket_has_a_subject"),
            models.CheckConstraint(
                condition=Q(deadline_on__gte=F("opened_on")), name="ticket_due_after_it_was_opened"
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, finding="", reply_until__isnull=True)
                | Q(answered_on__gte=F("opened_on"), reply_until__gte=F("answered_on")) & ~Q(finding=""),
                name="ticket_answered_with_a_finding",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) & ~Q(state="CLOSED")
                | Q(closed_on__gte=F("opened_on"), state="CLOSED") & ~Q(closed_because=""),
                name="ticket_closed_for_a_reason",
            ),
            models.UniqueConstraint(fields=["tenant", "hold"], name="ticket_one_of_a_dispute"),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "deadline_on", "id"], condition=~Q(state="CLOSED"), name="ticket_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"ticket {self.pk}"


class TicketEvent(TenantModel):
    """Something that was said or done about a ticket. Append-only."""

    class Kind(models.TextChoices):
        OPENED = "OPENED"
        ASSIGNED = "ASSIGNED"
        NOTED = "NOTED"
        ANSWERED = "ANSWERED"
        ACCEPTED = "ACCEPTED"
        REPLIED = "REPLIED"
        ASKED = "ASKED"
        DECIDED = "DECIDED"
        CLOSED = "CLOSED"

    ticket = models.ForeignKey(Ticket, related_name="events", **PINNED)
    kind = models.CharField(max_length=10, choices=Kind)
    on = models.DateField()
    at = models.DateTimeField(auto_now_add=True)
    text = models.CharField(max_length=2000, blank=True)
    because = models.CharField(max_length=60, blank=True)
    because_params = models.JSONField(default=dict)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    by_owner = models.BooleanField(default=False)
    notice = models.ForeignKey(Notice, null=True, related_name="+", **PINNED)

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"


class TicketFile(TenantModel):
    """A photograph or paper that came with something that was said. Append-only."""

    event = models.ForeignKey(TicketEvent, related_name="files", **PINNED)
    file = models.ForeignKey(StoredFile, related_name="+", **PINNED)

    def __str__(self) -> str:
        return f"{self.event_id} {self.file_id}"
