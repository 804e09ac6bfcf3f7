"""A receipt is found by what people read out: its number, or only the last digits, by an index."""

from __future__ import annotations

from datetime import date

import pytest

from billing.payments import queries
from billing.payments.models import Payment, Receipt
from billing.payments.queries import PaymentFilter, receipts_ending
from config.bench.owner import Owner
from reports.queries import search
from tests.money import PAID_ON, pay


@pytest.fixture
def taken(jinxiu):
    return [pay(jinxiu, fen, key=f"k{fen}") for fen in (10_000, 20_000)]


@pytest.mark.parametrize("words", ["2", "02", "000002", " ００００02 ", "0002"])
def test_last_digits_mean_the_receipt_that_ends_so(jinxiu, taken, words):
    assert [hit.payment_id for hit in receipts_ending(words)] == [taken[1].payment_id]


@pytest.mark.parametrize("words", ["", "张三", "3-1", "0009", "1234567890", "1.5"])
def test_other_words_find_none(jinxiu, taken, words):
    assert receipts_ending(words) == []


def test_the_counter_opens_the_account_of_a_receipt(jinxiu, taken):
    for words in (taken[0].receipt_number, "000002", "2"):
        found = queries.counter(paid_on=PAID_ON, words=words)
        assert found.preview.account_id == jinxiu.accounts["3-1-1602"].pk
    assert queries.counter(paid_on=PAID_ON, words="999").found_nothing


def test_receipts_of_several_accounts_are_offered(jinxiu, taken):
    pay(jinxiu, 500, unit="3-1-1702", key="other")
    Receipt.objects.bulk_create(
        Receipt(
            cash_point=jinxiu.cash_point, payment=payment, number=number, issued_on=PAID_ON,
            voided_on=PAID_ON, void_reason="x",
        )
        for payment, number in zip(Payment.objects.order_by("pk"), ("A-X-2026-000777", "B-X-2026-000777", "C-X-2026-000777"), strict=True)
    )  # fmt: skip
    found = queries.counter(paid_on=PAID_ON, words="777")
    assert (found.unit, len(found.receipts), found.found_nothing) == (None, 3, False)


@pytest.mark.parametrize("words", ["张三", "3-1-1602", "31602"])
def test_the_counter_still_finds_rooms_and_names(jinxiu, taken, words):
    assert queries.counter(paid_on=PAID_ON, words=words).words


def test_the_search_box_knows_last_digits(jinxiu, taken):
    staff = jinxiu.staff("finance")
    assert [hit.number for hit in search("000002", staff, as_of=PAID_ON).receipts] == [
        taken[1].receipt_number
    ]
    assert search("000002", jinxiu.staff("patrol"), as_of=PAID_ON).receipts == []


def test_payments_are_searched_by_amount_and_last_digits(jinxiu, taken):
    assert list(queries.payment_ids(PaymentFilter(amount_fen=20_000))) == [taken[1].payment_id]
    assert list(queries.payment_ids(PaymentFilter(words="000001"))) == [taken[0].payment_id]
    assert list(queries.payment_ids(PaymentFilter(amount_fen=1))) == []


@pytest.mark.parametrize(
    "method", ["CASH", "TRANSFER", "POS", "WECHAT", "ALIPAY", "DEBIT", "MIXED", "CREDIT"]
)
def test_every_method_narrows_the_list(jinxiu, method):
    for way in ("CASH", "TRANSFER", "POS", "WECHAT", "ALIPAY", "DEBIT"):
        pay(jinxiu, 100, key=way, method=way, reference="" if way == "CASH" else way)
    rows = queries.payment_rows(list(queries.payment_ids(PaymentFilter(method=method))))
    assert {row.method for row in rows} == {method} - {"MIXED", "CREDIT"}


def test_last_digits_are_read_by_an_index_behind_row_security(committed):
    """Among three thousand, counted, as after a night: walking them costs more than an index."""
    with committed.jinxiu.open():
        taken = pay(committed.jinxiu, 100)
        Receipt.objects.bulk_create(
            Receipt(
                cash_point=committed.jinxiu.cash_point, payment_id=taken.payment_id, number=f"R-JX-2025-{n:06}",
                issued_on=date(2025, 1, 5), voided_on=date(2025, 1, 5), void_reason="x",
            )
            for n in range(3000)
        )  # fmt: skip
    owner = Owner()
    owner.settle_down("payments_receipt")
    owner.close()
    with committed.jinxiu.open():
        plan = Receipt.objects.filter(ending="2345").explain()
    assert "receipt_by_ending" in plan
    assert "ending" in plan.partition("Index Cond:")[2].partition("\n")[0]
