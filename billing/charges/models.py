"""Contracts, fee items, tariffs, accounts, runs, bills and charges."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from simple_history.models import HistoricalRecords

from owners.models import Community, Party, Unit
from tenancy.kernel.models import PINNED, TenantModel
from tenancy.kernel.secret import SecretText
from tenancy.people.models import Job, StoredFile, User


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
        ]

    def __str__(self) -> str:
        return self.name


class Tariff(TenantModel):
    """收费标准 of a fee item in a community; what it costs when stands in its versions."""

    class Basis(models.TextChoices):
        AREA = "AREA"
        FIXED = "FIXED"

    class Rounding(models.TextChoices):
        PER_MONTH = "PER_MONTH"
        PER_BILL = "PER_BILL"

    community = models.ForeignKey(Community, related_name="tariffs", **PINNED)
    fee_item = models.ForeignKey(FeeItem, related_name="tariffs", **PINNED)
    name = models.CharField(max_length=60)
    basis = models.CharField(max_length=6, choices=Basis)
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
    """The price from a day on. rate_micro: micro-yuan per m2 and month (AREA) or per month (FIXED)."""

    tariff = models.ForeignKey(Tariff, related_name="versions", **PINNED)
    from_on = models.DateField()
    rate_micro = models.BigIntegerField()
    surcharge_fen = models.BigIntegerField(default=0)
    approval_reference = models.CharField(max_length=120, blank=True)
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


class Account(TenantModel):
    """One unit (or bay) and one liable party. Everything that changes what it owes locks this row."""

    community = models.ForeignKey(Community, related_name="+", **PINNED)
    unit = models.ForeignKey(Unit, related_name="accounts", **PINNED)
    party = models.ForeignKey(Party, related_name="accounts", **PINNED)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "unit", "party"], name="account_once"),
        ]

    def __str__(self) -> str:
        return f"account {self.pk}"


class Run(TenantModel):
    """One issue of bills for a community and a period, with its totals."""

    community = models.ForeignKey(Community, related_name="+", **PINNED)
    period = DateRangeField()
    issued_on = models.DateField()
    bills = models.IntegerField(default=0)
    amount_fen = models.BigIntegerField(default=0)
    skipped = models.JSONField(default=dict)
    started_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["tenant", "-created_at"], name="run_newest_first")]

    def __str__(self) -> str:
        return f"run {self.pk}"


class Bill(TenantModel):
    """The document that groups charges issued together to one account. Its number is its notice's number."""

    class Kind(models.TextChoices):
        PERIODIC = "PERIODIC"
        OPENING = "OPENING"
        PREPAYMENT = "PREPAYMENT"

    community = models.ForeignKey(Community, related_name="+", **PINNED)
    account = models.ForeignKey(Account, related_name="bills", **PINNED)
    run = models.ForeignKey(Run, null=True, related_name="+", **PINNED)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PERIODIC)
    number = models.CharField(max_length=60)
    period = DateRangeField()
    issued_on = models.DateField()
    due_on = models.DateField()
    amount_fen = models.BigIntegerField()
    delivered_on = models.DateField(null=True)
    voided_on = models.DateField(null=True)
    void_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="bill_number_once"),
            models.CheckConstraint(condition=Q(amount_fen__gte=0), name="bill_amount_not_negative"),
        ]
        indexes = [
            models.Index(fields=["tenant", "community", "issued_on"], name="bill_of_round"),
            models.Index(fields=["tenant", "-issued_on", "-number"], name="bill_newest_first"),
        ]

    def __str__(self) -> str:
        return self.number


class Charge(TenantModel):
    """The receivable atom: account, fee item, subject, half-open period of a whole billing cycle.

    The issued amount never changes. Paid so far: settled_fen (principal), late_fee_paid_fen. The late fee as
    of a day is late_fee_settled (exact fen of closed segments) plus the running segment since late_fee_from.
    """

    class Kind(models.TextChoices):
        PERIODIC = "PERIODIC"
        OPENING = "OPENING"

    community = models.ForeignKey(Community, related_name="+", **PINNED)
    account = models.ForeignKey(Account, related_name="charges", **PINNED)
    unit = models.ForeignKey(Unit, related_name="+", **PINNED)
    fee_item = models.ForeignKey(FeeItem, related_name="+", **PINNED)
    bill = models.ForeignKey(Bill, null=True, related_name="charges", **PINNED)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PERIODIC)
    period = DateRangeField()
    issued_on = models.DateField()
    due_on = models.DateField()
    amount_fen = models.BigIntegerField()
    settled_fen = models.BigIntegerField(default=0)
    late_fee_rate = models.DecimalField(max_digits=10, decimal_places=8, default=0)
    late_fee_from = models.DateField()
    late_fee_settled = models.DecimalField(max_digits=24, decimal_places=8, default=0)
    late_fee_cap_fen = models.BigIntegerField()
    late_fee_paid_fen = models.BigIntegerField(default=0)
    reversed_on = models.DateField(null=True)
    snapshot = models.JSONField(default=dict)
    # The period's end as a plain day: a range cannot drive an index behind row level security.
    ends_on = models.GeneratedField(
        expression=Func(F("period"), function="upper"), output_field=models.DateField(), db_persist=True
    )

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="charge_once_per_subject_item_and_day",
                expressions=[
                    ("tenant_id", RangeOperators.EQUAL),
                    ("unit_id", RangeOperators.EQUAL),
                    ("fee_item_id", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=Q(reversed_on__isnull=True),
            ),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="charge_amount_positive"),
            models.CheckConstraint(
                condition=Q(settled_fen__gte=0, settled_fen__lte=F("amount_fen")),
                name="charge_never_settled_beyond_its_amount",
            ),
            models.CheckConstraint(
                condition=Q(late_fee_paid_fen__gte=0, late_fee_paid_fen__lte=F("late_fee_cap_fen")),
                name="charge_late_fee_paid_within_cap",
            ),
            models.CheckConstraint(condition=Q(late_fee_rate__gte=0), name="charge_rate_not_negative"),
            models.CheckConstraint(
                condition=Q(reversed_on__isnull=True) | Q(settled_fen=0, late_fee_paid_fen=0),
                name="charge_reversed_only_unpaid",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "account", "due_on"],
                condition=Q(reversed_on__isnull=True, settled_fen__lt=F("amount_fen")),
                name="charge_open",
            ),
            models.Index(
                fields=["tenant", "account"],
                condition=Q(
                    reversed_on__isnull=True,
                    settled_fen=F("amount_fen"),
                    late_fee_settled__gt=F("late_fee_paid_fen"),
                ),
                name="charge_open_late_fee",
            ),
            models.Index(fields=["tenant", "community", "ends_on"], name="charge_by_end"),
        ]

    def __str__(self) -> str:
        return f"charge {self.pk}"


class Movement(TenantModel):
    """What a charge was lowered by and on which value date; settle writes it, nothing changes it.
    So a back-dated payment is put in order, and a late fee explains itself segment by segment.
    """

    charge = models.ForeignKey(Charge, related_name="movements", **PINNED)
    on = models.DateField()
    principal_fen = models.BigIntegerField(default=0)
    late_fee_fen = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(principal_fen=0, late_fee_fen=0), name="movement_moves_something"
            ),
        ]

    def __str__(self) -> str:
        return f"movement of {self.charge_id} on {self.on}"


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
