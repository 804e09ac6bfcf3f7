"""Homes that stand empty and pay less for it, after somebody has looked at the proof."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from billing.charges.models.debts import Account
from owners.models import Community
from tenancy.kernel.models import PINNED, TenantModel
from tenancy.people.models import Approval, StoredFile, User


class Vacancy(TenantModel):
    """空置: applied for with proof, decided by the project manager, ended when somebody moves in (L-B2).

    Share and least months are those that held when it was applied for. Too short, and all is owed again.
    """

    class State(models.TextChoices):
        ASKED = "ASKED"
        GRANTED = "GRANTED"
        REJECTED = "REJECTED"
        ENDED = "ENDED"
        FAILED = "FAILED"

    community = models.ForeignKey(Community, related_name="+", **PINNED)
    account = models.ForeignKey(Account, related_name="+", **PINNED)
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    accepted_on = models.DateField()
    from_on = models.DateField()
    until_on = models.DateField(null=True, help_text="The first day that is paid in full again")
    moved_in_on = models.DateField(null=True)
    ratio = models.DecimalField(max_digits=5, decimal_places=4)
    min_months = models.SmallIntegerField()
    reason = models.CharField(max_length=200)
    evidence = models.ForeignKey(StoredFile, related_name="+", **PINNED)
    approval = models.ForeignKey(Approval, null=True, related_name="+", **PINNED)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    asked_on = models.DateField()
    history = HistoricalRecords(app="charges")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "account"],
                condition=Q(state__in=["ASKED", "GRANTED"]),
                name="vacancy_one_at_a_time",
            ),
            models.CheckConstraint(condition=Q(ratio__gte=0, ratio__lt=1), name="vacancy_is_a_share"),
            models.CheckConstraint(condition=~Q(reason=""), name="vacancy_for_a_reason"),
            models.CheckConstraint(
                condition=Q(state="ENDED", until_on__gt=F("from_on"), moved_in_on__isnull=False)
                | ~Q(state="ENDED"),
                name="vacancy_ended_has_months",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "-id"], name="vacancy_newest_first")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.from_on}"
