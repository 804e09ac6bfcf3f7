"""Ask for an invoice of payments, withdraw what was not sent, keep the file of what was issued."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from billing.banking.models import Invoice, InvoiceEvent, InvoiceLine, InvoicePart
from billing.banking.queries.invoice_draft import Draft, draft
from billing.banking.queries.vat import seller
from billing.banking.rules.invoice import Buyer, is_tax_number
from billing.charges.services import lock_account
from billing.payments.queries import payment_detail
from billing.payments.services import mark_exchanged
from owners import services as owners
from owners.rules.numbering import document_number
from tenancy.kernel.errors import Conflict, NotFound, Refused
from tenancy.kernel.scope import current_user_id
from tenancy.people.services import audit, files

SERIES = "FP"
State = Invoice.State


class BadBuyer(Refused):
    """No invoice could be issued to such a buyer."""

    code = "banking.bad_buyer"


class NoSeller(Refused):
    """The company has not said under which name and number it invoices."""

    code = "banking.no_seller"


class InvoiceNotOpen(Conflict):
    """It was sent, issued, refused or withdrawn before."""

    code = "banking.invoice_not_open"


class ReasonMissing(Refused):
    """An auditor wants to read why."""

    code = "banking.reason_missing"


@transaction.atomic
def ask_invoice(
    *,
    payment_ids: Sequence[int],
    buyer_kind: Buyer,
    buyer_name: str,
    buyer_tax_number: str = "",
    buyer_email: str = "",
    remark: str = "",
    is_owner: bool = False,
    on: date,
    at: datetime,
) -> int:
    """Ask for an invoice of all of the payments' money that is income and stands on none; its id.

    `is_owner`: he asks himself, on his phone; the audit trail says so.
    Raises what `draft` raises, BadBuyer, NoSeller.
    """
    tax_number = buyer_tax_number.strip().upper()
    _check_buyer(buyer_kind, buyer_name, tax_number, buyer_email)
    for account_id in sorted({payment_detail(pk).account_id for pk in payment_ids}):
        lock_account(account_id)
    said = draft(payment_ids)
    sells = seller()
    if sells is None:
        raise NoSeller(_("Enter the company's name and taxpayer number in the VAT settings first."))
    invoice = Invoice.objects.create(
        community_id=said.community_id, account_id=said.account_id, seller_id=sells.seller_id,
        serial=next_serial(said.community_id, said.community_code, on),
        buyer_kind=buyer_kind.value, buyer_name=buyer_name.strip(), buyer_tax_number=tax_number,
        buyer_email=buyer_email, gross_fen=said.amount.gross_fen, net_fen=said.amount.net_fen,
        tax_fen=said.amount.tax_fen, remark=remark.strip() or f"{said.community_name} {said.unit_code}",
        requested_on=on, requested_by_id=current_user_id(), requested_at=at,
    )  # fmt: skip
    _write_lines(invoice, said)
    note(invoice.pk, InvoiceEvent.Kind.REQUESTED, at=at)
    audit.record(
        "invoice.asked_online" if is_owner else "invoice.requested", kind="invoice", pk=invoice.pk,
        number=invoice.serial, amount_fen=invoice.gross_fen,
    )  # fmt: skip
    return int(invoice.pk)


@transaction.atomic
def withdraw_invoice(*, invoice_id: int, reason: str, at: datetime) -> None:
    """A request that nobody has sent is taken back; its money can be invoiced again."""
    if not reason.strip():
        raise ReasonMissing(_("Say why."), field="reason")
    invoice = locked(invoice_id)
    if invoice.state != State.REQUESTED:
        raise InvoiceNotOpen(_("Only a request that was not sent can be withdrawn."))
    end(invoice, State.WITHDRAWN, reason.strip(), at=at)
    audit.record("invoice.withdrawn", kind="invoice", pk=invoice.pk, reason=reason.strip())


@transaction.atomic
def keep_invoice_file(*, invoice_id: int, content: bytes, name: str, at: datetime) -> None:
    """The invoice itself as the bureau gave it out (PDF, OFD or XML), once it is issued."""
    invoice = locked(invoice_id)
    if invoice.state != State.ISSUED:
        raise InvoiceNotOpen(_("The invoice has not been issued."), field="file")
    stored = files.store(
        content,
        name=name,
        purpose="invoice",
        accept=(files.PDF, files.ZIP, files.XML),
        community_id=invoice.community_id,
    )
    invoice.file = stored
    invoice.save(update_fields=["file"])
    note(invoice.pk, InvoiceEvent.Kind.FILE_KEPT, at=at, detail=stored.name)
    audit.record("invoice.file_kept", kind="invoice", pk=invoice.pk, name=stored.name)


def locked(invoice_id: int) -> Invoice:
    """The invoice for whoever changes it next; NotFound."""
    invoice: Invoice | None = Invoice.objects.select_for_update().filter(pk=invoice_id).first()
    if invoice is None:
        raise NotFound(_("There is no such invoice."))
    return invoice


def end(invoice: Invoice, state: Invoice.State, reason: str, *, at: datetime) -> None:
    """Refused or withdrawn: its money is free again; of a red one, stands on the blue one again."""
    invoice.state, invoice.reason = state, reason[:200]
    invoice.save(update_fields=["state", "reason"])
    InvoicePart.objects.filter(invoice_id=invoice.pk).update(is_live=False)
    InvoicePart.objects.filter(red_id=invoice.pk, is_live=True).update(red=None)
    note(invoice.pk, InvoiceEvent.Kind(state.value), at=at, detail=reason[:200])


def note(invoice_id: int, kind: InvoiceEvent.Kind, *, at: datetime, detail: str = "") -> None:
    """One more event."""
    InvoiceEvent.objects.create(
        invoice_id=invoice_id, kind=kind, detail=detail[:200], by_id=current_user_id(), at=at
    )


def next_serial(community_id: int, community_code: str, on: date) -> str:
    """The next 发票流水号 of a community's year."""
    first = owners.take_numbers(community_id=community_id, series=SERIES, year=on.year, count=1)
    return document_number(SERIES, community_code, on.year, first)


def mark_receipts(payment_ids: Sequence[int], *, on: date) -> None:
    """换票: every receipt of the payments names the invoices that its money stands on now."""
    numbers: dict[int, list[str]] = {pk: [] for pk in payment_ids}
    rows = InvoicePart.objects.filter(payment_id__in=payment_ids, is_live=True, invoice__state=State.ISSUED)
    for payment_id, number in rows.order_by("invoice_id").values_list("payment_id", "invoice__number"):
        if number not in numbers[payment_id]:
            numbers[payment_id].append(number)
    mark_exchanged(numbers, on=on)


def _check_buyer(kind: Buyer, name: str, tax_number: str, email: str) -> None:
    if not name.strip():
        raise BadBuyer(_("Say in whose name the invoice is made out."), field="buyer_name")
    if kind == Buyer.COMPANY and not tax_number:
        raise BadBuyer(_("A company's invoice needs its taxpayer number."), field="buyer_tax_number")
    if kind == Buyer.COMPANY and not is_tax_number(tax_number):
        text = _("This is no taxpayer number: 18 characters, or 15 or 20 of an older one.")
        raise BadBuyer(text, field="buyer_tax_number")
    if kind == Buyer.PERSON and len(tax_number) > 20:
        raise BadBuyer(_("This is too long."), field="buyer_tax_number")
    if email:
        try:
            validate_email(email)
        except ValidationError as error:
            raise BadBuyer(_("This is no e-mail address."), field="buyer_email") from error


def _write_lines(invoice: Invoice, said: Draft) -> None:
    rows = InvoiceLine.objects.bulk_create(
        InvoiceLine(
            invoice=invoice, seq=seq, fee_item_id=line.fee_item_id,
            period=DateRange(line.period.start, line.period.end), part=line.part, name=line.rate.name,
            tax_code=line.rate.tax_code, unit=line.rate.unit, percent=line.rate.percent,
            is_exempt=line.rate.is_exempt, gross_fen=line.gross_fen, net_fen=line.net_fen,
            tax_fen=line.tax_fen,
        )
        for seq, line in enumerate(said.lines, 1)
    )  # fmt: skip
    InvoicePart.objects.bulk_create(
        InvoicePart(
            invoice=invoice, line=row, allocation_id=pk, payment_id=said.payments[pk],
            amount_fen=said.amounts[pk],
        )
        for row, line in zip(rows, said.lines, strict=True)
        for pk in line.allocations
    )  # fmt: skip
