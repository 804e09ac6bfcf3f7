"""Hand requests over to the tax bureau in a batch, and take its answer in once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from billing.banking.models import Invoice, InvoiceBatch, InvoiceEvent, InvoicePart
from billing.banking.queries.invoice_orders import orders
from billing.banking.queries.invoices import to_send
from billing.banking.rules.channel import Malformed
from billing.banking.rules.invoice_file import NUMBER, Connector, Outcome, Result, check
from billing.banking.rules.statement import Error, Wrong
from billing.banking.services.import_statement import StatementBad
from billing.banking.services.invoices import end, mark_receipts, note
from owners import services as owners
from owners.queries import community_card
from owners.rules.numbering import document_number
from tenancy.kernel.errors import Conflict, NotFound
from tenancy.kernel.scope import current_user_id
from tenancy.people.services import audit, files

SERIES = "FPB"
State = Invoice.State


class NothingToSend(Conflict):
    """No request of the community waits."""

    code = "banking.nothing_to_send"


class BatchReturned(Conflict):
    """The batch has its answer already."""

    code = "banking.invoice_batch_returned"


class Answered(NamedTuple):
    """What came of a batch."""

    issued: int
    refused: int
    amount_fen: int


@transaction.atomic
def send_batch(*, community_id: int, connector: Connector, on: date, at: datetime) -> int:
    """Hand over all requests of a community that wait, but for those whose money was taken back.

    The requests are locked, so nothing is handed over twice; their 流水号 makes a second try harmless.
    """
    community = community_card(community_id)
    waiting = to_send(community.id)
    invoices = list(
        Invoice.objects.select_for_update().filter(pk__in=waiting, state=State.REQUESTED).order_by("pk")
    )
    asked = orders([invoice.pk for invoice in invoices])
    if not asked:
        raise NothingToSend(_("No request of this community waits to be sent."), field="community")
    first = owners.take_numbers(community_id=community.id, series=SERIES, year=on.year, count=1)
    number = document_number(SERIES, community.code, on.year, first)
    sent = connector.send(asked)
    batch = InvoiceBatch.objects.create(
        community_id=community.id, number=number, items=len(asked),
        amount_fen=sum(order.amount.gross_fen for order in asked),
        file=files.store(
            sent.content, name=f"{number}.{sent.suffix}", purpose="invoice_batch",
            accept=(files.XLSX, files.XML), community_id=community.id,
        ),
        made_by_id=current_user_id(), made_at=at,
    )  # fmt: skip
    ids = [order.invoice_id for order in asked]
    Invoice.objects.filter(pk__in=ids).update(state=State.SENT, batch=batch)
    for invoice_id in ids:
        note(invoice_id, InvoiceEvent.Kind.SENT, at=at, detail=number)
    audit.record(
        "invoice_batch.made", kind="invoice_batch", pk=batch.pk, rows=batch.items,
        amount_fen=batch.amount_fen,
    )  # fmt: skip
    return int(batch.pk)


@transaction.atomic
def read_results(
    *, invoice_batch_id: int, connector: Connector, content: bytes, name: str, on: date, at: datetime
) -> Answered:
    """Take the bureau's answer in, all of it or nothing, and once. Receipts of what was issued say 换票.

    Raises NotFound, BatchReturned, StatementBad (with row and column).
    """
    batch = InvoiceBatch.objects.select_for_update().filter(pk=invoice_batch_id).first()
    if batch is None:
        raise NotFound(_("There is no such batch of invoices."))
    if batch.state != InvoiceBatch.State.SENT:
        raise BatchReturned(_("This batch has its answer already. Nothing was changed."), field="file")
    invoices = {one.serial: one for one in Invoice.objects.select_for_update().filter(batch_id=batch.pk)}
    results = _results(connector, content, invoices, on)
    stored = files.store(
        content,
        name=name,
        purpose="invoice_result",
        accept=(files.XLSX, files.XML, files.CSV),
        community_id=batch.community_id,
    )
    issued = []
    for result in results:
        invoice = invoices[result.serial]
        if result.outcome == Outcome.ISSUED:
            _issue(invoice, result, at)
            issued.append(invoice.pk)
        else:
            end(invoice, State.REFUSED, result.reason, at=at)
    _free(issued)
    _mark(issued, on)
    batch.state, batch.result_file, batch.ended_at = InvoiceBatch.State.RETURNED, stored, at
    batch.save(update_fields=["state", "result_file", "ended_at"])
    done = Answered(len(issued), len(results) - len(issued), sum(r.gross_fen for r in results if r.number))
    audit.record(
        "invoice_batch.returned", kind="invoice_batch", pk=batch.pk, issued=done.issued,
        refused=done.refused, amount_fen=done.amount_fen,
    )  # fmt: skip
    return done


def _results(
    connector: Connector, content: bytes, invoices: dict[str, Invoice], on: date
) -> Sequence[Result]:
    try:
        results = connector.read(content)
        check({serial: one.gross_fen for serial, one in invoices.items()}, results, today=on)
    except Malformed as malformed:
        raise StatementBad([malformed.error]) from malformed
    said = {result.number: result.row for result in results if result.number}
    known = list(Invoice.objects.filter(number__in=said).values_list("number", flat=True))
    if known:
        raise StatementBad([Error(said[one], NUMBER, Wrong.INVOICE_TWICE, one) for one in known])
    return results


def _issue(invoice: Invoice, result: Result, at: datetime) -> None:
    invoice.state, invoice.number, invoice.issued_on = State.ISSUED, result.number, result.on
    invoice.save(update_fields=["state", "number", "issued_on"])
    note(invoice.pk, InvoiceEvent.Kind.ISSUED, at=at, detail=result.number)


def _free(issued: Sequence[int]) -> None:
    """Money that an issued red invoice took back stands on no invoice any more."""
    InvoicePart.objects.filter(red_id__in=issued).update(is_live=False)


def _mark(issued: Sequence[int], on: date) -> None:
    blue = InvoicePart.objects.filter(invoice_id__in=issued).values_list("payment_id", flat=True)
    red = InvoicePart.objects.filter(red_id__in=issued).values_list("payment_id", flat=True)
    mark_receipts(sorted({*blue, *red}), on=on)
