"""Versions of the ladder and their rungs."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from owners.models import Community
from tenancy.kernel.models import PINNED, TenantModel


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
