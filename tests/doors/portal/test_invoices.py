"""Invoices and credit on the phone: asked for by the payer himself, seen by nobody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from billing.banking.models import Invoice
from billing.banking.services import keep_invoice_file
from billing.payments.models import Receipt
from tenancy.kernel import clock
from tenancy.people.models import AuditEntry
from tests.banking import AT
from tests.cast import Cast
from tests.doors.portal.test_money import BUYER, LI, ZHANG, _bill, _pay, _sell
from tests.house.world import PDF
from tests.invoices import BLUE, answered, ready_to_invoice, results, send

HOME = "3-1-1602"
PERSON = {"buyer_kind": "PERSON", "buyer_name": "张三"}


@pytest.fixture
def paid(cast: Cast) -> Any:
    _bill(cast.jinxiu)
    with cast.jinxiu.open():
        ready_to_invoice(cast.jinxiu)
    return _pay(cast.jinxiu, cast.jinxiu.accounts[HOME], 30_000)


@pytest.fixture
def zhang(paid: Any, phone: Callable[..., Any]) -> Any:
    return phone(ZHANG).log_in()


def _invoices(paid: Any) -> str:
    return f"payments/{paid.payment_id}/invoices/"


def _issue(cast: Cast) -> None:
    with cast.jinxiu.open("finance"):
        row = Invoice.objects.get()
        sent = send(cast.jinxiu)
        answered(sent, results((row.serial, BLUE, "2026-05-20", "300.00", "成功", "")))


def test_he_sees_what_it_would_be_of_and_asks_for_it(cast: Cast, zhang, paid):
    seen = zhang.get(_invoices(paid)).json()
    assert (seen["amount"], seen["buyer_name"], seen["why"]) == ("300.00", "张三", "")
    assert seen["invoices"] == []
    made = zhang.post(_invoices(paid), **PERSON, buyer_email="zhang@example.cn")
    assert made.status_code == 201
    (one,) = made.json()["invoices"]
    assert (one["state"], one["amount"], one["number"]) == ("REQUESTED", "300.00", "")
    assert "已" in made.json()["why"], "why there is no second one"
    with cast.jinxiu.open():
        asked = Invoice.objects.get()
        assert (asked.buyer_email, asked.requested_by_id) == ("zhang@example.cn", None)
        assert AuditEntry.objects.get(action="invoice.asked_online").object_id == asked.pk


def test_a_company_needs_its_number_and_the_field_is_named(zhang, paid):
    refused = zhang.post(_invoices(paid), buyer_kind="COMPANY", buyer_name="云栖公司")
    assert (refused.status_code, refused.json()["code"]) == (422, "banking.bad_buyer")
    assert "buyer_tax_number" in str(refused.json())
    again = zhang.post(_invoices(paid), **PERSON)
    assert again.status_code == 201
    assert zhang.post(_invoices(paid), **PERSON).json()["code"] == "banking.already_invoiced"


def test_the_receipt_is_marked_when_it_was_exchanged_and_the_paper_opens(cast: Cast, zhang, paid):
    zhang.post(_invoices(paid), **PERSON)
    assert [row["invoice_numbers"] for row in zhang.get("payments/").json()] == [""]
    _issue(cast)
    (one,) = zhang.get(_invoices(paid)).json()["invoices"]
    assert (one["state"], one["number"], one["has_pdf"]) == ("ISSUED", BLUE, False)
    assert [row["invoice_numbers"] for row in zhang.get("payments/").json()] == [BLUE]
    with cast.jinxiu.open():
        assert Receipt.objects.get().invoice_numbers == BLUE
        keep_invoice_file(invoice_id=one["id"], content=PDF, name="发票.pdf", at=AT)
    assert zhang.get(_invoices(paid)).json()["invoices"][0]["has_pdf"] is True
    assert zhang.get(f"invoices/{one['id']}/invoice.pdf").content == PDF


def test_without_a_rate_he_is_told_where_to_ask(cast: Cast, phone):
    _bill(cast.jinxiu)
    paid = _pay(cast.jinxiu, cast.jinxiu.accounts[HOME], 30_000)
    seen = phone(ZHANG).log_in().get(_invoices(paid)).json()
    assert (seen["amount"], seen["why"]) == ("0.00", "如需发票，请向客户服务中心申请。")


def test_nobody_asks_for_a_strangers_invoice(cast: Cast, zhang, paid, phone):
    zhang.post(_invoices(paid), **PERSON)
    _issue(cast)
    with cast.jinxiu.open():
        pk = Invoice.objects.get().pk
        keep_invoice_file(invoice_id=pk, content=PDF, name="发票.pdf", at=AT)
    _sell(cast.jinxiu, HOME, sold_on=clock.today())
    for number in (LI, BUYER):
        other = phone(number).log_in()
        assert other.get(_invoices(paid)).status_code == 404
        assert other.post(_invoices(paid), **PERSON).status_code == 404
        assert other.get(f"invoices/{pk}/invoice.pdf").status_code == 404
    assert zhang.get(_invoices(paid)).status_code == 200, "the seller keeps his own"


def test_money_beyond_all_bills_is_shown_as_credit(cast: Cast, phone):
    _pay(cast.jinxiu, cast.jinxiu.accounts[HOME], 5_000)
    zhang = phone(ZHANG).log_in()
    (row,) = zhang.get("credit/").json()
    assert (row["unit_code"], row["held"]) == (HOME, "50.00")
    assert phone(LI).log_in().get("credit/").json() == []
