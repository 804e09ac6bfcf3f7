"""Common costs of a community or a building, and the share of each unit."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from billing.charges.models.agreement import FeeItem
from owners.models import Building, Community, Unit
from tenancy.kernel.models import PINNED, TenantModel
from tenancy.people.models import Approval, User


class SharedCostPool(TenantModel):
    """公摊: what lifts, corridors and pumps cost in a period, as the supplier's paper says.

    Shares are made when somebody else is asked to agree, and from then on nothing of it changes.
    """

    class Method(models.TextChoices):
        AREA = "AREA"
        HOUSEHOLD = "HOUSEHOLD"
        COEFFICIENT = "COEFFICIENT"

    community = models.ForeignKey(Community, related_name="+", **PINNED)
    building = models.ForeignKey(Building, null=True, related_name="+", **PINNED)
    fee_item = models.ForeignKey(FeeItem, related_name="+", **PINNED)
    name = models.CharField(max_length=60)
    period = DateRangeField()
    amount_fen = models.BigIntegerField()
    usage_milli = models.BigIntegerField(null=True)
    price_micro = models.BigIntegerField(null=True)
    measure = models.CharField(max_length=8, blank=True)
    method = models.CharField(max_length=12, choices=Method)
    kinds = models.JSONField(default=list, help_text="Kinds of units that share: ROOM, SHOP")
    excluded = models.JSONField(default=list, help_text="Rooms that do not share, by code")
    floors = models.JSONField(default=list, help_text="[from, to, thousandths]: the coefficients of floors")
    document = models.CharField(max_length=120)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    entered_at = models.DateTimeField(auto_now_add=True)
    approval = models.ForeignKey(Approval, null=True, related_name="+", **PINNED)
    withdrawn_on = models.DateField(null=True)
    withdraw_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="pool_amount_positive"),
            models.CheckConstraint(
                condition=Q(usage_milli__isnull=True, price_micro__isnull=True)
                | Q(usage_milli__gt=0, price_micro__gt=0),
                name="pool_usage_has_its_price",
            ),
            models.CheckConstraint(condition=~Q(document=""), name="pool_names_its_document"),
        ]
        indexes = [models.Index(fields=["tenant", "community", "-entered_at"], name="pool_newest_first")]

    def __str__(self) -> str:
        return self.name


class PoolShare(TenantModel):
    """A unit's share of a pool: its weight (cm², households or thousandths) and the amount."""

    pool = models.ForeignKey(SharedCostPool, related_name="shares", **PINNED)
    unit = models.ForeignKey(Unit, related_name="+", **PINNED)
    fee_item = models.ForeignKey(FeeItem, related_name="+", **PINNED)
    period = DateRangeField()
    weight = models.BigIntegerField()
    amount_fen = models.BigIntegerField()
    is_withdrawn = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "pool", "unit"], name="pool_share_once"),
            ExclusionConstraint(
                name="pool_share_one_pool_per_item_and_day",
                expressions=[
                    ("tenant_id", RangeOperators.EQUAL),
                    ("unit_id", RangeOperators.EQUAL),
                    ("fee_item_id", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=Q(is_withdrawn=False),
            ),
            models.CheckConstraint(
                condition=Q(amount_fen__gte=0, weight__gt=0), name="pool_share_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} of {self.pool_id}"
