"""Paying ahead: the coming months become one bill, at most as many as the city allows (L-B3)."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from billing.charges.models import Bill, Charge, Contract, Tariff
from billing.charges.rules.local import LocalKind
from billing.charges.services import add_local_rule, issue_ahead, preview_ahead, void_bill
from billing.charges.services.prepay import AheadChanged, NothingAhead, TooFarAhead
from billing.payments.services import take_payment
from notices.models import Notice
from tests.meters import run, water_meter, water_tariff
from tests.money import AT, still_open

ROOM = "3-1-1602"
JAN_3 = date(2026, 1, 3)
MONTH = 21_002


def ahead(company, months=12, on=JAN_3, **more):
    return issue_ahead(account_id=company.accounts[ROOM].pk, months=months, on=on, **more)


def shown(company, months=12, on=JAN_3):
    return preview_ahead(account_id=company.accounts[ROOM].pk, months=months, on=on)


def test_a_year_ahead_is_one_bill_of_twelve_months(jinxiu):
    assert shown(jinxiu).amount_fen == 252_024
    bill = Bill.objects.get(pk=ahead(jinxiu, expected_fen=252_024))
    assert (bill.kind, bill.amount_fen, bill.run_id) == ("PREPAYMENT", 252_024, None)
    assert (bill.period.lower, bill.period.upper) == (date(2026, 1, 1), date(2027, 1, 1))
    charges = list(bill.charges.order_by("period"))
    assert [charge.amount_fen for charge in charges] == [MONTH] * 12
    assert {charge.kind for charge in charges} == {"PERIODIC"}
    assert (charges[0].due_on, charges[-1].due_on) == (date(2026, 1, 31), date(2026, 12, 31))
    assert Notice.objects.filter(number=bill.number).exists()


def test_later_runs_skip_what_was_billed_ahead(jinxiu):
    ahead(jinxiu)
    for month in range(1, 13):
        run(jinxiu, 2026, month)
    rooms = Charge.objects.filter(unit__code=ROOM, fee_item=jinxiu.items["property"])
    assert rooms.count() == 12
    run(jinxiu, 2027, 1)
    assert rooms.count() == 13


def test_it_begins_after_what_is_billed_and_reaches_no_further_the_second_time(jinxiu):
    run(jinxiu, 2026, 1)
    ahead(jinxiu, 3)
    assert shown(jinxiu, 12).lines[0].period.start == date(2026, 5, 1)
    assert shown(jinxiu, 12).lines[-1].period.end == date(2027, 2, 1)
    ahead(jinxiu, 12)
    with pytest.raises(NothingAhead):
        shown(jinxiu, 1)


def test_only_whole_cycles_are_billed(jinxiu):
    Tariff.objects.filter(pk=jinxiu.tariffs["property"].pk).update(cycle_months=3)
    with pytest.raises(NothingAhead):
        shown(jinxiu, 2)
    assert [line.amount_fen for line in shown(jinxiu, 8).lines] == [63_006, 63_006]
    Tariff.objects.filter(pk=jinxiu.tariffs["property"].pk).update(cycle_months=12)
    assert [line.amount_fen for line in shown(jinxiu, 12).lines] == [252_024]


def test_not_beyond_what_the_city_allows(jinxiu):
    add_local_rule(kind=LocalKind.PREPAY_MONTHS, value="6", from_on=date(2024, 1, 1), basis="条例")
    for months in (0, 7):
        with pytest.raises(TooFarAhead):
            shown(jinxiu, months)
    assert len(shown(jinxiu, 6).lines) == 6


def test_not_beyond_the_end_of_the_contract(jinxiu):
    Contract.objects.update(held=DateRange(date(2022, 1, 1), date(2026, 9, 16)))
    assert shown(jinxiu, 12).lines[-1].period.end == date(2026, 9, 1)


def test_meters_are_left_out_and_a_changed_sum_is_refused(jinxiu):
    water_meter(jinxiu, water_tariff(jinxiu))
    assert {line.fee_item for line in shown(jinxiu).lines} == {"物业费"}
    with pytest.raises(AheadChanged):
        ahead(jinxiu, expected_fen=1)
    assert Bill.objects.count() == 0


def test_paid_like_any_bill_and_voided_only_before(jinxiu):
    bill = ahead(jinxiu, 3)
    void_bill(bill_id=bill, reason="改为半年", voided_on=JAN_3)
    ahead(jinxiu, 6)
    taken = take_payment(
        account_id=jinxiu.accounts[ROOM].pk, amount_fen=None, method="CASH", paid_on=JAN_3, posted_on=JAN_3,
        at=AT.replace(month=1, day=3), cash_point_id=jinxiu.cash_point.pk, idempotency_key="ahead",
    )  # fmt: skip
    assert (sum(line.amount_fen for line in taken.lines), taken.credit_fen) == (6 * MONTH, 0)
    assert still_open(jinxiu, JAN_3) == {}
