"""Lists of payments with their totals: for the payments page, a unit, an owner, a day."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum

from billing.payments.models import CashPoint, Payment, Receipt, Tender, Tendered
from owners.queries import find_units
from owners.rules.numbering import read_ending, read_number

FOUND_UNITS: Final = 500
FOUND_RECEIPTS: Final = 9
_FEW: Final = 3


class CashPointRow(NamedTuple):
    """A desk that takes money."""

    cash_point_id: int
    community_id: int
    community_name: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class PaymentFilter:
    """What a list of payments is narrowed to; an empty filter is all of them. Days are both inclusive."""

    community_id: int | None = None
    unit_id: int | None = None
    account_id: int | None = None
    cash_point_id: int | None = None
    method: str = ""
    posted_from: date | None = None
    posted_to: date | None = None
    words: str = ""
    amount_fen: int | None = None


class PaymentRow(NamedTuple):
    """One payment in a list; receipt_number is that of its valid receipt."""

    payment_id: int
    unit_id: int
    unit_code: str
    community_name: str
    account_id: int
    party_name: str
    kind: str
    method: str
    amount_fen: int
    paid_on: date
    posted_on: date
    reference: str
    taken_by: str
    created_at: datetime
    receipt_id: int | None
    receipt_number: str

    @property
    def kind_word(self) -> str:
        """The key of what it is, where that is not money received."""
        return "" if self.kind == Payment.Kind.RECEIVED else f"payment.{self.kind}"


class ReceiptHit(NamedTuple):
    """A receipt that was asked for by its number."""

    payment_id: int
    number: str
    unit_code: str
    account_id: int
    party_name: str
    issued_on: date
    amount_fen: int
    is_void: bool


class MethodTotal(NamedTuple):
    """How many payments and how much by one method."""

    method: str
    payments: int
    amount_fen: int


class Sums(NamedTuple):
    """Totals of a list. Used credit is no new money: `payments` and `amount_fen` leave it out."""

    by_method: tuple[MethodTotal, ...]
    payments: int
    amount_fen: int


class DayTotal(NamedTuple):
    """What one business day brought by one method."""

    posted_on: date
    method: str
    payments: int
    amount_fen: int


def cash_points(*, community_id: int | None = None) -> list[CashPointRow]:
    """The desks a member may see, in order of community and code."""
    desks = CashPoint.objects.order_by("community__name", "code")
    if community_id is not None:
        desks = desks.filter(community_id=community_id)
    return [
        CashPointRow(*row)
        for row in desks.values_list("pk", "community_id", "community__name", "code", "name")
    ]


def payment_ids(where: PaymentFilter) -> QuerySet[Payment, Any]:
    """The ids of the payments of a filter, newest first: counting them must not join what a row shows."""
    return _filtered(where).order_by("-posted_on", "-pk").values_list("pk", flat=True)


def payment_rows(payment_ids: Sequence[int]) -> list[PaymentRow]:
    """A page of them."""
    return [_row(row) for row in _as_rows(Payment.objects.filter(pk__in=list(payment_ids)))]


def payments(where: PaymentFilter) -> QuerySet[Payment, Any]:
    """The payments of a filter, newest first, as rows with the fields of PaymentRow; lazy, to be paged."""
    return _as_rows(_filtered(where))


def _as_rows(found: QuerySet[Payment, Any]) -> QuerySet[Payment, Any]:
    receipt = Receipt.objects.filter(payment_id=OuterRef("pk"), voided_on=None)
    rows = found.annotate(
        payment_id=F("pk"),
        unit_code=F("unit__code"),
        community_name=F("community__name"),
        party_name=F("account__party__name"),
        taken_name=F("taken_by__name"),
        receipt_id=Subquery(receipt.values("pk")[:1]),
        receipt_number=Subquery(receipt.values("number")[:1]),
    ).order_by("-posted_on", "-pk")
    return rows.values_list(*_COLUMNS, named=True)


_COLUMNS = (
    "payment_id", "unit_id", "unit_code", "community_name", "account_id", "party_name", "kind", "method",
    "amount_fen", "paid_on", "posted_on", "reference", "taken_name", "created_at", "receipt_id",
    "receipt_number",
)  # fmt: skip


def totals(where: PaymentFilter) -> list[MethodTotal]:
    """The same payments added up by method; a mixed one counts once with each of its parts."""
    rows = Tendered.objects.filter(pk__in=_filtered(where).values("pk"))
    found = rows.values_list("method").annotate(count=Count("pk"), fen=Sum("amount_fen"))
    return [MethodTotal(*row) for row in found.order_by("method")]


def sums(where: PaymentFilter) -> Sums:
    """The same payments by method and in all."""
    money = _filtered(where).exclude(method=Payment.Method.CREDIT)
    found = money.aggregate(count=Count("pk"), fen=Sum("amount_fen", default=0))
    return Sums(tuple(totals(where)), found["count"], found["fen"])


def day_totals(*, from_on: date, to_on: date, community_id: int | None = None) -> list[DayTotal]:
    """Per business day and method, newest day first."""
    found = Tendered.objects.filter(posted_on__range=(from_on, to_on))
    if community_id is not None:
        found = found.filter(community_id=community_id)
    rows = found.values_list("posted_on", "method").annotate(count=Count("pk"), fen=Sum("amount_fen"))
    return [DayTotal(*row) for row in rows.order_by("-posted_on", "method")]


def payments_of_unit(unit_id: int, *, limit: int = 50) -> list[PaymentRow]:
    """The latest payments of a unit, of whichever account."""
    return [_row(row) for row in payments(PaymentFilter(unit_id=unit_id))[:limit]]


def payments_of_accounts(account_ids: Collection[int], *, limit: int = 200) -> list[PaymentRow]:
    """The latest payments of some accounts: what an owner may see of himself."""
    rows = payments(PaymentFilter()).filter(account_id__in=account_ids)
    return [_row(row) for row in rows[:limit]]


def exchanged(payment_ids: Collection[int]) -> dict[int, str]:
    """The numbers of the invoices that a payment's valid receipt was exchanged for (换票); those alone."""
    found = Receipt.objects.filter(payment_id__in=payment_ids, voided_on=None).exclude(invoice_numbers="")
    return dict(found.values_list("payment_id", "invoice_numbers"))


def transfers_with(reference: str) -> list[PaymentRow]:
    """The transfers booked under a bank's number, the newest first: one may pay for two accounts."""
    if not reference:
        return []
    same = Tendered.objects.filter(
        method=Payment.Method.TRANSFER, reference=reference, kind=Payment.Kind.RECEIVED
    )
    rows = payments(PaymentFilter()).filter(pk__in=list(same.values_list("pk", flat=True)))
    return [_row(row) for row in rows[:_FEW]]


def _row(row: Any) -> PaymentRow:
    return PaymentRow(*row)._replace(taken_by=row.taken_name or "", receipt_number=row.receipt_number or "")


def _filtered(where: PaymentFilter) -> QuerySet[Payment]:
    exact = {
        name: value
        for name, value in {
            "community_id": where.community_id,
            "unit_id": where.unit_id,
            "account_id": where.account_id,
            "cash_point_id": where.cash_point_id,
            "posted_on__gte": where.posted_from,
            "posted_on__lte": where.posted_to,
            "amount_fen": where.amount_fen,
        }.items()
        if value is not None
    }
    found = Payment.objects.filter(**exact)
    if where.method:
        part = Tender.objects.filter(payment_id=OuterRef("pk"), method=where.method)
        found = found.filter(Q(method=where.method) | Q(method=Payment.Method.MIXED) & Exists(part))
    return found.filter(_says(where.words.strip())) if where.words.strip() else found


def _says(words: str) -> Q:
    receipts = Receipt.objects.filter(number__in={words, read_number(words) or ""})
    units = [hit.unit_id for hit in find_units(words, FOUND_UNITS)]
    of_receipts = list(receipts.values_list("payment_id", flat=True))
    of_receipts += [hit.payment_id for hit in receipts_ending(words)]
    of_parts = list(Tender.objects.filter(reference=words).values_list("payment_id", flat=True))
    mine = Q(unit_id__in=units) | Q(account__party__name=words) | Q(reference=words)
    return mine | Q(pk__in=of_receipts + of_parts)


def receipts_by_number(numbers: Collection[str]) -> list[ReceiptHit]:
    """The receipts of these numbers, void ones too."""
    found = Receipt.objects.filter(number__in=[number for number in numbers if number]).order_by("number")
    return _hits(found)


def receipts_ending(words: str) -> list[ReceiptHit]:
    """The newest receipts whose number ends with the digits typed; for other words none."""
    ending = read_ending(words)
    if ending is None:
        return []
    found = Receipt.objects.filter(ending=ending[-4:], number__endswith=ending)
    return _hits(found.order_by("-issued_on", "-pk")[:FOUND_RECEIPTS])


def _hits(found: QuerySet[Receipt]) -> list[ReceiptHit]:
    return [
        ReceiptHit(
            receipt.payment_id,
            receipt.number,
            receipt.payment.unit.code,
            receipt.payment.account_id,
            receipt.payment.account.party.name,
            receipt.issued_on,
            receipt.payment.amount_fen,
            receipt.voided_on is not None,
        )
        for receipt in found.select_related("payment__unit", "payment__account__party")
    ]
