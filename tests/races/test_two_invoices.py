"""Two people at the same money's invoice: asked for once, handed over once, answered once."""

from __future__ import annotations

import pytest

from billing.banking.models import Invoice, InvoiceBatch
from billing.banking.queries.invoice_draft import AlreadyInvoiced
from billing.banking.services.invoice_batches import BatchReturned, NothingToSend
from tests.invoices import BLUE, answered, ask, ready_to_invoice, results, send
from tests.money import PAID_ON, owe, pay
from tests.races.test_two_bankers import twice


@pytest.fixture
def company(committed, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    with committed.jinxiu.open("finance"):
        ready_to_invoice(committed.jinxiu)
        owe(committed.jinxiu, 252_024, PAID_ON)
    return committed.jinxiu


def paid(company) -> int:
    with company.open("finance"):
        return pay(company, 252_024).payment_id


def test_one_payment_is_invoiced_once(company):
    payment = paid(company)
    _done, refused = twice(company, lambda: ask(payment))
    assert isinstance(refused, AlreadyInvoiced)
    with company.open():
        assert Invoice.objects.count() == 1


def test_requests_are_handed_over_once_and_answered_once(company):
    payment = paid(company)
    with company.open("finance"):
        ask(payment)
    batch, refused = twice(company, lambda: send(company))
    assert isinstance(refused, NothingToSend)
    with company.open():
        serial = Invoice.objects.get().serial
        assert InvoiceBatch.objects.count() == 1
    content = results((serial, BLUE, "2026-01-20", "2520.24", "成功", ""))
    _done, refused = twice(company, lambda: answered(batch, content))
    assert isinstance(refused, BatchReturned)
