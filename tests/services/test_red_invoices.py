"""Red invoices: money that goes back asks for them; they mirror their blue one, whole or in part."""

from __future__ import annotations

import pytest

from billing.banking.models import Invoice, InvoicePart
from billing.banking.queries.invoice_draft import NotInvoiceable
from billing.banking.queries.invoices import corrections_due, payments_on, reds_of
from billing.banking.services import ask_red
from billing.banking.services.invoice_batches import NothingToSend
from billing.banking.services.invoice_red import NothingToCorrect
from billing.charges.services import Settlement, settle_charges
from billing.payments.models import Allocation, CreditEntry, Payment
from billing.payments.queries import payment_detail
from billing.payments.services import reverse_payment
from tests.banking import AT
from tests.invoices import BLUE, answered, ask, foot, issue, paid, ready_to_invoice, results, send
from tests.money import PAID_ON, owe, pay

TODAY = PAID_ON


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def company(cast):
    with cast.jinxiu.open("finance"):
        ready_to_invoice(cast.jinxiu)
        yield cast.jinxiu


def test_a_payment_taken_back_asks_for_a_red_invoice_that_mirrors_it(company):
    payment = paid(company)
    blue = issue(company, payment)
    assert corrections_due() == []
    reverse_payment(payment_id=payment, reason="转账退回", posted_on=TODAY, at=AT)
    assert corrections_due() == [blue]
    red = ask_red(invoice_id=blue, reason="销售退回", confirmation_no="3301001", on=TODAY, at=AT)
    assert foot(red) == (-252_024, -237_758, -14_266)
    assert corrections_due() == []
    with pytest.raises(NothingToCorrect):
        ask_red(invoice_id=blue, reason="再来", on=TODAY, at=AT)
    batch = send(company)
    serial = Invoice.objects.get(pk=red).serial
    answered(batch, results((serial, "26332000000000000009", "2026-01-21", "-2520.24", "成功", "")))
    assert not InvoicePart.objects.filter(is_live=True).exists()
    assert [row.number for row in reds_of(blue)] == ["26332000000000000009"]


def test_a_part_is_corrected_by_payment_and_the_rest_takes_the_rest_of_the_tax(company):
    owe(company, 252_024, PAID_ON)
    first, second = pay(company, 100_000).payment_id, pay(company, 152_024, key="k2").payment_id
    blue = issue(company, first, second)
    assert foot(blue) == (252_024, 237_758, 14_266)
    one = ask_red(invoice_id=blue, reason="部分退回", payment_ids=[first], on=TODAY, at=AT)
    other = ask_red(invoice_id=blue, reason="部分退回", on=TODAY, at=AT)
    assert foot(one) == (-100_000, -94_340, -5_660)
    assert [a + b + c for a, b, c in zip(foot(blue), foot(one), foot(other), strict=True)] == [0, 0, 0]
    assert [row.payment_id for row in payments_on(one)] == [first]


def test_a_refused_red_invoice_leaves_the_blue_one_standing(company):
    payment = paid(company)
    blue = issue(company, payment)
    red = ask_red(invoice_id=blue, reason="开错", on=TODAY, at=AT)
    batch = send(company)
    answered(batch, results((Invoice.objects.get(pk=red).serial, "", "", "-2520.24", "失败", "确认单未确认")))
    assert payment_detail(payment).receipt.invoice_numbers == BLUE
    again = ask_red(invoice_id=blue, reason="开错", on=TODAY, at=AT)
    assert foot(again) == (-252_024, -237_758, -14_266)


def test_a_full_red_invoice_takes_the_mark_off_and_frees_the_money(company):
    payment = paid(company)
    blue = issue(company, payment)
    red = ask_red(invoice_id=blue, reason="抬头有误", on=TODAY, at=AT)
    batch = send(company)
    serial = Invoice.objects.get(pk=red).serial
    answered(batch, results((serial, "26332000000000000009", "2026-01-21", "-2520.24", "成功", "")))
    assert payment_detail(payment).receipt.exchanged_on is None
    ask(payment)


def test_a_payment_that_was_taken_back_is_neither_asked_for_nor_sent(company):
    payment = paid(company)
    pk = ask(payment)
    reverse_payment(payment_id=payment, reason="转账退回", posted_on=TODAY, at=AT)
    with pytest.raises(NotInvoiceable):
        ask(payment)
    with pytest.raises(NothingToSend):
        send(company)
    assert Invoice.objects.get(pk=pk).state == "REQUESTED"


def release(payment: int) -> None:
    """What a payment paid is set free as credit again."""
    old = Payment.objects.get(pk=payment)
    freed = Payment.objects.create(
        kind="RELEASE", method="CREDIT", amount_fen=-old.amount_fen, community_id=old.community_id,
        unit_id=old.unit_id, account_id=old.account_id, paid_on=TODAY, posted_on=TODAY,
        idempotency_key=f"release-{payment}", created_at=AT,
    )  # fmt: skip
    (line,) = Allocation.objects.filter(payment_id=payment)
    Allocation.objects.create(
        payment=freed, charge_id=line.charge_id, part=line.part, amount_fen=-line.amount_fen
    )
    CreditEntry.objects.create(account_id=old.account_id, payment=freed, amount_fen=line.amount_fen)
    settle_charges(changes=[Settlement(line.charge_id, -line.amount_fen)], paid_on=TODAY)


def test_money_that_a_release_took_off_its_charge_is_not_invoiced(company):
    payment = paid(company)
    release(payment)
    with pytest.raises(NotInvoiceable):
        ask(payment)


def test_a_release_after_the_invoice_asks_for_a_red_one(company):
    payment = paid(company)
    other = issue(company, paid(company, key="k2"), number="26332000000000000002")
    blue = issue(company, payment)
    release(payment)
    assert corrections_due() == [blue]
    assert (corrections_due(blue), corrections_due(other)) == ([blue], [])
