"""Cases, the steps of each, and what people must do for it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from arrears.cases.models.ladder import Ladder
from billing.charges.models import Account
from notices.models import Notice
from owners.models import Community, Unit
from tenancy.kernel.models import PINNED, TenantModel
from tenancy.people.models import Approval, User


class Case(TenantModel):
    """An account in the ladder. Closed at the tick after its overdue balance is gone.

    `ladder`: the version it walks by until a person re-bases it; None walks by what holds on the day.
    """

    class Class(models.TextChoices):
        A_PROMISED = "A_PROMISED"
        B_UNDECIDED = "B_UNDECIDED"
        C_UNREACHABLE = "C_UNREACHABLE"
        D_REMOTE = "D_REMOTE"
        E_REFUSED = "E_REFUSED"

    community = models.ForeignKey(Community, related_name="+", **PINNED)
    account = models.ForeignKey(Account, related_name="cases", **PINNED)
    unit = models.ForeignKey(Unit, related_name="+", **PINNED)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    close_reason = models.CharField(max_length=30, blank=True)
    klass = models.CharField(max_length=16, choices=Class, blank=True)
    reason_code = models.CharField(max_length=30, blank=True, help_text="Why the owner has not paid")
    collector = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    ladder = models.ForeignKey(Ladder, null=True, related_name="+", **PINNED)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "account"], condition=Q(closed_on__isnull=True), name="case_one_open"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | ~Q(close_reason=""), name="case_closed_for_a_reason"
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "collector"],
                condition=Q(closed_on__isnull=True),
                name="case_open_of_collector",
            ),
        ]

    def __str__(self) -> str:
        return f"case {self.pk}"


class Step(TenantModel):
    """An event of a rung: why, when, by whom. Insert-only; the standing of a case is read from its steps."""

    class Event(models.TextChoices):
        DUE = "DUE"
        PROPOSED = "PROPOSED"
        APPROVED = "APPROVED"
        REJECTED = "REJECTED"
        SENT = "SENT"
        TAKEN = "TAKEN"
        VOID = "VOID"

    case = models.ForeignKey(Case, related_name="steps", **PINNED)
    account = models.ForeignKey(Account, related_name="+", **PINNED)
    level = models.SmallIntegerField()
    code = models.CharField(max_length=20)
    event = models.CharField(max_length=10, choices=Event)
    on = models.DateField()
    because = models.CharField(max_length=60)
    because_params = models.JSONField(default=dict)
    charge_ids = ArrayField(models.BigIntegerField(), default=list)
    notice = models.ForeignKey(Notice, null=True, related_name="+", **PINNED)
    approval = models.ForeignKey(Approval, null=True, related_name="+", **PINNED)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "case", "on"],
                condition=Q(event__in=["DUE", "PROPOSED"]),
                name="step_opens_one_rung_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "case", "id"], name="step_in_order"),
            models.Index(
                fields=["tenant", "approval"],
                condition=Q(approval__isnull=False),
                name="step_of_request",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.event} {self.on}"


class Task(TenantModel):
    """Something a person must do: call, visit, deliver, check a payment, review, file."""

    class Kind(models.TextChoices):
        CALL = "CALL"
        VISIT = "VISIT"
        PM_VISIT = "PM_VISIT"
        DELIVER = "DELIVER"
        CHECK_PAYMENT = "CHECK_PAYMENT"
        LETTER = "LETTER"
        REVIEW = "REVIEW"
        FILE = "FILE"
        EMS_DEMAND = "EMS_DEMAND"

    community = models.ForeignKey(Community, related_name="+", **PINNED)
    case = models.ForeignKey(Case, related_name="tasks", **PINNED)
    account = models.ForeignKey(Account, related_name="+", **PINNED)
    step = models.ForeignKey(Step, null=True, related_name="+", **PINNED)
    notice = models.ForeignKey(Notice, null=True, related_name="+", **PINNED)
    kind = models.CharField(max_length=14, choices=Kind)
    due_on = models.DateField()
    because = models.CharField(max_length=60)
    because_params = models.JSONField(default=dict)
    assigned_to = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "case", "kind"],
                condition=Q(done_at__isnull=True, cancelled_at__isnull=True),
                name="task_one_open_of_a_kind",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "community", "kind", "due_on"],
                condition=Q(done_at__isnull=True, cancelled_at__isnull=True),
                name="task_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_on}"
