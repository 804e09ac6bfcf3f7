"""Laws of allocation: nothing lost, the order kept, equals treated alike."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.payments.rules.allocation import OpenCharge, Part, allocate

PAID_ON = date(2026, 5, 31)

due_days = st.integers(-200, 60).map(lambda n: PAID_ON + timedelta(n))
charges = st.lists(
    st.builds(
        OpenCharge,
        charge_id=st.integers(1, 10**6),
        due_on=due_days,
        principal_fen=st.integers(0, 10**6),
        late_fee_fen=st.integers(0, 10**4),
        is_cost=st.booleans(),
        rate_e8=st.sampled_from([0, 30_000, 50_000]),
    ),
    max_size=8,
    unique_by=lambda charge: charge.charge_id,
)
money = st.integers(1, 4 * 10**6)


def paid_by_charge(found):
    paid = {}
    for line in found.lines:
        paid[line.charge_id] = paid.get(line.charge_id, 0) + line.amount_fen
    return paid


@given(charges, money, st.booleans(), st.data())
def test_lines_and_credit_add_up_and_nothing_is_paid_twice(charges, amount, principal_first, data):
    ids = [charge.charge_id for charge in charges]
    ticked = data.draw(st.sets(st.sampled_from(ids))) if ids else set()
    found = allocate(
        charges, amount_fen=amount, paid_on=PAID_ON, designated=ticked, principal_first=principal_first
    )
    assert sum(line.amount_fen for line in found.lines) + found.credit_fen == amount
    assert all(line.amount_fen > 0 for line in found.lines)
    owed = {(c.charge_id, Part.LATE_FEE): c.late_fee_fen for c in charges}
    owed |= {(c.charge_id, Part.PRINCIPAL): c.principal_fen for c in charges}
    assert len({(line.charge_id, line.part) for line in found.lines}) == len(found.lines)
    assert all(line.amount_fen <= owed[line.charge_id, line.part] for line in found.lines)
    assert found.credit_fen == max(amount - sum(owed.values()), 0)


@given(charges, money)
def test_nothing_ranked_lower_is_paid_while_something_higher_is_open(charges, amount):
    paid = paid_by_charge(allocate(charges, amount_fen=amount, paid_on=PAID_ON))

    def rank(charge):
        return charge.due_on > PAID_ON, not charge.is_cost, -charge.rate_e8, charge.due_on

    lowest_paid = max((rank(c) for c in charges if paid.get(c.charge_id)), default=None)
    still_open = [c for c in charges if paid.get(c.charge_id, 0) < c.owed_fen]
    assert lowest_paid is None or all(rank(c) >= lowest_paid for c in still_open)


@given(charges, money, st.randoms())
def test_the_order_the_charges_come_in_does_not_matter(charges, amount, random):
    mixed = random.sample(charges, len(charges))
    assert allocate(mixed, amount_fen=amount, paid_on=PAID_ON) == allocate(
        charges, amount_fen=amount, paid_on=PAID_ON
    )


@given(charges, money)
def test_ticking_everything_is_no_designation(charges, amount):
    everything = [charge.charge_id for charge in charges]
    ticked = allocate(charges, amount_fen=amount, paid_on=PAID_ON, designated=everything)
    assert ticked == allocate(charges, amount_fen=amount, paid_on=PAID_ON)


@given(charges.filter(bool), money, st.data())
def test_what_the_payer_ticked_is_paid_first(charges, amount, data):
    chosen = data.draw(st.sampled_from(charges))
    paid = paid_by_charge(
        allocate(charges, amount_fen=amount, paid_on=PAID_ON, designated=[chosen.charge_id])
    )
    if len([c for c in charges if c.owed_fen]) > 1:
        assert paid.get(chosen.charge_id, 0) == min(amount, chosen.owed_fen)


def test_equals_share_by_what_they_owe_and_the_odd_fen_goes_to_the_largest_fraction():
    due = date(2026, 1, 31)
    twins = [
        OpenCharge(n, due, principal_fen=fen, rate_e8=30_000) for n, fen in ((3, 100), (1, 100), (2, 200))
    ]
    assert paid_by_charge(allocate(twins, amount_fen=101, paid_on=PAID_ON)) == {1: 25, 2: 51, 3: 25}
    assert paid_by_charge(allocate(twins, amount_fen=103, paid_on=PAID_ON)) == {1: 26, 2: 51, 3: 26}
    assert paid_by_charge(allocate(twins, amount_fen=1, paid_on=PAID_ON)) == {2: 1}


def test_what_is_due_comes_before_a_heavier_charge_that_is_not():
    heavy = OpenCharge(1, PAID_ON + timedelta(1), principal_fen=100, rate_e8=50_000)
    light = OpenCharge(2, PAID_ON, principal_fen=100)
    assert paid_by_charge(allocate([heavy, light], amount_fen=100, paid_on=PAID_ON)) == {2: 100}


def test_money_beyond_every_issued_charge_is_credit():
    ahead = OpenCharge(1, PAID_ON + timedelta(30), principal_fen=100)
    found = allocate([ahead], amount_fen=150, paid_on=PAID_ON)
    assert (paid_by_charge(found), found.credit_fen) == ({1: 100}, 50)


def test_a_paid_charge_that_was_ticked_changes_nothing():
    done, due = OpenCharge(1, PAID_ON, principal_fen=0), OpenCharge(2, PAID_ON, principal_fen=100)
    assert paid_by_charge(allocate([done, due], amount_fen=60, paid_on=PAID_ON, designated=[1])) == {2: 60}


@pytest.mark.parametrize("amount", [0, -1])
def test_a_payment_of_nothing_is_a_bug(amount):
    with pytest.raises(ValueError, match="positive"):
        allocate([], amount_fen=amount, paid_on=PAID_ON)


def test_a_cost_booked_later_than_the_money_came_waits_behind_what_was_due():
    later = OpenCharge(1, PAID_ON + timedelta(3), principal_fen=50, is_cost=True)
    due = OpenCharge(2, PAID_ON, principal_fen=100)
    assert paid_by_charge(allocate([later, due], amount_fen=100, paid_on=PAID_ON)) == {2: 100}
