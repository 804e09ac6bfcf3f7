"""How a case ends: a debt that is written off, and what was learned."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from arrears.cases.models import Case
from billing.charges.models import Account
from tenancy.kernel.models import PINNED, TenantModel
from tenancy.people.models import Approval, StoredFile, User


class WriteOff(TenantModel):
    """A request to write off what a case claims, with its proof; the branch's head and finance both agree.

    The sums are those of the day it was asked; what is written off is what is still owed of it at the end.
    """

    class State(models.TextChoices):
        ASKED = "ASKED"
        DONE = "DONE"
        REJECTED = "REJECTED"

    case = models.ForeignKey(Case, related_name="write_offs", **PINNED)
    account = models.ForeignKey(Account, related_name="+", **PINNED)
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    charge_ids = ArrayField(models.BigIntegerField())
    principal_fen = models.BigIntegerField()
    late_fee_fen = models.BigIntegerField()
    reason = models.CharField(max_length=200)
    file = models.ForeignKey(StoredFile, related_name="+", **PINNED)
    approval = models.ForeignKey(Approval, related_name="+", **PINNED)
    second_approval = models.ForeignKey(Approval, null=True, related_name="+", **PINNED)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    asked_on = models.DateField()
    closed_on = models.DateField(null=True)
    written_off_fen = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="writeoff_says_why"),
            models.CheckConstraint(
                condition=Q(principal_fen__gt=0, late_fee_fen__gte=0), name="writeoff_of_something"
            ),
            models.CheckConstraint(
                condition=Q(state="ASKED", closed_on__isnull=True) | Q(closed_on__gte=F("asked_on")),
                name="writeoff_closed_after_it_was_asked",
            ),
            models.CheckConstraint(
                condition=~Q(state="DONE") | Q(second_approval__isnull=False), name="writeoff_by_two"
            ),
            models.UniqueConstraint(
                fields=["tenant", "case"], condition=Q(state="ASKED"), name="writeoff_one_asked"
            ),
        ]

    def __str__(self) -> str:
        return f"write-off {self.principal_fen} {self.state}"


class Evaluation(TenantModel):
    """After a case was closed: what worked and what did not (R003-5). Append-only; the newest counts."""

    class Worked(models.TextChoices):
        YES = "YES"
        PARTLY = "PARTLY"
        NO = "NO"

    case = models.ForeignKey(Case, related_name="evaluations", **PINNED)
    outcome = models.CharField(max_length=12)
    worked = models.CharField(max_length=6, choices=Worked)
    helped = models.CharField(max_length=20, blank=True, help_text="The rung after which it moved")
    note = models.CharField(max_length=500)
    on = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(note=""), name="evaluation_says_why")]
        indexes = [models.Index(fields=["tenant", "case", "-id"], name="evaluation_newest")]

    def __str__(self) -> str:
        return f"{self.outcome} {self.worked}"
