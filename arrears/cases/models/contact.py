"""What was said: calls, visits and promises."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from arrears.cases.models.case import Case
from billing.charges.models import Account
from owners.models import Contact
from tenancy.kernel.models import PINNED, TenantModel
from tenancy.people.models import StoredFile, User


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
        indexes = [models.Index(fields=["tenant", "at"], name="call_by_moment")]

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

    class Signer(models.TextChoices):
        OWNER = "OWNER"
        ADULT_CORESIDENT = "ADULT_CORESIDENT"
        AGENT = "AGENT"

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
    signature = models.ForeignKey(StoredFile, null=True, related_name="+", **PINNED)
    signer = models.CharField(max_length=18, choices=Signer, blank=True, default="", db_default="")
    signer_name = models.CharField(max_length=60, blank=True, default="", db_default="")
    signer_relation = models.CharField(max_length=40, blank=True, default="", db_default="")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["tenant", "on"], name="visit_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(signature__isnull=True) | ~Q(signer_name=""),
                name="visit_signature_has_a_name",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.result} {self.on}"


class Promise(TenantModel):
    """承诺交费日. Kept when by then no more than `left_fen` is unpaid of what was past due when it was given.

    `amount_fen`: what was promised, all of it unless less was said; `left_fen`: what of the principal it
    may leave, as the late fee is paid first. Every day an owner names is kept here; `doubt`
    says why one does not hold the ladder, "" when it does. Append-only.
    """

    case = models.ForeignKey(Case, related_name="promises", **PINNED)
    account = models.ForeignKey(Account, related_name="+", **PINNED)
    made_on = models.DateField()
    promised_on = models.DateField()
    amount_fen = models.BigIntegerField()
    left_fen = models.BigIntegerField(default=0, db_default=0)
    doubt = models.CharField(max_length=30, blank=True, default="")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(promised_on__gte=models.F("made_on")), name="promise_not_in_the_past"
            ),
            models.CheckConstraint(condition=Q(left_fen__gte=0), name="promise_leaves_nothing_negative"),
        ]
        indexes = [
            models.Index(fields=["tenant", "promised_on"], name="promise_by_its_day"),
            models.Index(fields=["tenant", "made_on"], name="promise_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.amount_fen} by {self.promised_on}"
