"""Communities, buildings, units (and parking bays), parties, who owns what, contacts, legacy issues."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from tenancy.kernel.models import PINNED, TenantModel


class Community(TenantModel):
    """小区/项目. Branch is an optional label above it."""

    class HandoverRule(models.TextChoices):
        BY_DAY = "BY_DAY"
        NEXT_MONTH = "NEXT_MONTH"

    code = models.CharField(max_length=16)
    name = models.CharField(max_length=80)
    branch = models.CharField(max_length=80, blank=True)
    address = models.CharField(max_length=200, blank=True)
    service_phone = models.CharField(max_length=30, blank=True)
    service_place = models.CharField(max_length=120, blank=True)
    service_hours = models.CharField(max_length=80, blank=True)
    handover_rule = models.CharField(max_length=12, choices=HandoverRule, default=HandoverRule.BY_DAY)
    history = HistoricalRecords(app="owners")

    class Meta:
        verbose_name_plural = "communities"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "code"], name="community_code_once"),
        ]

    def __str__(self) -> str:
        return self.name


class NumberSeries(TenantModel):
    """The last number given per community, document type and year of issue: gapless under a row lock."""

    community = models.ForeignKey(Community, related_name="+", **PINNED)
    series = models.CharField(max_length=40)
    year = models.SmallIntegerField()
    last = models.IntegerField(default=0)

    class Meta:
        verbose_name_plural = "number series"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "community", "series", "year"], name="number_series_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.year}"


class Building(TenantModel):
    """楼栋. Cluster (组团) is an optional label."""

    community = models.ForeignKey(Community, related_name="+", **PINNED)
    name = models.CharField(max_length=20)
    cluster = models.CharField(max_length=40, blank=True)
    sort_key = models.CharField(max_length=24)
    has_lift = models.BooleanField(null=True)
    floors = models.SmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "community", "name"], name="building_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Unit(TenantModel):
    """A room, a shop or a parking bay. `code` is how people write it: 3-1-1602, B1-001."""

    class Kind(models.TextChoices):
        ROOM = "ROOM"
        SHOP = "SHOP"
        BAY = "BAY"
        OTHER = "OTHER"

    class Handover(models.TextChoices):
        TAKEN_OVER = "TAKEN_OVER"
        NOT_TAKEN_OVER = "NOT_TAKEN_OVER"
        UNSOLD = "UNSOLD"

    community = models.ForeignKey(Community, related_name="+", **PINNED)
    building = models.ForeignKey(Building, null=True, related_name="+", **PINNED)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.ROOM)
    entrance = models.CharField(max_length=12, blank=True)
    room = models.CharField(max_length=20)
    floor = models.SmallIntegerField(null=True)
    code = models.CharField(max_length=40, db_collation="C")
    sort_key = models.CharField(max_length=60, db_collation="C")
    area_cm2 = models.BigIntegerField(default=0)
    handover_on = models.DateField(null=True)
    handover = models.CharField(max_length=16, choices=Handover, default=Handover.TAKEN_OVER)
    occupancy = models.CharField(max_length=30, blank=True)
    linked_unit = models.ForeignKey("self", null=True, related_name="+", **PINNED)
    location = models.CharField(max_length=60, blank=True)
    plate = models.CharField(max_length=20, blank=True)
    remark = models.CharField(max_length=300, blank=True)
    special_needs = models.CharField(max_length=300, blank=True)
    retired_on = models.DateField(null=True)
    history = HistoricalRecords(app="owners")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "community", "code"], name="unit_code_once"),
            models.CheckConstraint(condition=Q(area_cm2__gte=0), name="unit_area_not_negative"),
            models.CheckConstraint(
                condition=Q(kind="BAY") | Q(area_cm2__gt=0), name="unit_has_an_area_unless_bay"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "community", "sort_key"], name="unit_in_order"),
            models.Index(fields=["tenant", "code"], name="unit_by_code"),
            models.Index(fields=["tenant", "room"], name="unit_by_room"),
        ]

    def __str__(self) -> str:
        return self.code


class Party(TenantModel):
    """A person or an organisation. Merging sets `merged_into`; rows are never re-pointed."""

    class Kind(models.TextChoices):
        PERSON = "PERSON"
        ORGANISATION = "ORGANISATION"
        DEVELOPER = "DEVELOPER"

    kind = models.CharField(max_length=12, choices=Kind, default=Kind.PERSON)
    name = models.CharField(max_length=120)
    name_key = models.CharField(max_length=120, db_collation="C")
    id_number = models.BinaryField(default=b"")
    id_hash = models.CharField(max_length=32, blank=True)
    domicile = models.CharField(max_length=200, blank=True)
    no_calls = models.BooleanField(default=False)
    merged_into = models.ForeignKey("self", null=True, related_name="+", **PINNED)
    history = HistoricalRecords(app="owners")

    class Meta:
        verbose_name_plural = "parties"
        indexes = [
            models.Index(fields=["tenant", "name_key"], name="party_by_name"),
            models.Index(fields=["tenant", "id_hash"], condition=~Q(id_hash=""), name="party_by_id_number"),
        ]

    def __str__(self) -> str:
        return self.name


class Ownership(TenantModel):
    """Who holds a unit from when to when (half-open). Rank 1 is the debtor, the others are joint debtors.

    `pays`: an occupant who agreed with the owner that he pays; then the owners are liable with him (L-D1).
    """

    class Role(models.TextChoices):
        OWNER = "OWNER"
        OCCUPANT = "OCCUPANT"

    unit = models.ForeignKey(Unit, related_name="ownerships", **PINNED)
    party = models.ForeignKey(Party, related_name="ownerships", **PINNED)
    role = models.CharField(max_length=10, choices=Role, default=Role.OWNER)
    rank = models.SmallIntegerField(default=1)
    held = DateRangeField()
    pays = models.BooleanField(default=False, db_default=False)
    basis = models.CharField(max_length=120, blank=True, default="", db_default="")
    history = HistoricalRecords(app="owners")

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="ownership_one_party_per_rank_and_day",
                expressions=[
                    ("tenant_id", RangeOperators.EQUAL),
                    ("unit_id", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("rank", RangeOperators.EQUAL),
                    ("held", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=Q(rank__gte=1), name="ownership_rank_from_one"),
            models.CheckConstraint(
                condition=Q(pays=False) | (Q(role="OCCUPANT", rank=1) & ~Q(basis="")),
                name="ownership_payer_is_an_occupant_by_agreement",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "unit"], condition=Q(pays=True), name="ownership_payer"),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} holds {self.unit_id}"


class Contact(TenantModel):
    """A number or address of a party. The value is encrypted; hashes serve search."""

    class Kind(models.TextChoices):
        MOBILE = "MOBILE"
        LANDLINE = "LANDLINE"
        EMAIL = "EMAIL"

    class State(models.TextChoices):
        GOOD = "GOOD"
        UNCHECKED = "UNCHECKED"
        VOID = "VOID"
        WRONG = "WRONG"

    party = models.ForeignKey(Party, related_name="contacts", **PINNED)
    kind = models.CharField(max_length=10, choices=Kind)
    value = models.BinaryField()
    value_hash = models.CharField(max_length=32)
    last4_hash = models.CharField(max_length=32, blank=True)
    masked = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=State, default=State.UNCHECKED)
    position = models.SmallIntegerField(default=1)
    agreed_for_service = models.BooleanField(default=False)
    verified_on = models.DateField(null=True)
    history = HistoricalRecords(app="owners")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "party", "value_hash"], name="contact_once_per_party"),
        ]
        indexes = [
            models.Index(fields=["tenant", "value_hash"], name="contact_by_value"),
            models.Index(fields=["tenant", "last4_hash"], name="contact_by_last_four"),
        ]

    def __str__(self) -> str:
        return self.masked


class LegacyIssue(TenantModel):
    """历史遗留问题: what the collector must know before the first word."""

    unit = models.ForeignKey(Unit, related_name="legacy_issues", **PINNED)
    text = models.CharField(max_length=300)
    source = models.CharField(max_length=40)
    recorded_on = models.DateField()
    closed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "unit", "text"], name="legacy_issue_once"),
        ]

    def __str__(self) -> str:
        return self.text
