"""What is let off: waivers with the request they were granted on, and days that bear no late fee."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from billing.charges.models.agreement import FeeItem
from billing.charges.models.debts import Account, Charge
from billing.charges.models.vacancy import Vacancy
from owners.models import Community
from tenancy.kernel.models import PINNED, TenantModel
from tenancy.people.models import Approval, User


class Waiver(TenantModel):
    """减免: asked for with a reason, decided by whom the sum needs, never by who asked (3.3).

    The decisions stand in approvals. An offer (offered_until) lets the late fee off only when the principal
    comes in by that day; until then none of it is asked for, afterwards all of it is owed again.
    """

    class Kind(models.TextChoices):
        LATE_FEE = "LATE_FEE"
        PRINCIPAL = "PRINCIPAL"
        WRITE_OFF = "WRITE_OFF"

    class State(models.TextChoices):
        ASKED = "ASKED"
        OFFERED = "OFFERED"
        GRANTED = "GRANTED"
        REJECTED = "REJECTED"
        WITHDRAWN = "WITHDRAWN"
        EXPIRED = "EXPIRED"

    account = models.ForeignKey(Account, related_name="waivers", **PINNED)
    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    amount_fen = models.BigIntegerField(help_text="As asked for")
    reason = models.CharField(max_length=200)
    offered_until = models.DateField(null=True)
    approval = models.ForeignKey(Approval, null=True, related_name="+", **PINNED)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    asked_on = models.DateField()
    closed_on = models.DateField(null=True)
    history = HistoricalRecords(app="charges")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="waiver_of_something"),
            models.CheckConstraint(condition=~Q(reason=""), name="waiver_for_a_reason"),
            models.CheckConstraint(
                condition=Q(offered_until__isnull=True) | Q(kind="LATE_FEE"),
                name="waiver_offer_is_of_late_fee",
            ),
            models.CheckConstraint(
                condition=Q(state="OFFERED", offered_until__isnull=False) | ~Q(state="OFFERED"),
                name="waiver_offer_has_a_last_day",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "account"], condition=Q(state="OFFERED"), name="waiver_offered"),
            models.Index(fields=["tenant", "-id"], name="waiver_newest_first"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount_fen}"


class WaiverLine(TenantModel):
    """What of a charge was asked to be let off. Append-only."""

    class Part(models.TextChoices):
        LATE_FEE = "LATE_FEE"
        PRINCIPAL = "PRINCIPAL"

    waiver = models.ForeignKey(Waiver, related_name="lines", **PINNED)
    charge = models.ForeignKey(Charge, related_name="+", **PINNED)
    part = models.CharField(max_length=10, choices=Part)
    amount_fen = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="waiver_line_of_something"),
            models.UniqueConstraint(fields=["tenant", "waiver", "charge", "part"], name="waiver_line_once"),
        ]

    def __str__(self) -> str:
        return f"{self.charge_id} {self.amount_fen}"


class DiscountOffer(TenantModel):
    """早鸟: a share of a year's fee is let off when all of it comes in on certain days (S5)."""

    community = models.ForeignKey(Community, related_name="+", **PINNED)
    fee_item = models.ForeignKey(FeeItem, related_name="+", **PINNED)
    year = models.SmallIntegerField()
    share = models.DecimalField(max_digits=5, decimal_places=4)
    held = DateRangeField(help_text="Value dates of the payment, half-open")
    needs_clear = models.BooleanField(default=True, help_text="Only for who owes nothing of earlier years")
    needs_good_standing = models.BooleanField(
        default=False, db_default=False, help_text="Only for who stands well (缴费口碑) on the day of payment"
    )
    basis = models.CharField(max_length=120)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    entered_on = models.DateField()
    stopped_on = models.DateField(null=True)
    history = HistoricalRecords(app="charges")

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="discount_offer_one_a_day",
                expressions=[
                    ("tenant_id", RangeOperators.EQUAL),
                    ("community_id", RangeOperators.EQUAL),
                    ("fee_item_id", RangeOperators.EQUAL),
                    ("year", RangeOperators.EQUAL),
                    ("held", RangeOperators.OVERLAPS),
                ],
                condition=Q(stopped_on__isnull=True),
            ),
            models.CheckConstraint(condition=Q(share__gt=0, share__lt=1), name="discount_offer_is_a_share"),
            models.CheckConstraint(condition=~Q(basis=""), name="discount_offer_names_its_basis"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.share}"


class Adjustment(TenantModel):
    """What was let off a charge on a day; taken back by an entry with the other sign. Append-only."""

    class Kind(models.TextChoices):
        DISCOUNT = "DISCOUNT"
        WAIVER = "WAIVER"
        WRITE_OFF = "WRITE_OFF"

    charge = models.ForeignKey(Charge, related_name="adjustments", **PINNED)
    waiver = models.ForeignKey(Waiver, null=True, related_name="adjustments", **PINNED)
    offer = models.ForeignKey(DiscountOffer, null=True, related_name="+", **PINNED)
    vacancy = models.ForeignKey(Vacancy, null=True, related_name="+", **PINNED)
    kind = models.CharField(max_length=10, choices=Kind)
    part = models.CharField(max_length=10, choices=WaiverLine.Part)
    amount_fen = models.BigIntegerField(help_text="Negative where it is taken back")
    on = models.DateField()
    reason = models.CharField(max_length=200)
    reverses = models.ForeignKey("self", null=True, related_name="+", **PINNED)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reverses__isnull=True, amount_fen__gt=0)
                | Q(reverses__isnull=False, amount_fen__lt=0),
                name="adjustment_sign_is_its_kind",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="adjustment_for_a_reason"),
            models.UniqueConstraint(fields=["tenant", "reverses"], name="adjustment_taken_back_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount_fen} of {self.charge_id}"


class LateFeePause(TenantModel):
    """Days of a charge without late fee, both inclusive: a deferral, a plan, a dispute (L-A, 6.1)."""

    charge = models.ForeignKey(Charge, related_name="pauses", **PINNED)
    first_on = models.DateField()
    last_on = models.DateField()
    reason = models.CharField(max_length=200)
    history = HistoricalRecords(app="charges")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="pause_has_days"),
            models.CheckConstraint(condition=~Q(reason=""), name="pause_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.charge_id} {self.first_on} {self.last_on}"
