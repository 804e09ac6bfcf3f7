"""What a payment does to a charge: segments of late fee close, nothing is paid twice, order does not matter."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from billing.charges.models import Charge, Movement
from billing.charges.queries import charge_why, open_charges
from billing.charges.services import Settlement, void_bill
from billing.charges.services.settle import ChargeReversed, PaidTooMuch
from tenancy.kernel.errors import NotFound
from tests.money import owe, settle_charges

DUE = date(2026, 1, 31)


def late_fee(company, as_of):
    return sum(row.late_fee_fen for row in open_charges(account_ids=ids(company), as_of=as_of))


def ids(company):
    return [account.pk for account in company.accounts.values()]


def pay(charge, on, principal, fee=0):
    settle_charges(changes=[Settlement(charge.pk, principal, fee)], paid_on=on)
    charge.refresh_from_db()


def test_a_part_payment_closes_the_segment_and_goes_on_with_the_rest(jinxiu):
    """S7: 1,000.00 on 11 May covers 126.01 late fee and 873.99 principal; by 30 June 41.15 more."""
    charge = owe(jinxiu, 252024, DUE, rate="0.0005")
    assert late_fee(jinxiu, date(2026, 5, 11)) == 12601
    pay(charge, date(2026, 5, 11), 87399, 12601)
    assert late_fee(jinxiu, date(2026, 5, 11)) == 0
    assert charge.late_fee_from == date(2026, 5, 11)
    assert late_fee(jinxiu, date(2026, 6, 30)) == 4116


def test_a_payment_before_the_due_day_leaves_no_late_fee_behind(jinxiu):
    charge = owe(jinxiu, 252024, DUE)
    pay(charge, date(2026, 1, 10), 100000)
    assert late_fee(jinxiu, DUE) == 0
    assert late_fee(jinxiu, date(2026, 2, 10)) == round(152024 * 3 / 10000 * 10)


def test_a_paid_principal_stops_the_late_fee_which_stays_owed(jinxiu):
    charge = owe(jinxiu, 252024, DUE)
    pay(charge, date(2026, 3, 2), 252024)
    (row,) = open_charges(account_ids=ids(jinxiu), as_of=date(2027, 1, 1))
    assert (row.unpaid_fen, row.late_fee_fen) == (0, 2268)
    pay(charge, date(2026, 3, 2), 0, 2268)
    assert open_charges(account_ids=ids(jinxiu), as_of=date(2027, 1, 1)) == []


def test_days_of_grace_are_never_charged_afterwards(jinxiu):
    charge = owe(jinxiu, 100000, DUE)
    Charge.objects.filter(pk=charge.pk).update(
        late_fee_from=DUE + timedelta(days=5), snapshot={"late_fee": {"grace_days": 5, "cap_ratio": "1"}}
    )
    charge.refresh_from_db()
    assert late_fee(jinxiu, date(2026, 2, 5)) == 0
    pay(charge, date(2026, 2, 3), 50000)
    assert charge.late_fee_from == date(2026, 2, 5)
    assert late_fee(jinxiu, date(2026, 2, 15)) == 150


def test_the_cap_holds_over_all_segments(jinxiu):
    charge = owe(jinxiu, 10000, DUE, rate="0.01", cap="0.5")
    pay(charge, DUE + timedelta(days=40), 5000)
    assert late_fee(jinxiu, DUE + timedelta(days=41)) == 4050
    assert late_fee(jinxiu, DUE + timedelta(days=400)) == 5000


@given(
    st.lists(
        st.tuples(st.integers(-20, 200), st.integers(1, 60_000)),
        min_size=2,
        max_size=4,
        unique_by=lambda p: p[0],
    ),
    st.randoms(use_true_random=False),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_order_in_which_payments_become_known_does_not_matter(jinxiu, payments, random):
    known = list(payments)
    random.shuffle(known)
    by_day, as_known = owe(jinxiu, 252024, DUE), owe(jinxiu, 252024, DUE)
    for charge, order in ((by_day, sorted(payments)), (as_known, known)):
        for days, fen in order:
            pay(charge, DUE + timedelta(days), fen)
    fields = ("settled_fen", "late_fee_settled", "late_fee_from")
    assert [getattr(by_day, field) for field in fields] == [getattr(as_known, field) for field in fields]
    explained = charge_why(as_known.pk, as_of=date(2026, 12, 31))
    assert explained.late_fee_total_fen == explained.late_fee_fen


def test_a_payment_taken_back_leaves_the_charge_as_if_it_had_never_been(jinxiu):
    charge, untouched = owe(jinxiu, 252024, DUE), owe(jinxiu, 252024, DUE)
    pay(charge, date(2026, 3, 1), 100000)
    pay(charge, date(2026, 4, 1), 50000)
    pay(charge, date(2026, 4, 1), -50000)
    pay(charge, date(2026, 3, 1), -100000)
    rows = open_charges(account_ids=ids(jinxiu), as_of=date(2026, 6, 1))
    assert {(row.unpaid_fen, row.late_fee_fen) for row in rows} == {(252024, 9148)}
    assert untouched.settled_fen == charge.settled_fen == 0


def test_changes_of_one_charge_are_added_up(jinxiu):
    charge = owe(jinxiu, 10000, DUE)
    settle_charges(changes=[Settlement(charge.pk, 4000), Settlement(charge.pk, 6000)], paid_on=DUE)
    charge.refresh_from_db()
    assert charge.settled_fen == 10000
    assert Movement.objects.get(charge=charge).principal_fen == 10000


@pytest.mark.parametrize(("principal", "fee"), [(10001, 0), (-1, 0), (0, 91), (0, -1)])
def test_nothing_is_paid_beyond_what_is_owed(jinxiu, principal, fee):
    charge = owe(jinxiu, 10000, DUE)
    with pytest.raises(PaidTooMuch):
        settle_charges(changes=[Settlement(charge.pk, principal, fee)], paid_on=date(2026, 3, 2))
    charge.refresh_from_db()
    assert charge.settled_fen == 0
    assert Movement.objects.count() == 0


def test_a_reversed_or_unknown_charge_takes_no_payment(jinxiu):
    charge = owe(jinxiu, 10000, DUE)
    Charge.objects.filter(pk=charge.pk).update(reversed_on=DUE)
    with pytest.raises(ChargeReversed):
        settle_charges(changes=[Settlement(charge.pk, 1)], paid_on=DUE)
    with pytest.raises(NotFound):
        settle_charges(changes=[Settlement(0, 1)], paid_on=DUE)


def test_a_bill_that_is_not_there_cannot_be_voided(jinxiu):
    with pytest.raises(NotFound):
        void_bill(bill_id=0, reason="x", voided_on=DUE)
