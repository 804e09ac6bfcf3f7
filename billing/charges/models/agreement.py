"""What was agreed: contracts, fee items, tariffs and their versions, who pays which tariff."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from owners.models import Community, Unit
from tenancy.kernel.models import PINNED, TenantModel
from tenancy.kernel.secret import SecretText


class Contract(TenantModel):
    """The service contract of a community: the basis of every debt, and of a late fee if it has a clause."""

    class Kind(models.TextChoices):
        PRELIMINARY = "PRELIMINARY"
        ORDINARY = "ORDINARY"

    community = models.ForeignKey(Community, related_name="contracts", **PINNED)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.PRELIMINARY)
    name = models.CharField(max_length=120)
    number = models.CharField(max_length=60, blank=True)
    held = DateRangeField()
    late_fee_rate = models.DecimalField(max_digits=10, decimal_places=8, null=True)
    late_fee_clause = models.TextField(blank=True)
    late_fee_cap_ratio = models.DecimalField(max_digits=5, decimal_places=2, default=1)
    late_fee_grace_days = models.SmallIntegerField(default=0)
    principal_first = models.BooleanField(default=False)
    issue_day = models.SmallIntegerField(default=5)
    due_day = models.SmallIntegerField(null=True, help_text="NULL: the last day of the period's first month")
    payee_name = models.CharField(max_length=120)
    payee_bank = models.CharField(max_length=120)
    payee_account = SecretText()
    history = HistoricalRecords(app="charges")

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="contract_one_per_community_and_day",
                expressions=[
                    ("tenant_id", RangeOperators.EQUAL),
                    ("community_id", RangeOperators.EQUAL),
                    ("held", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(late_fee_rate__isnull=True) | (Q(late_fee_rate__gt=0) & ~Q(late_fee_clause="")),
                name="contract_late_fee_needs_a_clause",
            ),
            models.CheckConstraint(
                condition=Q(issue_day__gte=1, issue_day__lte=28), name="contract_issue_day_exists"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FeeItem(TenantModel):
    """收费项目."""

    class Revenue(models.TextChoices):
        OWN_INCOME = "own_income"
        COMMON_INCOME = "common_income"
        PASS_THROUGH = "pass_through"  # noqa: S105 - money passed through, no secret
        DEPOSIT = "deposit"
        COST = "cost"

    code = models.CharField(max_length=20)
    name = models.CharField(max_length=40)
    revenue = models.CharField(max_length=16, choices=Revenue, default=Revenue.OWN_INCOME)
    bears_late_fee = models.BooleanField(default=True)
    in_arrears = models.BooleanField(default=False, help_text="Billed after the period instead of before")
    history = HistoricalRecords(app="charges")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "code"], name="fee_item_code_once"),
            models.UniqueConstraint(fields=["tenant", "name"], name="fee_item_name_once"),
            models.CheckConstraint(
                condition=~Q(revenue="pass_through") | Q(bears_late_fee=False),
                name="fee_item_pass_through_without_late_fee",
            ),
            models.CheckConstraint(
                condition=~Q(revenue="cost") | Q(bears_late_fee=False), name="fee_item_cost_without_late_fee"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Tariff(TenantModel):
    """收费标准 of a fee item in a community; what it costs when stands in its versions."""

    class Basis(models.TextChoices):
        AREA = "AREA"
        FIXED = "FIXED"
        METERED = "METERED"

    class Rounding(models.TextChoices):
        PER_MONTH = "PER_MONTH"
        PER_BILL = "PER_BILL"

    community = models.ForeignKey(Community, related_name="tariffs", **PINNED)
    fee_item = models.ForeignKey(FeeItem, related_name="tariffs", **PINNED)
    name = models.CharField(max_length=60)
    basis = models.CharField(max_length=8, choices=Basis)
    measure = models.CharField(max_length=8, blank=True, help_text="What a meter counts: m³, kWh")
    rounding = models.CharField(max_length=10, choices=Rounding, default=Rounding.PER_MONTH)
    cycle_months = models.SmallIntegerField(default=1)
    history = HistoricalRecords(app="charges")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "community", "name"], name="tariff_name_once"),
            models.CheckConstraint(condition=Q(cycle_months__in=[1, 2, 3, 6, 12]), name="tariff_cycle_known"),
        ]

    def __str__(self) -> str:
        return self.name


class TariffVersion(TenantModel):
    """The price from a day on. rate_micro: micro-yuan per m2 and month (AREA), per month (FIXED) or per unit
    used (METERED). `steps` {}: a flat price, else rules.metered.steps_json.
    """

    tariff = models.ForeignKey(Tariff, related_name="versions", **PINNED)
    from_on = models.DateField()
    rate_micro = models.BigIntegerField()
    surcharge_fen = models.BigIntegerField(default=0)
    approval_reference = models.CharField(max_length=120, blank=True)
    steps = models.JSONField(default=dict)
    history = HistoricalRecords(app="charges")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "tariff", "from_on"], name="tariff_version_a_day"),
            models.CheckConstraint(condition=Q(rate_micro__gte=0), name="tariff_rate_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.tariff_id} from {self.from_on}"


class Subscription(TenantModel):
    """Which tariff a unit pays, from when to when (half-open)."""

    unit = models.ForeignKey(Unit, related_name="subscriptions", **PINNED)
    tariff = models.ForeignKey(Tariff, related_name="subscriptions", **PINNED)
    fee_item = models.ForeignKey(FeeItem, related_name="+", **PINNED)
    held = DateRangeField()
    history = HistoricalRecords(app="charges")

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="subscription_one_tariff_per_item_and_day",
                expressions=[
                    ("tenant_id", RangeOperators.EQUAL),
                    ("unit_id", RangeOperators.EQUAL),
                    ("fee_item_id", RangeOperators.EQUAL),
                    ("held", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} pays {self.tariff_id}"
