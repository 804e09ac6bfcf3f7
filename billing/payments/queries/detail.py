"""One payment with where it went, one receipt with all it prints."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from billing.payments.models import Allocation, Payment, Receipt
from billing.payments.queries.reversals import Reversed, is_kept, reversal_asked, reversed_of
from tenancy.kernel.errors import NotFound
from values.period import Period


class AllocationRow(NamedTuple):
    """Which part of which charge got how much; credit has no charge."""

    part: str
    amount_fen: int
    charge_id: int | None
    fee_item: str
    period: Period | None
    due_on: date | None
    bill_number: str


class TenderRow(NamedTuple):
    """One way in which a payment was paid."""

    method: str
    amount_fen: int
    reference: str


class ReceiptRow(NamedTuple):
    """A receipt of a payment, valid or void. prints: copies handed out so far."""

    receipt_id: int
    number: str
    issued_on: date
    prints: int
    voided_on: date | None
    void_reason: str
    voided_by: str
    exchanged_on: date | None = None
    invoice_numbers: str = ""

    @property
    def reprints(self) -> int:
        """Copies after the original (补打)."""
        return max(self.prints - 1, 0)


@dataclass(frozen=True, slots=True)
class PaymentDetail:
    """A payment as its page and the API show it."""

    payment_id: int
    community_id: int
    community_code: str
    community_name: str
    unit_id: int
    unit_code: str
    account_id: int
    party_name: str
    kind: str
    reverses_id: int | None
    reversed: Reversed | None
    is_reversal_asked: bool
    method: str
    amount_fen: int
    tendered_fen: int | None
    paid_on: date
    posted_on: date
    created_at: datetime
    cash_point_id: int | None
    cash_point: str
    reference: str
    payer_name: str
    note: str
    taken_by: str
    taken_by_id: int | None
    lines: tuple[AllocationRow, ...]
    receipts: tuple[ReceiptRow, ...]
    tenders: tuple[TenderRow, ...] = ()
    is_kept: bool = False

    @property
    def is_received(self) -> bool:
        """Whether money came in with it; else it takes some back."""
        return self.kind == Payment.Kind.RECEIVED

    @property
    def kind_word(self) -> str:
        """The key of what it is, among the words."""
        return f"payment.{self.kind}"

    @property
    def can_reverse(self) -> bool:
        """Whether somebody may ask that it be taken back."""
        stands = self.is_received and not self.is_kept
        return stands and self.reversed is None and not self.is_reversal_asked

    @property
    def change_fen(self) -> int:
        """What was handed back over the counter."""
        return 0 if self.tendered_fen is None else self.tendered_fen - self.amount_fen

    @property
    def credit_fen(self) -> int:
        """What no issued charge could take."""
        return sum(line.amount_fen for line in self.lines if line.part == Allocation.Part.CREDIT)

    @property
    def receipt(self) -> ReceiptRow | None:
        """The valid receipt."""
        return next((receipt for receipt in self.receipts if receipt.voided_on is None), None)


@dataclass(frozen=True, slots=True)
class ReceiptDetail:
    """A receipt and the payment it is for."""

    receipt: ReceiptRow
    payment: PaymentDetail


def payment_detail(payment_id: int) -> PaymentDetail:
    """One payment; NotFound when there is none or it belongs to another community."""
    joined = ("community", "unit", "account__party", "cash_point", "taken_by")
    payment = Payment.objects.filter(pk=payment_id).select_related(*joined).first()
    if payment is None:
        raise NotFound(_("There is no such payment."))
    return _detail(payment)


def receipt_detail(receipt_id: int) -> ReceiptDetail:
    """One receipt with its payment; NotFound as above."""
    payment_id = Receipt.objects.filter(pk=receipt_id).values_list("payment_id", flat=True).first()
    if payment_id is None:
        raise NotFound(_("There is no such receipt."))
    payment = payment_detail(payment_id)
    return ReceiptDetail(next(r for r in payment.receipts if r.receipt_id == receipt_id), payment)


def _detail(payment: Payment) -> PaymentDetail:
    return PaymentDetail(
        payment_id=payment.pk,
        community_id=payment.community_id,
        community_code=payment.community.code,
        community_name=payment.community.name,
        unit_id=payment.unit_id,
        unit_code=payment.unit.code,
        account_id=payment.account_id,
        party_name=payment.account.party.name,
        kind=payment.kind,
        reverses_id=payment.reverses_id,
        reversed=reversed_of([payment.pk]).get(payment.pk),
        is_reversal_asked=reversal_asked(payment.pk),
        method=payment.method,
        amount_fen=payment.amount_fen,
        tendered_fen=payment.tendered_fen,
        paid_on=payment.paid_on,
        posted_on=payment.posted_on,
        created_at=payment.created_at,
        cash_point_id=payment.cash_point_id,
        cash_point=payment.cash_point.name if payment.cash_point else "",
        reference=payment.reference,
        payer_name=payment.payer_name or payment.account.party.name,
        note=payment.note,
        taken_by=payment.taken_by.name if payment.taken_by else "",
        taken_by_id=payment.taken_by_id,
        lines=_lines(payment.pk),
        receipts=_receipts(payment.pk),
        tenders=_tenders(payment),
        is_kept=is_kept(payment.method, payment.idempotency_key),
    )


def _lines(payment_id: int) -> tuple[AllocationRow, ...]:
    # In the order they were written: the order of the allocation.
    rows = Allocation.objects.filter(payment_id=payment_id).order_by("pk")
    return tuple(
        AllocationRow(part, fen, charge_id, item or "", _period(held), due_on, number or "")
        for part, fen, charge_id, item, held, due_on, number in rows.values_list(
            "part", "amount_fen", "charge_id", "charge__fee_item__name", "charge__period", "charge__due_on",
            "charge__bill__number",
        )
    )  # fmt: skip


def _tenders(payment: Payment) -> tuple[TenderRow, ...]:
    if payment.method != Payment.Method.MIXED:
        return ()
    rows = payment.tenders.order_by("pk").values_list("method", "amount_fen", "reference")
    return tuple(TenderRow(*row) for row in rows)


def _receipts(payment_id: int) -> tuple[ReceiptRow, ...]:
    rows = Receipt.objects.filter(payment_id=payment_id).order_by("pk")
    columns = (
        "pk", "number", "issued_on", "prints", "voided_on", "void_reason", "voided_by__name",
        "exchanged_on", "invoice_numbers",
    )  # fmt: skip
    return tuple(
        ReceiptRow(pk, number, issued_on, prints, voided_on, reason, who or "", *invoiced)
        for pk, number, issued_on, prints, voided_on, reason, who, *invoiced in rows.values_list(*columns)
    )


def _period(held: Any) -> Period | None:
    return None if held is None else Period(held.lower, held.upper)
