"""The desk's own rows: days on which nobody is contacted, numbers that were dialled, promises judged."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from arrears.cases.models.case import Case
from arrears.cases.models.contact import Promise
from billing.charges.models import Account
from owners.models import Community, Contact
from tenancy.kernel.models import PINNED, TenantModel
from tenancy.people.models import User


class QuietDay(TenantModel):
    """Days on which a company, or one of its communities, leaves its owners alone; both days included."""

    community = models.ForeignKey(Community, null=True, related_name="+", **PINNED)
    first_on = models.DateField()
    last_on = models.DateField()
    name = models.CharField(max_length=60)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="quietday_ends_after_start"),
            models.CheckConstraint(condition=~Q(name=""), name="quietday_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.first_on}"


class Dial(TenantModel):
    """Somebody took up the telephone: the number he was shown, what was past due then. Append-only."""

    case = models.ForeignKey(Case, related_name="dials", **PINNED)
    account = models.ForeignKey(Account, related_name="+", **PINNED)
    contact = models.ForeignKey(Contact, related_name="+", **PINNED)
    at = models.DateTimeField()
    overdue_fen = models.BigIntegerField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(overdue_fen__gte=0), name="dial_balance_not_negative"),
        ]

    def __str__(self) -> str:
        return f"dialled {self.at}"


class Judgement(TenantModel):
    """What became of a promise by the ledger, as of the morning after its day; the newest row counts.

    A second row only where money was booked later with a value date that kept the promise. Append-only.
    """

    class State(models.TextChoices):
        KEPT = "KEPT"
        BROKEN = "BROKEN"

    promise = models.ForeignKey(Promise, related_name="judgements", **PINNED)
    state = models.CharField(max_length=6, choices=State)
    on = models.DateField()
    unpaid_fen = models.BigIntegerField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="KEPT", unpaid_fen=0) | Q(state="BROKEN", unpaid_fen__gt=0),
                name="judgement_follows_the_ledger",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.on}"
