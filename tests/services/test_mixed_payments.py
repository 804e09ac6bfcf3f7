"""POS, and several ways to pay in one receipt: the parts add up, change comes out of the cash only."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from billing.payments import queries, services
from billing.payments.documents import receipt as document
from billing.payments.models import Allocation, CreditEntry, Payment, Tender
from billing.payments.queries import PaymentFilter
from billing.payments.queries.tills import moved
from billing.payments.services import TenderPart
from billing.payments.services.checks import (
    BadAmount,
    BadTenders,
    ReferenceMissing,
    ReferenceUsed,
    TooLittleTendered,
    UnknownMethod,
    WrongCashPoint,
)
from billing.payments.services.receipts import _data
from billing.payments.services.taken import KeyReused
from tests.money import AT, PAID_ON, owe, pay
from tests.till import opened

CASH, CARD = TenderPart("CASH", 40000), TenderPart("POS", 60000, "000123")


def mixed(company, *parts, fen=100000, key="m", **given):
    return pay(company, fen, key=key, method="MIXED", tenders=parts or (CASH, CARD), **given)


def test_a_card_payment_carries_the_number_of_its_slip(jinxiu):
    with pytest.raises(ReferenceMissing):
        pay(jinxiu, 1000, method="POS", reference=" ")
    assert pay(jinxiu, 1000, method="POS", reference="000123").change_fen == 0
    with pytest.raises(ReferenceUsed):
        pay(jinxiu, 1000, key="again", method="POS", reference="000123")


def test_two_ways_make_one_payment_and_one_receipt(jinxiu):
    owe(jinxiu, 100000, PAID_ON)
    taken = mixed(jinxiu, tendered_fen=110000)
    assert (taken.change_fen, taken.credit_fen) == (10000, 0)
    detail = queries.payment_detail(taken.payment_id)
    assert [tuple(part) for part in detail.tenders] == [("CASH", 40000, ""), ("POS", 60000, "000123")]
    page = document.render_html(_data(queries.receipt_detail(taken.receipt_id), AT))
    assert "组合收款（现金 ¥400.00；POS刷卡 ¥600.00，流水号 000123）" in page
    assert "找零：¥100.00" in page


def test_a_retry_gets_the_first_answer_and_other_parts_are_another_request(jinxiu):
    first = mixed(jinxiu)
    assert mixed(jinxiu)._replace(replayed=False) == first
    with pytest.raises(KeyReused):
        mixed(jinxiu, TenderPart("CASH", 50000), TenderPart("POS", 50000, "1"))


def test_without_an_amount_the_parts_say_it(jinxiu):
    taken = mixed(jinxiu, fen=None)
    assert Payment.objects.get(pk=taken.payment_id).amount_fen == 100000


@pytest.mark.parametrize(
    ("parts", "given", "refusal"),
    [
        ((CASH,), {}, BadTenders),
        ((CASH, TenderPart("POS", 1, "1")), {}, BadTenders),
        ((TenderPart("CASH", 110000), TenderPart("POS", -10000, "1")), {}, BadAmount),
        ((CASH, TenderPart("CREDIT", 60000)), {}, UnknownMethod),
        ((CASH, TenderPart("POS", 60000)), {}, ReferenceMissing),
        ((CASH, CARD), {"tendered_fen": 99999}, TooLittleTendered),
        ((CASH, CARD), {"cash_point_id": None}, WrongCashPoint),
        ((CASH, CARD), {"method": "CASH"}, BadTenders),
        ((TenderPart("TRANSFER", 40000, "2"), CARD), {"tendered_fen": 110000}, UnknownMethod),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(jinxiu, parts, given, refusal):
    with pytest.raises(refusal):
        pay(jinxiu, 100000, **({"method": "MIXED", "tenders": parts} | given))
    assert not Payment.objects.exists()


def test_only_its_cash_goes_into_the_till(jinxiu):
    with jinxiu.open("cashier"):
        till = opened(jinxiu, fen=0)
        mixed(jinxiu, by=jinxiu.staff("cashier"))
    assert moved(till).receipts_fen == 40000


def test_sums_by_method_read_the_parts(jinxiu):
    mixed(jinxiu)
    pay(jinxiu, 500, key="cash")
    sums = queries.sums(PaymentFilter())
    assert [tuple(row) for row in sums.by_method] == [("CASH", 2, 40500), ("POS", 1, 60000)]
    assert (sums.payments, sums.amount_fen) == (2, 100500)
    days = queries.day_totals(from_on=PAID_ON, to_on=PAID_ON)
    assert [(row.method, row.amount_fen) for row in days] == [("CASH", 40500), ("POS", 60000)]


def test_lists_find_it_by_each_of_its_ways_and_numbers(jinxiu):
    mixed(jinxiu)
    for where in ({"method": "POS"}, {"method": "CASH"}, {"method": "MIXED"}, {"words": "000123"}):
        assert queries.payments(PaymentFilter(**where)).count() == 1, where
    assert queries.payments(PaymentFilter(method="TRANSFER")).count() == 0


def test_a_reversal_takes_every_part_back(jinxiu):
    payment = Payment.objects.get(pk=mixed(jinxiu).payment_id)
    columns = {f.attname: getattr(payment, f.attname) for f in Payment._meta.concrete_fields}
    back = columns | {
        "id": None, "kind": "REVERSAL", "reverses_id": payment.pk, "amount_fen": -100000, "tendered_fen": None,
        "idempotency_key": "back",
    }  # fmt: skip
    reversal = Payment.objects.create(**back)
    Allocation.objects.create(payment=reversal, part="CREDIT", amount_fen=-100000)
    CreditEntry.objects.create(account_id=payment.account_id, payment=reversal, amount_fen=-100000)
    services.mirror_tenders({payment.pk: reversal})
    _now()
    assert [tuple(row) for row in queries.sums(PaymentFilter()).by_method] == [("CASH", 2, 0), ("POS", 2, 0)]


def test_the_database_adds_the_parts_up(jinxiu):
    payment = Payment.objects.get(pk=mixed(jinxiu).payment_id)
    simple = Payment.objects.get(pk=pay(jinxiu, 100, key="simple").payment_id)
    for wrong in (payment, simple):
        with pytest.raises(IntegrityError, match="tenders"), transaction.atomic():
            Tender.objects.create(payment=wrong, method="CASH", amount_fen=1)
            _now()
    with pytest.raises(IntegrityError, match="tenders"), transaction.atomic():
        lonely = {
            f.attname: getattr(payment, f.attname) for f in Payment._meta.concrete_fields if f.name != "id"
        }
        Payment.objects.create(**{**lonely, "idempotency_key": "lonely"})
        _now()


def _now():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS payment_is_the_sum_of_its_tenders IMMEDIATE")
