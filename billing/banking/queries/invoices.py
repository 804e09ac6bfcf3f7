"""Invoices, their lines and events, batches, and which invoices must be corrected."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext as _

from billing.banking.models import Invoice, InvoiceBatch, InvoiceEvent, InvoiceLine, InvoicePart
from tenancy.kernel import sql
from tenancy.kernel.errors import NotFound
from values.capitals import capitals
from values.period import Period

_TONES: Final = {"REQUESTED": "warn", "SENT": "info", "ISSUED": "good", "REFUSED": "late"}


class InvoiceRow(NamedTuple):
    """An invoice as a list shows it."""

    invoice_id: int
    serial: str
    kind: str
    state: str
    number: str
    issued_on: date | None
    community_id: int
    community_name: str
    unit_id: int
    unit_code: str
    party_name: str
    account_id: int
    buyer_kind: str
    buyer_name: str
    buyer_tax_number: str
    buyer_email: str
    gross_fen: int
    net_fen: int
    tax_fen: int
    remark: str
    red_reason: str
    confirmation_no: str
    reason: str
    blue_id: int | None
    batch_id: int | None
    file_id: int | None
    seller_name: str
    seller_tax_number: str
    issuer: str
    requested_on: date
    requested_at: datetime
    requested_by: str

    @property
    def tone(self) -> str:
        """How loud its state is."""
        return _TONES.get(self.state, "quiet")

    @property
    def in_capitals(self) -> str:
        """价税合计（大写）."""
        return capitals(self.gross_fen)


_INVOICE: Final = (
    "pk", "serial", "kind", "state", "number", "issued_on", "community_id", "community__name",
    "account__unit_id", "account__unit__code", "account__party__name", "account_id", "buyer_kind",
    "buyer_name", "buyer_tax_number", "buyer_email", "gross_fen", "net_fen", "tax_fen", "remark",
    "red_reason", "confirmation_no", "reason", "blue_id", "batch_id", "file_id", "seller__name",
    "seller__tax_number", "seller__issuer", "requested_on", "requested_at", "requested_by__name",
)  # fmt: skip


class LineRow(NamedTuple):
    """A line as it is printed."""

    line_id: int
    seq: int
    name: str
    tax_code: str
    unit: str
    percent: int
    is_exempt: bool
    part: str
    period: Period
    gross_fen: int
    net_fen: int
    tax_fen: int

    @property
    def rate(self) -> str:
        """As it is printed."""
        return "免税" if self.is_exempt else f"{self.percent}%"


class EventRow(NamedTuple):
    """What happened."""

    kind: str
    detail: str
    by: str
    at: datetime


class PaidRow(NamedTuple):
    """A payment on an invoice; live money can be taken back by a red one."""

    payment_id: int
    paid_on: date
    amount_fen: int
    live_fen: int


class InvoiceBatchRow(NamedTuple):
    """Requests that went out together."""

    batch_id: int
    number: str
    community_name: str
    state: str
    items: int
    amount_fen: int
    file_id: int
    result_file_id: int | None
    made_by: str
    made_at: datetime
    ended_at: datetime | None

    @property
    def tone(self) -> str:
        """How loud its state is."""
        return "info" if self.state == "SENT" else "good"


_BATCH: Final = (
    "pk", "number", "community__name", "state", "items", "amount_fen", "file_id", "result_file_id",
    "made_by__name", "made_at", "ended_at",
)  # fmt: skip


def invoice_ids(
    *, words: str = "", state: str = "", due: bool = False, payment_id: int | None = None
) -> QuerySet[Invoice, Any]:
    """The newest first."""
    named = (
        Q(account__unit__code=words.upper())
        | Q(number=words)
        | Q(serial=words)
        | Q(buyer_name__icontains=words)
    )
    found = Invoice.objects.filter(named if words else Q()).filter(Q(state=state) if state else Q())
    if due:
        found = found.filter(pk__in=corrections_due())
    if payment_id is not None:
        found = found.filter(pk__in=InvoicePart.objects.filter(payment_id=payment_id).values("invoice_id"))
    return found.order_by("-requested_at", "-pk").values_list("pk", flat=True)


def invoice_rows(ids: Collection[int]) -> list[InvoiceRow]:
    """Invoices in the order of their ids."""
    rows = Invoice.objects.filter(pk__in=list(ids)).values_list(*_INVOICE)
    by_id = {row[0]: InvoiceRow._make((*row[:-1], row[-1] or "")) for row in rows}
    return [by_id[pk] for pk in ids if pk in by_id]


def invoice_row(invoice_id: int) -> InvoiceRow:
    """One; NotFound where it is not (or not yours)."""
    found = invoice_rows([invoice_id])
    if not found:
        raise NotFound(_("There is no such invoice."))
    return found[0]


def corrections_due(invoice_id: int | None = None) -> list[int]:
    """Invoices for money that is no longer there: each asks for a red one. Of all, or this one only."""
    return [int(row[0]) for row in sql.rows("billing.banking", "corrections_due", {"invoice_id": invoice_id})]


def lines_of_invoice(invoice_id: int) -> list[LineRow]:
    """Its lines in their order."""
    rows = InvoiceLine.objects.filter(invoice_id=invoice_id).order_by("seq").values_list(
        "pk", "seq", "name", "tax_code", "unit", "percent", "is_exempt", "part", "period", "gross_fen",
        "net_fen", "tax_fen",
    )  # fmt: skip
    return [LineRow._make((*row[:8], Period(row[8].lower, row[8].upper), *row[9:])) for row in rows]


def events_of(invoice_id: int) -> list[EventRow]:
    """What happened, in order."""
    rows = InvoiceEvent.objects.filter(invoice_id=invoice_id).order_by("pk")
    return [
        EventRow._make((*row[:2], row[2] or "", row[3]))
        for row in rows.values_list("kind", "detail", "by__name", "at")
    ]


def payments_on(invoice_id: int) -> list[PaidRow]:
    """The payments whose money it is made of; of a red one, those that it takes back."""
    parts = InvoicePart.objects.filter(Q(invoice_id=invoice_id) | Q(red_id=invoice_id))
    rows = parts.order_by("payment_id").values_list("payment_id", "payment__paid_on")
    live = Sum("amount_fen", filter=Q(is_live=True, red=None), default=0)
    return [PaidRow(*row) for row in rows.annotate(all=Sum("amount_fen"), live=live)]


def reds_of(invoice_id: int) -> list[InvoiceRow]:
    """The red invoices of a blue one."""
    return invoice_rows(
        list(Invoice.objects.filter(blue_id=invoice_id).order_by("pk").values_list("pk", flat=True))
    )


def to_send(community_id: int) -> list[int]:
    """Requests of a community that wait to be handed over, the oldest first."""
    found = Invoice.objects.filter(community_id=community_id, state=Invoice.State.REQUESTED)
    return list(found.order_by("pk").values_list("pk", flat=True))


def batch_ids() -> QuerySet[InvoiceBatch, Any]:
    """The newest first."""
    return InvoiceBatch.objects.order_by("-made_at", "-pk").values_list("pk", flat=True)


def batch_rows(ids: Collection[int]) -> list[InvoiceBatchRow]:
    """Batches in the order of their ids."""
    rows = InvoiceBatch.objects.filter(pk__in=list(ids)).values_list(*_BATCH)
    by_id = {row[0]: InvoiceBatchRow._make((*row[:8], row[8] or "", *row[9:])) for row in rows}
    return [by_id[pk] for pk in ids if pk in by_id]


def batch_row(invoice_batch_id: int) -> InvoiceBatchRow:
    """One; NotFound where it is not (or not yours)."""
    found = batch_rows([invoice_batch_id])
    if not found:
        raise NotFound(_("There is no such batch of invoices."))
    return found[0]


def in_batch(invoice_batch_id: int) -> QuerySet[Invoice, Any]:
    """Its invoices in their order."""
    return Invoice.objects.filter(batch_id=invoice_batch_id).order_by("pk").values_list("pk", flat=True)
