"""What was filed at a court, for which case and claims, and what the court made of it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from arrears.cases.models import Case, Step
from notices.models import Notice
from tenancy.kernel.models import PINNED, TenantModel
from tenancy.people.models import StoredFile, User


class Filing(TenantModel):
    """A paper filed at a court: payment order, complaint or enforcement. Append-only.

    `claim_fen` is what the paper asks for; its parts are None where it was filed before they were kept, and
    what is neither principal nor late fee are costs that were awarded.
    """

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
    principal_fen = models.BigIntegerField(null=True)
    late_fee_fen = models.BigIntegerField(null=True)
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


class Result(TenantModel):
    """What a court made of a filing; the newest row of a filing counts. Append-only.

    An instrument (order, judgment, mediation) has its days and sums, in fen; the others have neither. It may
    be recorded before its day in force; CONTESTED takes such a one back.
    """

    class Kind(models.TextChoices):
        PAYMENT_ORDER = "PAYMENT_ORDER"
        JUDGMENT = "JUDGMENT"
        MEDIATION = "MEDIATION"
        CONTESTED = "CONTESTED"
        CONVERTED = "CONVERTED"
        REJECTED = "REJECTED"
        WITHDRAWN = "WITHDRAWN"

    filing = models.ForeignKey(Filing, related_name="results", **PINNED)
    case = models.ForeignKey(Case, related_name="+", **PINNED)
    kind = models.CharField(max_length=16, choices=Kind)
    court = models.CharField(max_length=80)
    case_number = models.CharField(max_length=60, blank=True)
    served_on = models.DateField()
    effective_on = models.DateField(null=True)
    perform_by = models.DateField(null=True)
    principal_fen = models.BigIntegerField(default=0)
    late_fee_fen = models.BigIntegerField(default=0)
    costs_fen = models.BigIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)
    file = models.ForeignKey(StoredFile, null=True, related_name="+", **PINNED)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=["PAYMENT_ORDER", "JUDGMENT", "MEDIATION"])
                | Q(effective_on__isnull=False, perform_by__isnull=False, principal_fen__gt=0),
                name="result_instrument_has_days_and_a_sum",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["PAYMENT_ORDER", "JUDGMENT", "MEDIATION"])
                | Q(
                    effective_on__isnull=True,
                    perform_by__isnull=True,
                    principal_fen=0,
                    late_fee_fen=0,
                    costs_fen=0,
                ),
                name="result_without_instrument_awards_nothing",
            ),
            models.CheckConstraint(
                condition=Q(late_fee_fen__gte=0, costs_fen__gte=0), name="result_sums_not_negative"
            ),
            models.CheckConstraint(
                condition=(Q(effective_on__isnull=True) | Q(effective_on__gte=F("served_on")))
                & (Q(perform_by__isnull=True) | Q(perform_by__gte=F("served_on"))),
                name="result_days_after_service",
            ),
            models.CheckConstraint(
                condition=~Q(court="")
                & (~Q(kind__in=["PAYMENT_ORDER", "JUDGMENT", "MEDIATION"]) | ~Q(case_number="")),
                name="result_names_court_and_number",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "filing", "-id"], name="result_newest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.case_number}"
