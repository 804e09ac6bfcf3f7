"""Meters, what was read off them, and which readings a charge was made of."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from billing.charges.models.agreement import FeeItem
from billing.charges.models.debts import Charge
from owners.models import Community, Unit
from tenancy.kernel.models import PINNED, TenantModel
from tenancy.people.models import StoredFile, User


class Meter(TenantModel):
    """水表、电表、气表 of a unit for a fee item. `digits` before the point: after the last it rolls over."""

    community = models.ForeignKey(Community, related_name="+", **PINNED)
    unit = models.ForeignKey(Unit, related_name="+", **PINNED)
    fee_item = models.ForeignKey(FeeItem, related_name="+", **PINNED)
    serial = models.CharField(max_length=40)
    digits = models.SmallIntegerField(default=5)
    multiplier = models.IntegerField(default=1)
    people = models.SmallIntegerField(default=0, help_text="The household's size; 0: not known")
    place = models.CharField(max_length=60, blank=True)
    installed_on = models.DateField()
    removed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "fee_item", "serial"], name="meter_serial_once"),
            models.CheckConstraint(condition=Q(digits__gte=3, digits__lte=9), name="meter_digits_known"),
            models.CheckConstraint(
                condition=Q(multiplier__gte=1, people__gte=0), name="meter_multiplies_by_one_or_more"
            ),
            models.CheckConstraint(
                condition=Q(removed_on__isnull=True) | Q(removed_on__gte=F("installed_on")),
                name="meter_removed_after_it_came",
            ),
        ]

    def __str__(self) -> str:
        return self.serial


class MeterReading(TenantModel):
    """抄表记录: what a meter showed when a day began. A correction is a new row that supersedes it."""

    class Kind(models.TextChoices):
        READ = "READ"
        ESTIMATED = "ESTIMATED"
        START = "START"
        END = "END"

    meter = models.ForeignKey(Meter, related_name="readings", **PINNED)
    read_on = models.DateField()
    value_milli = models.BigIntegerField()
    kind = models.CharField(max_length=9, choices=Kind, default=Kind.READ)
    supersedes = models.ForeignKey("self", null=True, related_name="+", **PINNED)
    reason = models.CharField(max_length=200, blank=True)
    photo = models.ForeignKey(StoredFile, null=True, related_name="+", **PINNED)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "meter", "read_on"],
                condition=Q(supersedes__isnull=True),
                name="reading_once_a_day_and_meter",
            ),
            models.UniqueConstraint(fields=["tenant", "supersedes"], name="reading_superseded_once"),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True) | ~Q(reason=""), name="reading_corrected_with_a_reason"
            ),
            models.CheckConstraint(condition=Q(value_milli__gte=0), name="reading_not_negative"),
        ]
        indexes = [models.Index(fields=["tenant", "meter", "read_on"], name="reading_by_day")]

    def __str__(self) -> str:
        return f"{self.meter_id} on {self.read_on}"


class MeterUse(TenantModel):
    """What of a meter a charge bills: from the reading `before` to the reading `now`.

    It counts as long as its charge is not reversed.
    """

    charge = models.ForeignKey(Charge, related_name="+", **PINNED)
    meter = models.ForeignKey(Meter, related_name="+", **PINNED)
    before = models.ForeignKey(MeterReading, related_name="+", **PINNED)
    now = models.ForeignKey(MeterReading, related_name="+", **PINNED)
    usage_milli = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "charge", "meter"], name="meter_use_once_per_charge"),
        ]

    def __str__(self) -> str:
        return f"{self.meter_id} in {self.charge_id}"
