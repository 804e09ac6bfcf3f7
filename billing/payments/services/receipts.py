"""Receipts: numbered without gaps, counted when handed out, voided with a reason and replaced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from billing.charges.services import lock_account
from billing.payments.documents import receipt as document
from billing.payments.models import CashPoint, Payment, Receipt
from billing.payments.queries.detail import ReceiptDetail, receipt_detail
from billing.payments.services.days import check_days_open
from owners import services as owners
from owners.queries import unit_header
from owners.rules.numbering import document_number
from tenancy.kernel import sql
from tenancy.kernel.crypto import fingerprint
from tenancy.kernel.errors import Conflict, Forbidden, Refused
from tenancy.kernel.models import Tenant
from tenancy.kernel.permissions import StaffMember
from tenancy.kernel.scope import current_tenant_id
from tenancy.people.services import audit

SERIES = "RECEIPT"


class AlreadyVoid(Conflict):
    """A void receipt stays void."""

    code = "payments.receipt_void"


class ReasonMissing(Refused):
    """A void needs a reason that an auditor understands."""

    code = "payments.reason_missing"


class OwnPayment(Forbidden):
    """Who took the money does not void its receipt (R000-D11)."""

    code = "payments.void_needs_another_person"


class PrintedReceipt(NamedTuple):
    """A copy of a receipt. copy 1 is the original, copy 2 the first reprint (补打1)."""

    number: str
    copy: int
    pdf: bytes


def issue(*, payments: Sequence[Payment], desk: CashPoint, on: date) -> list[Receipt]:
    """The next receipts of the desk's series for the year, in order and without a gap (L-R4)."""
    series = f"{SERIES}-{desk.code}"
    first = owners.take_numbers(
        community_id=desk.community_id, series=series, year=on.year, count=len(payments)
    )
    code = desk.community.code
    rows = [
        Receipt(
            cash_point=desk,
            payment=payment,
            number=document_number(series, code, on.year, first + n),
            issued_on=on,
        )
        for n, payment in enumerate(payments)
    ]
    columns = {
        "cash_point_id": desk.pk,
        "on": on,
        "payment_ids": [row.payment_id for row in rows],
        "numbers": [row.number for row in rows],
    }
    ids = dict(sql.rows("billing.payments", "insert_receipts", columns))
    for row in rows:
        row.pk = ids[row.number]
    return rows


@transaction.atomic
def void_receipt(*, receipt_id: int, reason: str, on: date, by: StaffMember) -> int:
    """Void a receipt and issue its replacement; returns the new receipt's id. The number stays taken.

    The payment stands: only the paper is replaced. Refused to the person who took the money.
    """
    found = receipt_detail(receipt_id)
    if not reason.strip():
        raise ReasonMissing(_("Say why the receipt is void."), field="reason")
    if found.payment.taken_by_id == by.user_id:
        raise OwnPayment(_("You took this payment yourself; somebody else must void its receipt."))
    lock_account(found.payment.account_id)
    check_days_open([found.payment.community_id], on=on)
    voided = Receipt.objects.filter(pk=receipt_id, voided_on=None).update(
        voided_on=on, void_reason=reason.strip(), voided_by_id=by.user_id
    )
    if voided == 0:
        raise AlreadyVoid(_("This receipt is void already."))
    old = Receipt.objects.select_related("payment", "cash_point__community").get(pk=receipt_id)
    (new,) = issue(payments=[old.payment], desk=old.cash_point, on=on)
    if old.exchanged_on is not None:  # what was invoiced stays invoiced, whatever paper says so
        exchanged = {"exchanged_on": old.exchanged_on, "invoice_numbers": old.invoice_numbers}
        Receipt.objects.filter(pk=new.pk).update(**exchanged)
    audit.record(
        "receipt.voided", kind="receipt", pk=receipt_id, number=old.number, reason=reason, by=new.number
    )
    return int(new.pk)


@transaction.atomic
def print_receipt(*, receipt_id: int, at: datetime) -> PrintedReceipt:
    """Hand out one more copy: counted first, then rendered, both or none."""
    receipt_detail(receipt_id)  # a receipt of another community is not there
    Receipt.objects.filter(pk=receipt_id).update(prints=F("prints") + 1)
    found = receipt_detail(receipt_id)
    audit.record("receipt.printed", kind="receipt", pk=receipt_id, copy=found.receipt.prints)
    return PrintedReceipt(found.receipt.number, found.receipt.prints, document.render_pdf(_data(found, at)))


@transaction.atomic
def fetch_receipt(*, receipt_id: int, at: datetime) -> PrintedReceipt:
    """A copy that the owner fetches himself: marked as such, and no print of the counter is spent on it."""
    found = receipt_detail(receipt_id)
    audit.record("receipt.fetched", kind="receipt", pk=receipt_id)
    data = replace(_data(found, at), is_fetched=True)
    return PrintedReceipt(found.receipt.number, found.receipt.prints, document.render_pdf(data))


def _data(found: ReceiptDetail, at: datetime) -> document.ReceiptData:
    receipt, payment = found.receipt, found.payment
    header = unit_header(payment.unit_id)
    return document.ReceiptData(
        company=Tenant.objects.get(pk=current_tenant_id()).name,
        community=header.community_name,
        number=receipt.number,
        issued_on=receipt.issued_on,
        taken_at=payment.created_at,
        printed_at=at,
        unit=payment.unit_code,
        payer=payment.payer_name,
        method=payment.method,
        reference=payment.reference,
        cash_point=payment.cash_point,
        cashier=payment.taken_by,
        amount_fen=payment.amount_fen,
        tendered_fen=payment.tendered_fen,
        change_fen=payment.change_fen,
        paid_on=payment.paid_on,
        lines=tuple(
            document.ReceiptLine(
                fee_item=line.fee_item,
                period=line.period.label if line.period else "",
                part=line.part,
                amount_fen=line.amount_fen,
            )
            for line in payment.lines
        ),
        copy=receipt.prints,
        voided_on=receipt.voided_on,
        void_reason=receipt.void_reason,
        exchanged_on=receipt.exchanged_on,
        invoice_numbers=receipt.invoice_numbers,
        check_code=check_code(receipt.number, payment.amount_fen),
        note=payment.note,
        tenders=tuple(document.ReceiptTender(**part._asdict()) for part in payment.tenders),
    )


def check_code(number: str, amount_fen: int) -> str:
    """Twelve characters that only this company's server can compute for a number and an amount."""
    text = f"receipt|{current_tenant_id()}|{number}|{amount_fen}"
    return fingerprint(text)[:12].upper()
