"""What is owed: accounts, runs, bills, charges and what lowered them."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from billing.charges.models.agreement import FeeItem
from owners.models import Community, Party, Unit
from tenancy.kernel.models import PINNED, TenantModel
from tenancy.people.models import User


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

    A COST is what it cost to pursue the account: due at once, settled before late fee and principal.

    The issued amount never changes. No longer owed: settled_fen (principal), of which waived_fen was never
    paid but let off; of the late fee late_fee_paid_fen and late_fee_waived_fen. The late fee as of a day is
    late_fee_settled (exact fen of closed segments) plus the running segment since late_fee_from.
    """

    class Kind(models.TextChoices):
        PERIODIC = "PERIODIC"
        OPENING = "OPENING"
        COST = "COST"

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
    waived_fen = models.BigIntegerField(default=0, db_default=0)
    late_fee_rate = models.DecimalField(max_digits=10, decimal_places=8, default=0)
    late_fee_from = models.DateField()
    late_fee_settled = models.DecimalField(max_digits=24, decimal_places=8, default=0)
    late_fee_cap_fen = models.BigIntegerField()
    late_fee_paid_fen = models.BigIntegerField(default=0)
    late_fee_waived_fen = models.BigIntegerField(default=0, db_default=0)
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
                condition=Q(reversed_on__isnull=True) & ~Q(kind="COST"),
            ),
            models.CheckConstraint(
                condition=~Q(kind="COST") | Q(late_fee_rate=0), name="charge_cost_without_late_fee"
            ),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="charge_amount_positive"),
            models.CheckConstraint(
                condition=Q(settled_fen__gte=0, settled_fen__lte=F("amount_fen")),
                name="charge_never_settled_beyond_its_amount",
            ),
            models.CheckConstraint(
                condition=Q(late_fee_paid_fen__gte=0, late_fee_waived_fen__gte=0)
                & Q(late_fee_paid_fen__lte=F("late_fee_cap_fen") - F("late_fee_waived_fen")),
                name="charge_late_fee_paid_within_cap",
            ),
            models.CheckConstraint(
                condition=Q(waived_fen__gte=0, waived_fen__lte=F("settled_fen")),
                name="charge_waived_is_part_of_settled",
            ),
            models.CheckConstraint(condition=Q(late_fee_rate__gte=0), name="charge_rate_not_negative"),
            models.CheckConstraint(
                condition=Q(reversed_on__isnull=True)
                | Q(settled_fen=0, late_fee_paid_fen=0, late_fee_waived_fen=0),
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
                    late_fee_settled__gt=F("late_fee_paid_fen") + F("late_fee_waived_fen"),
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
    is_waived = models.BooleanField(default=False, db_default=False, help_text="Let off, not paid")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(principal_fen=0, late_fee_fen=0), name="movement_moves_something"
            ),
        ]

    def __str__(self) -> str:
        return f"movement of {self.charge_id} on {self.on}"
