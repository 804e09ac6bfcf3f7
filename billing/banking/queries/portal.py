"""What an owner sees of the invoices of a payment of his, and whether he may ask for one."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from billing.banking.models import Invoice
from billing.banking.queries.invoice_draft import (
    AlreadyInvoiced,
    NothingToInvoice,
    NotInvoiceable,
    NoVatRate,
    draft,
)
from billing.banking.queries.invoices import invoice_ids, invoice_rows
from billing.banking.queries.vat import seller
from billing.payments.queries import payment_detail
from tenancy.kernel.errors import NotFound
from tenancy.people.services.files import PDF, StoredFile


class OwnerInvoices(NamedTuple):
    """The invoices made of a payment, the newest first; `amount_fen` is what another one would be of.

    `why`: the sentence why none can be asked for; empty where one can.
    """

    rows: tuple[dict[str, Any], ...]
    buyer_name: str
    amount_fen: int
    why: str


def invoices_of_payment(payment_id: int, *, account_ids: Collection[int]) -> OwnerInvoices:
    """Of a payment of one of these accounts; NotFound for anybody else's."""
    detail = payment_detail(payment_id)
    if detail.account_id not in account_ids:
        raise NotFound(_("There is no such payment."))
    rows = tuple(_rows(payment_id))
    if seller() is None:
        return OwnerInvoices(rows, detail.party_name, 0, _("Ask at the service centre for an invoice."))
    try:
        said = draft([payment_id])
    except NoVatRate:
        return OwnerInvoices(rows, detail.party_name, 0, _("Ask at the service centre for an invoice."))
    except (AlreadyInvoiced, NothingToInvoice, NotInvoiceable) as refused:
        return OwnerInvoices(rows, detail.party_name, 0, str(refused))
    return OwnerInvoices(rows, said.party_name, said.amount.gross_fen, "")


def _rows(payment_id: int) -> Iterator[dict[str, Any]]:
    """With the red ones that take them back."""
    blue = list(invoice_ids(payment_id=payment_id))
    red = Invoice.objects.filter(blue_id__in=blue).order_by("-pk").values_list("pk", flat=True)
    ids = [*red, *blue]
    pdfs = set(Invoice.objects.filter(pk__in=ids, file__content_type=PDF).values_list("pk", flat=True))
    for row in invoice_rows(ids):
        yield {**row._asdict(), "has_pdf": row.invoice_id in pdfs}


def pdf_of(invoice_id: int, *, account_ids: Collection[int]) -> StoredFile:
    """The issued invoice of one of these accounts as PDF; NotFound where there is none."""
    mine = Invoice.objects.filter(pk=invoice_id, account_id__in=list(account_ids), file__content_type=PDF)
    found = mine.select_related("file").first()
    if found is None or found.file is None:
        raise NotFound(_("There is no such invoice."))
    file: StoredFile = found.file
    return file
