"""Yearly collection targets, and the sums of a community as of a day from which the rates follow."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from owners.models import Community
from tenancy.kernel.models import PINNED, TenantModel


class Target(TenantModel):
    """What a community means to collect in a year. A new figure holds from its day on; the old one stays."""

    community = models.ForeignKey(Community, related_name="+", **PINNED)
    year = models.SmallIntegerField()
    from_on = models.DateField()
    amount_fen = models.BigIntegerField()
    history = HistoricalRecords(app="reports")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "community", "year", "from_on"], name="target_one_a_day"
            ),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="target_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.amount_fen}"


class Tally(TenantModel):
    """The sums of a community as of a day, principal in fen by allocation to periods (domain 3.4).

    `more`: the ages and rungs of what is past due, and money by window and month, as JSON; null where the day
    was only reckoned afterwards, to be compared with. It can always be made anew: nothing is only here.
    """

    community = models.ForeignKey(Community, related_name="+", **PINNED)
    as_of = models.DateField()
    computed_at = models.DateTimeField()
    receivable_fen = models.BigIntegerField()
    collected_fen = models.BigIntegerField()
    opening_fen = models.BigIntegerField()
    recovered_fen = models.BigIntegerField()
    overdue_fen = models.BigIntegerField()
    units_billed = models.IntegerField()
    units_clear = models.IntegerField()
    units_clear_all = models.IntegerField()
    more = models.JSONField(null=True)

    class Meta:
        verbose_name_plural = "tallies"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "community", "as_of"], name="tally_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.community_id} as of {self.as_of}"
