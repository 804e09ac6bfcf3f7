"""The statement of an account as of any day, and the certificate that nothing is owed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from billing.charges import services as charges
from billing.charges.queries import open_charges
from billing.payments import services
from billing.payments.queries import account_ledger, clearances_of
from billing.payments.services.clearances import StillOwed
from tenancy.kernel.errors import NotFound
from tests.money import AT, PAID_ON, owe, pay

ROOM = "3-1-1602"
DUE = date(2026, 1, 31)


def ledger(company, as_of=PAID_ON):
    return account_ledger(company.accounts[ROOM].pk, as_of=as_of)


def rows(found):
    return [
        (entry.on, entry.what, entry.debit_fen, entry.credit_fen, entry.let_off_fen, balance)
        for entry, balance in found.lines
    ]


def test_every_line_has_its_day_its_sum_and_what_it_left(jinxiu):
    owe(jinxiu, 252024, DUE)
    early = date(2026, 3, 2)
    pay(jinxiu, 100000, paid_on=early, posted_on=early, at=AT.replace(month=3, day=2))
    issued = date(2025, 1, 1)
    fee_then, left = 2268, 252024 - (100000 - 2268)
    fee_now = round(left * 90 * 0.0003)
    assert rows(ledger(jinxiu)) == [
        (issued, "ledger.charge", 252024, 0, 0, 252024),
        (early, "LATE_FEE", fee_then, 0, 0, 252024 + fee_then),
        (early, "payment.RECEIVED", 0, 100000, 0, left),
        (PAID_ON, "LATE_FEE", fee_now, 0, 0, left + fee_now),
    ]
    found = ledger(jinxiu)
    assert (found.principal_fen, found.late_fee_fen, found.balance_fen) == (left, fee_now, left + fee_now)


def test_an_earlier_day_is_as_it_was_whatever_came_since(jinxiu):
    first = owe(jinxiu, 252024, DUE)
    before = ledger(jinxiu, date(2026, 3, 1))
    taken = pay(jinxiu, 300000, paid_on=date(2026, 4, 1))
    charges.adjust_charges(
        wanted=[charges.LetOff(owe(jinxiu, 5000, DUE, rate="0").pk, "WAIVER", "PRINCIPAL", 100, "减免")],
        on=PAID_ON, at=AT,
    )  # fmt: skip
    again = ledger(jinxiu, date(2026, 3, 1))
    assert next(line for line in rows(again) if line[2] != 5000) == rows(before)[0]
    assert again.late_fee_fen == before.late_fee_fen == round(252024 * 29 * 0.0003)
    assert first.pk in {row.charge_id for row in again.open}
    services.reverse_payment(payment_id=taken.payment_id, reason="退票", posted_on=PAID_ON, at=AT)
    assert ledger(jinxiu, date(2026, 3, 1)).late_fee_fen == before.late_fee_fen


def test_what_it_says_is_owed_is_what_the_counter_says(jinxiu):
    for late in (10, 40, 70):
        owe(jinxiu, 63006, PAID_ON - timedelta(late))
    owe(jinxiu, 90000, PAID_ON - timedelta(100), item="parking", rate="0")
    pay(jinxiu, 100000)
    counted = open_charges(account_ids=[jinxiu.accounts[ROOM].pk], as_of=PAID_ON)
    found = ledger(jinxiu)
    assert found.principal_fen == sum(row.unpaid_fen for row in counted)
    assert found.late_fee_fen == sum(row.late_fee_fen for row in counted)
    assert found.lines[-1].balance_fen == found.balance_fen


def test_a_reversal_a_refund_and_a_waiver_stand_on_it_and_it_ends_right(jinxiu):
    charge = owe(jinxiu, 63006, DUE)
    wrong = pay(jinxiu, 20000)
    services.reverse_payment(payment_id=wrong.payment_id, reason="收错", posted_on=PAID_ON, at=AT)
    charges.adjust_charges(
        wanted=[charges.LetOff(charge.pk, "WAIVER", "LATE_FEE", 500, "首次")], on=PAID_ON, at=AT
    )
    pay(jinxiu, 70000, key="k2")
    found = ledger(jinxiu)
    assert {entry.what for entry, _balance in found.lines} == {
        "ledger.charge", "LATE_FEE", "payment.RECEIVED", "payment.REVERSAL", "WAIVER",
    }  # fmt: skip
    assert (found.owed_fen, found.lines[-1].balance_fen, found.credit_fen) == (
        0,
        -found.credit_fen,
        found.credit_fen,
    )


class TestClearance:
    def test_nothing_owed_is_certified_with_a_number_of_its_own(self, jinxiu):
        owe(jinxiu, 63006, DUE)
        pay(jinxiu, None)
        account = jinxiu.accounts[ROOM].pk
        made = services.certify(account_id=account, as_of=PAID_ON, at=AT)
        again = services.certify(account_id=account, as_of=PAID_ON, at=AT)
        numbers = [row.number for row in clearances_of(account)]
        assert numbers == ["CLEARANCE-JX-2026-000002", "CLEARANCE-JX-2026-000001"]
        assert again != made
        assert services.fetch_clearance(made).pdf.startswith(b"%PDF-")

    def test_a_fen_of_late_fee_is_still_owed(self, jinxiu):
        owe(jinxiu, 63006, DUE)
        pay(jinxiu, 63006 + 2268 - 1)
        with pytest.raises(StillOwed) as refusal:
            services.certify(account_id=jinxiu.accounts[ROOM].pk, as_of=PAID_ON, at=AT)
        assert refusal.value.params["owed"] == "0.01"
        assert clearances_of(jinxiu.accounts[ROOM].pk) == []

    def test_the_buyer_is_certified_whatever_the_seller_owes(self, jinxiu):
        owe(jinxiu, 63006, DUE, unit="3-1-1702")
        services.certify(account_id=jinxiu.accounts[ROOM].pk, as_of=PAID_ON, at=AT)

    def test_what_was_certified_is_never_edited(self, jinxiu):
        services.certify(account_id=jinxiu.accounts[ROOM].pk, as_of=PAID_ON, at=AT)
        refused = pytest.raises(ProgrammingError, match="permission denied")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE payments_clearance SET as_of = '2030-01-01'")

    def test_one_that_is_not_there(self, jinxiu):
        with pytest.raises(NotFound):
            services.fetch_clearance(999_999)
