"""Uploaded registers and arrears lists, and what was found in them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from owners.models import Community
from tenancy.kernel.models import PINNED, TenantModel
from tenancy.people.models import Job, StoredFile, User


class ImportBatch(TenantModel):
    """An uploaded register or arrears list: checked first, then, when a person confirms, imported.

    How far it is stands in its job; `checked_at` and `committed_at` say what is done.
    """

    class Kind(models.TextChoices):
        REGISTER = "REGISTER"
        ARREARS = "ARREARS"

    community = models.ForeignKey(Community, related_name="+", **PINNED)
    kind = models.CharField(max_length=10, choices=Kind)
    file = models.ForeignKey(StoredFile, related_name="+", **PINNED)
    job = models.ForeignKey(Job, null=True, related_name="+", **PINNED)
    as_of = models.DateField()
    counts = models.JSONField(default=dict)
    checked_at = models.DateTimeField(null=True)
    committed_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "import batches"
        constraints = [
            models.CheckConstraint(
                condition=Q(committed_at__isnull=True) | Q(checked_at__isnull=False),
                name="import_batch_is_checked_before_it_is_kept",
            ),
        ]
        indexes = [models.Index(fields=["tenant", "-created_at"], name="import_batch_newest_first")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class ImportLine(TenantModel):
    """One finding of a batch: a rejected row, a warning or a difference. Long numbers are masked."""

    batch = models.ForeignKey(ImportBatch, related_name="lines", **PINNED)
    weight = models.CharField(max_length=8)
    code = models.CharField(max_length=40)
    sheet = models.CharField(max_length=80, blank=True)
    row = models.IntegerField(default=0)
    column = models.CharField(max_length=3, blank=True)
    header = models.CharField(max_length=80, blank=True)
    value = models.TextField(blank=True)
    unit = models.CharField(max_length=40, blank=True)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["tenant", "batch", "weight", "id"], name="import_line_in_order")]

    def __str__(self) -> str:
        return f"{self.weight} {self.code}"
