"""The weekly review (每周五催缴例会): its frozen figures, what was decided, and what became of it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from owners.models import Community
from tenancy.kernel.models import PINNED, TenantModel
from tenancy.people.models import User


class WeekPack(TenantModel):
    """What lies on the table of one meeting: a community's, or the company's. Append-only.

    The figures are those of `from_on` to `to_on`, both inclusive, read at `data_at`.
    """

    community = models.ForeignKey(Community, null=True, related_name="+", **PINNED)
    meeting_on = models.DateField()
    from_on = models.DateField()
    to_on = models.DateField()
    data_at = models.DateTimeField()
    figures = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "community", "meeting_on"], name="weekpack_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(from_on__lte=F("to_on"), to_on__lt=F("meeting_on")),
                name="weekpack_of_days_that_are_over",
            ),
        ]

    def __str__(self) -> str:
        return f"review of {self.meeting_on}"


class Resolution(TenantModel):
    """会议纪要: what was decided at a meeting, who does it, until when. Append-only."""

    pack = models.ForeignKey(WeekPack, related_name="resolutions", **PINNED)
    community = models.ForeignKey(Community, null=True, related_name="+", **PINNED)
    what = models.CharField(max_length=500)
    who = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    until_on = models.DateField(null=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="resolution_says_something"),
            models.CheckConstraint(
                condition=Q(who__isnull=True) | Q(until_on__isnull=False), name="resolution_has_a_last_day"
            ),
        ]

    def __str__(self) -> str:
        return self.what[:60]


class ResolutionEnd(TenantModel):
    """What became of something that was decided. Append-only; one end each."""

    resolution = models.ForeignKey(Resolution, related_name="ends", **PINNED)
    community = models.ForeignKey(Community, null=True, related_name="+", **PINNED)
    on = models.DateField()
    note = models.CharField(max_length=300)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "resolution"], name="resolution_ends_once"),
            models.CheckConstraint(condition=~Q(note=""), name="resolution_ends_with_a_note"),
        ]

    def __str__(self) -> str:
        return f"end of {self.resolution_id}"
