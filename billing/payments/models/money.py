"""Payments, their allocations, receipts, cash points and credit. What was written is never edited."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Right

from billing.charges.models import Account, Charge
from owners.models import Community, Unit
from tenancy.kernel.models import PINNED, TenantModel
from tenancy.people.models import User


class CashPoint(TenantModel):
    """A desk that takes money; receipts are numbered per desk and year."""

    community = models.ForeignKey(Community, related_name="+", **PINNED)
    code = models.CharField(max_length=10)
    name = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "community", "code"], name="cash_point_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Payment(TenantModel):
    """Money that moved on a value date (paid_on), booked on a business day (posted_on). Append-only.

    What came in is positive; a reversal (冲正) takes a payment back with the same lines and the other sign,
    a refund (退款) pays credit out, a release takes money off charges and holds it as credit again.
    """

    class Kind(models.TextChoices):
        RECEIVED = "RECEIVED"
        REVERSAL = "REVERSAL"
        REFUND = "REFUND"
        RELEASE = "RELEASE"

    class Method(models.TextChoices):
        CASH = "CASH"
        POS = "POS"
        TRANSFER = "TRANSFER"
        WECHAT = "WECHAT"
        ALIPAY = "ALIPAY"
        DEBIT = "DEBIT"  # direct debit: the bank withholds on a mandate
        CREDIT = "CREDIT"  # the account's own credit used
        MIXED = "MIXED"  # several ways in one receipt: see Tender

    community = models.ForeignKey(Community, related_name="+", **PINNED)
    unit = models.ForeignKey(Unit, related_name="+", **PINNED)
    account = models.ForeignKey(Account, related_name="payments", **PINNED)
    cash_point = models.ForeignKey(CashPoint, null=True, related_name="+", **PINNED)
    session = models.ForeignKey("CashSession", null=True, related_name="payments", **PINNED)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.RECEIVED, db_default=Kind.RECEIVED)
    reverses = models.ForeignKey("self", null=True, related_name="+", **PINNED)
    method = models.CharField(max_length=10, choices=Method)
    amount_fen = models.BigIntegerField(help_text="Negative for what a reversal, refund or release moves")
    tendered_fen = models.BigIntegerField(null=True, help_text="All that was given: the change is the rest")
    paid_on = models.DateField()
    posted_on = models.DateField()
    reference = models.CharField(max_length=80, blank=True)
    payer_name = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=200, blank=True)
    idempotency_key = models.CharField(max_length=64)
    asked = models.JSONField(default=dict, help_text="What the caller asked for: a retry must ask the same")
    taken_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="RECEIVED", amount_fen__gt=0) | (~Q(kind="RECEIVED") & Q(amount_fen__lt=0)),
                name="payment_sign_is_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind="REVERSAL", reverses__isnull=False)
                | (~Q(kind="REVERSAL") & Q(reverses__isnull=True)),
                name="payment_reversal_names_its_payment",
            ),
            models.CheckConstraint(
                condition=~Q(kind="RELEASE") | Q(method="CREDIT"), name="payment_release_is_credit"
            ),
            models.UniqueConstraint(fields=["tenant", "reverses"], name="payment_reversed_once"),
            models.CheckConstraint(
                condition=Q(session=None) | Q(cash_point__isnull=False, method__in=["CASH", "MIXED"]),
                name="payment_session_is_for_cash",
            ),
            models.CheckConstraint(
                condition=Q(paid_on__lte=models.F("posted_on")), name="payment_value_date_not_after_posting"
            ),
            models.UniqueConstraint(fields=["tenant", "idempotency_key"], name="payment_taken_once"),
        ]
        indexes = [
            models.Index(fields=["tenant", "community", "posted_on"], name="payment_of_day"),
            models.Index(fields=["tenant", "-posted_on", "-id"], name="payment_newest_first"),
            models.Index(fields=["tenant", "amount_fen"], name="payment_by_amount"),
        ]

    def __str__(self) -> str:
        return f"payment {self.pk}"


class Allocation(TenantModel):
    """What of a payment paid what; credit has no charge. Append-only; a deferred trigger adds them up.

    Of the sign of its payment: a reversal's lines are those of its payment, negative.
    """

    class Part(models.TextChoices):
        LATE_FEE = "LATE_FEE"
        PRINCIPAL = "PRINCIPAL"
        CREDIT = "CREDIT"

    payment = models.ForeignKey(Payment, related_name="allocations", **PINNED)
    charge = models.ForeignKey(Charge, null=True, related_name="allocations", **PINNED)
    part = models.CharField(max_length=10, choices=Part)
    amount_fen = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(amount_fen=0), name="allocation_moves_something"),
            models.CheckConstraint(
                condition=Q(part="CREDIT", charge__isnull=True)
                | (~Q(part="CREDIT") & Q(charge__isnull=False)),
                name="allocation_credit_has_no_charge",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.amount_fen}"


class CreditEntry(TenantModel):
    """Movement of an account's credit: plus from a payment, minus when used. Append-only."""

    account = models.ForeignKey(Account, related_name="credit_entries", **PINNED)
    payment = models.ForeignKey(Payment, related_name="+", **PINNED)
    amount_fen = models.BigIntegerField()

    class Meta:
        verbose_name_plural = "credit entries"
        constraints = [
            models.CheckConstraint(condition=~Q(amount_fen=0), name="credit_entry_moves_something"),
        ]

    def __str__(self) -> str:
        return f"credit {self.amount_fen}"


class Receipt(TenantModel):
    """收据: gapless per cash point and year; a void keeps its number. prints counts the copies handed out."""

    cash_point = models.ForeignKey(CashPoint, related_name="+", **PINNED)
    payment = models.ForeignKey(Payment, related_name="receipts", **PINNED)
    number = models.CharField(max_length=60)
    issued_on = models.DateField()
    prints = models.SmallIntegerField(default=0)
    voided_on = models.DateField(null=True)
    void_reason = models.CharField(max_length=200, blank=True)
    voided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    exchanged_on = models.DateField(null=True, help_text="换票: invoiced since")
    invoice_numbers = models.CharField(max_length=200, blank=True, default="", db_default="")
    # What people read out: an equality on it is read by an index, behind row level security too.
    ending = models.GeneratedField(
        expression=Right("number", 4), output_field=models.CharField(max_length=4), db_persist=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="receipt_number_once"),
            models.CheckConstraint(
                condition=Q(exchanged_on__isnull=True, invoice_numbers="")
                | (Q(exchanged_on__isnull=False) & ~Q(invoice_numbers="")),
                name="receipt_exchanged_for_an_invoice",
            ),
            models.CheckConstraint(
                condition=Q(voided_on__isnull=True) | ~Q(void_reason=""), name="receipt_voided_for_a_reason"
            ),
            models.CheckConstraint(condition=Q(prints__gte=0), name="receipt_prints_not_negative"),
            models.UniqueConstraint(
                fields=["tenant", "payment"], condition=Q(voided_on__isnull=True), name="receipt_one_valid"
            ),
        ]
        indexes = [models.Index(fields=["tenant", "ending"], name="receipt_by_ending")]

    def __str__(self) -> str:
        return self.number
