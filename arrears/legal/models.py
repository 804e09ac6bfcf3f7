"""What was filed at a court, for which case and claims."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from arrears.cases.models import Case, Step
from notices.models import Notice
from tenancy.kernel.models import PINNED, TenantModel
from tenancy.people.models import User


class Filing(TenantModel):
    """A paper filed at a court: payment order, complaint or enforcement. Append-only."""

    class Kind(models.TextChoices):
        PAYMENT_ORDER = "PAYMENT_ORDER"
        COMPLAINT = "COMPLAINT"
        ENFORCEMENT = "ENFORCEMENT"

    case = models.ForeignKey(Case, related_name="filings", **PINNED)
    step = models.ForeignKey(Step, related_name="+", **PINNED)
    notice = models.ForeignKey(Notice, null=True, related_name="+", **PINNED)
    kind = models.CharField(max_length=16, choices=Kind)
    court = models.CharField(max_length=80)
    filed_on = models.DateField()
    court_reference = models.CharField(max_length=60, blank=True)
    claim_fen = models.BigIntegerField()
    fee_fen = models.BigIntegerField()
    charge_ids = ArrayField(models.BigIntegerField(), default=list)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "step"], name="filing_once_per_step"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.filed_on}"
