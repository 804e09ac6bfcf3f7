"""Ladders, cases, steps, tasks, calls, visits, promises and holds."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from billing.charges.models import Account
from notices.models import Notice
from owners.models import Community, Contact, Unit
from tenancy.kernel.models import PINNED, TenantModel
from tenancy.people.models import Approval, StoredFile, User


class Ladder(TenantModel):
    """A version of the ladder: a company's, or one community's own. Versions are never edited."""

    community = models.ForeignKey(Community, null=True, related_name="+", **PINNED)
    version = models.SmallIntegerField()
    name = models.CharField(max_length=60)
    active_from = models.DateField()
    created_at = models.DateTimeField(auto_now_add=True)
    history = HistoricalRecords(app="cases")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "community", "version"], name="ladder_version_once", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"


class Rung(TenantModel):
    """One rung of a ladder version."""

    ladder = models.ForeignKey(Ladder, related_name="rungs", **PINNED)
    level = models.SmallIntegerField()
    code = models.CharField(max_length=20)
    min_days = models.SmallIntegerField()
    period_days = models.SmallIntegerField(default=0)
    approver = models.CharField(max_length=30, blank=True)
    params = models.JSONField(default=dict)
    history = HistoricalRecords(app="cases")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "ladder", "level"], name="rung_level_once"),
            models.UniqueConstraint(fields=["tenant", "ladder", "code"], name="rung_code_once"),
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=9), name="rung_one_to_nine"),
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.code}"


class Case(TenantModel):
    """An account in the ladder. Closed at the tick after its overdue balance is gone."""

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

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "account"], condition=Q(closed_on__isnull=True), name="case_one_open"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | ~Q(close_reason=""), name="case_closed_for_a_reason"
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
        REVIEW = "REVIEW"
        FILE = "FILE"

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


class Call(TenantModel):
    """A logged phone contact: outcome, what was said, who rang which number. Append-only."""

    class Outcome(models.TextChoices):
        CONNECTED_PROMISED = "CONNECTED_PROMISED"
        CONNECTED_UNDECIDED = "CONNECTED_UNDECIDED"
        CONNECTED_REFUSED = "CONNECTED_REFUSED"
        CONNECTED_REMOTE = "CONNECTED_REMOTE"
        CONNECTED_CLAIMS_PAID = "CONNECTED_CLAIMS_PAID"
        CONNECTED_THIRD_PARTY = "CONNECTED_THIRD_PARTY"
        NO_ANSWER = "NO_ANSWER"
        BUSY = "BUSY"
        POWERED_OFF = "POWERED_OFF"
        NO_SIGNAL = "NO_SIGNAL"
        SUSPENDED = "SUSPENDED"
        VOID = "VOID"
        WRONG_NUMBER = "WRONG_NUMBER"

    case = models.ForeignKey(Case, related_name="calls", **PINNED)
    account = models.ForeignKey(Account, related_name="+", **PINNED)
    contact = models.ForeignKey(Contact, null=True, related_name="+", **PINNED)
    at = models.DateTimeField()
    outcome = models.CharField(max_length=24, choices=Outcome)
    reason_code = models.CharField(max_length=30, blank=True)
    feedback = models.CharField(max_length=500, blank=True)
    promised_on = models.DateField(null=True)
    next_on = models.DateField(null=True)
    overdue_fen = models.BigIntegerField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="CONNECTED_PROMISED") | Q(promised_on__isnull=False),
                name="call_promise_has_a_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.at}"


class Visit(TenantModel):
    """A logged home visit. Append-only."""

    class Result(models.TextChoices):
        MET_PROMISED = "MET_PROMISED"
        MET_UNDECIDED = "MET_UNDECIDED"
        MET_REFUSED = "MET_REFUSED"
        MET_OTHER = "MET_OTHER"
        NOBODY_HOME = "NOBODY_HOME"
        VACANT = "VACANT"

    case = models.ForeignKey(Case, related_name="visits", **PINNED)
    account = models.ForeignKey(Account, related_name="+", **PINNED)
    on = models.DateField()
    time_in = models.TimeField(null=True)
    time_out = models.TimeField(null=True)
    second_person = models.CharField(max_length=60, blank=True)
    by_manager = models.BooleanField(default=False)
    result = models.CharField(max_length=16, choices=Result)
    reason_code = models.CharField(max_length=30, blank=True)
    feedback = models.CharField(max_length=500, blank=True)
    promised_on = models.DateField(null=True)
    photo = models.ForeignKey(StoredFile, null=True, related_name="+", **PINNED)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.result} {self.on}"


class Promise(TenantModel):
    """承诺交费日. Kept when the overdue amount of the day it was given is paid by then. Append-only.

    Every day an owner names is kept here; `doubt` says why one does not hold the ladder, "" when it does.
    """

    case = models.ForeignKey(Case, related_name="promises", **PINNED)
    account = models.ForeignKey(Account, related_name="+", **PINNED)
    made_on = models.DateField()
    promised_on = models.DateField()
    amount_fen = models.BigIntegerField()
    doubt = models.CharField(max_length=30, blank=True, default="")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(promised_on__gte=models.F("made_on")), name="promise_not_in_the_past"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount_fen} by {self.promised_on}"


class Hold(TenantModel):
    """What stops the ladder of an account, from a day to a day, both inclusive; open-ended without an end."""

    class Kind(models.TextChoices):
        DISPUTE = "DISPUTE"
        DEFERRAL = "DEFERRAL"
        HARDSHIP = "HARDSHIP"
        PAYMENT_PENDING = "PAYMENT_PENDING"
        DATA_ERROR = "DATA_ERROR"
        ESTATE = "ESTATE"
        LEGAL_PROCEEDING = "LEGAL_PROCEEDING"
        NO_CONTACT = "NO_CONTACT"

    account = models.ForeignKey(Account, related_name="holds", **PINNED)
    kind = models.CharField(max_length=16, choices=Kind)
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    reason = models.CharField(max_length=300)
    set_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    created_at = models.DateTimeField(auto_now_add=True)
    released_on = models.DateField(null=True)
    released_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=models.F("from_on")),
                name="hold_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["tenant", "account", "kind"],
                condition=Q(released_on__isnull=True),
                name="hold_one_open_of_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} from {self.from_on}"
