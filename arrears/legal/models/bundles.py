"""The evidence of a case, bound for somebody and made by a job."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from arrears.cases.models import Case
from arrears.legal.models.firms import LawFirm, ProcessingAgreement
from owners.models import Community
from tenancy.kernel.models import PINNED, TenantModel
from tenancy.people.models import Job, StoredFile, User


class Bundle(TenantModel):
    """The evidence of a case, put together for a court or a law firm: who asked, for whom, until when.

    `agreement`: under which a firm gets it. The files come when the work is done; `contents` says what is
    inside, with the hash of every part.
    """

    class Audience(models.TextChoices):
        COURT = "COURT"
        LAW_FIRM = "LAW_FIRM"

    community = models.ForeignKey(Community, related_name="+", **PINNED)
    case = models.ForeignKey(Case, related_name="bundles", **PINNED)
    audience = models.CharField(max_length=8, choices=Audience)
    purpose = models.CharField(max_length=200)
    recipient = models.CharField(max_length=120, blank=True)
    firm = models.ForeignKey(LawFirm, null=True, related_name="+", **PINNED)
    agreement = models.ForeignKey(ProcessingAgreement, null=True, related_name="+", **PINNED)
    as_of = models.DateField()
    expires_on = models.DateField()
    job = models.ForeignKey(Job, null=True, related_name="+", **PINNED)
    pdf = models.ForeignKey(StoredFile, null=True, related_name="+", **PINNED)
    archive = models.ForeignKey(StoredFile, null=True, related_name="+", **PINNED)
    pages = models.IntegerField(default=0)
    contents = models.JSONField(default=list)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(purpose=""), name="bundle_has_a_purpose"),
            models.CheckConstraint(
                condition=Q(audience="COURT", firm__isnull=True, agreement__isnull=True)
                | Q(audience="LAW_FIRM", firm__isnull=False, agreement__isnull=False) & ~Q(recipient=""),
                name="bundle_for_a_firm_names_it_and_its_agreement",
            ),
            models.CheckConstraint(condition=Q(expires_on__gte=F("as_of")), name="bundle_expires_later"),
            models.CheckConstraint(
                condition=Q(made_at__isnull=True, pdf__isnull=True, archive__isnull=True)
                | Q(made_at__isnull=False, pdf__isnull=False, archive__isnull=False),
                name="bundle_made_with_both_files",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "case", "-id"], name="bundle_newest")]

    def __str__(self) -> str:
        return f"{self.audience} {self.as_of}"
