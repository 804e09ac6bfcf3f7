"""Law firms that work for the company, and the agreements under which they may be given personal data."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from arrears.legal.rules.firms import agreement_in_force
from tenancy.kernel.models import PINNED, TenantModel
from tenancy.people.models import StoredFile, User


class LawFirm(TenantModel):
    """Who writes letters and appears for the company: a lawyer of a firm. Data need an agreement in force."""

    name = models.CharField(max_length=80)
    lawyer = models.CharField(max_length=40)
    licence = models.CharField(max_length=40, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    address = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)
    history = HistoricalRecords(app="legal")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "name", "lawyer"], name="law_firm_once"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(lawyer=""), name="law_firm_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.lawyer}"


class ProcessingAgreement(TenantModel):
    """委托处理协议 (个保法 21): signed with a firm, it holds for each of its lawyers.

    For what, which data, and until when; `ended_on`: the first day on which it holds no more.
    """

    firm = models.ForeignKey(LawFirm, related_name="agreements", **PINNED)
    purpose = models.CharField(max_length=200)
    scope = models.CharField(max_length=200)
    from_on = models.DateField()
    until = models.DateField()
    file = models.ForeignKey(StoredFile, related_name="+", **PINNED)
    ended_on = models.DateField(null=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(purpose="") & ~Q(scope=""), name="processing_says_what_for_and_which_data"
            ),
            models.CheckConstraint(condition=Q(until__gte=F("from_on")), name="processing_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.firm_id} {self.from_on}"

    def holds_on(self, day: date) -> bool:
        """Whether data may be given to the firm on a day."""
        return agreement_in_force(self.from_on, self.until, self.ended_on, on=day)

    @classmethod
    def standing(cls, day: date) -> dict[str, ProcessingAgreement]:
        """Name of a firm -> its agreement in force on a day, the longest of several. Firms are few."""
        rows = cls.objects.select_related("firm").order_by("until", "pk")
        return {row.firm.name: row for row in rows if row.holds_on(day)}
