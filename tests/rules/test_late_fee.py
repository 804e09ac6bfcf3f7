"""Laws of the late fee: monotone, capped, unchanged by closing segments; pauses, grace and the shown calculation."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.charges.rules.late_fee import (
    Movement,
    Pause,
    Running,
    Terms,
    accrued_e8,
    accrued_fen,
    annual_warning,
    close_segment,
    explain,
    from_e8,
    needs_replay,
    outstanding_fen,
    rate_to_e8,
    replay,
    start,
    to_e8,
)

DUE = date(2026, 1, 31)
TERMS = Terms(DUE, 30_000, 252024)

days = st.integers(-60, 900).map(lambda n: DUE + timedelta(n))
terms = st.builds(
    Terms,
    due_on=st.just(DUE),
    rate_e8=st.integers(0, 300_000),
    original_fen=st.integers(1, 10**8),
    grace_days=st.integers(0, 40),
    cap_e4=st.none() | st.integers(0, 20_000),
)
pauses = st.lists(st.tuples(days, st.integers(0, 120)), max_size=4).map(
    lambda found: [Pause(first, first + timedelta(n)) for first, n in found]
)


def counted_one_by_one(terms, as_of, pauses):
    """The days K5 and K6 charge, by walking the calendar: an oracle without any arithmetic of ours."""
    late = [DUE + timedelta(n) for n in range(1, max((as_of - DUE).days, 0) + 1)]
    unpaused = [day for day in late if not any(pause.first_on <= day <= pause.last_on for pause in pauses)]
    return max(len(unpaused) - terms.grace_days, 0)


@given(terms, days, pauses)
def test_the_days_charged_are_those_of_the_calendar(terms, as_of, pauses):
    raw = terms.original_fen * terms.rate_e8 * counted_one_by_one(terms, as_of, pauses)
    expected = raw if terms.cap_in_e8 is None else min(raw, terms.cap_in_e8)
    assert accrued_e8(terms, start(terms), as_of=as_of, pauses=pauses) == expected


@given(terms, days, days, pauses)
def test_a_later_day_never_owes_less(terms, one_day, other, pauses):
    early, late = sorted([one_day, other])
    fees = [accrued_fen(terms, start(terms), as_of=day, pauses=pauses) for day in (early, late)]
    assert fees[0] <= fees[1]


@given(terms, days, pauses)
def test_the_fee_never_passes_its_cap(terms, as_of, pauses):
    fee = accrued_fen(terms, start(terms), as_of=as_of, pauses=pauses)
    assert fee >= 0
    if terms.cap_e4 is not None:
        assert fee <= Decimal(terms.original_fen * terms.cap_e4) / 10_000 + Decimal("0.5")


@given(terms, st.lists(days, min_size=1, max_size=5), pauses)
def test_closing_segments_does_not_change_the_amount(terms, moments, pauses):
    *closings, as_of = sorted(moments)
    running = start(terms)
    for on in closings:
        running = close_segment(terms, running, on=on, unpaid_fen=running.unpaid_fen, pauses=pauses)
    straight = accrued_e8(terms, start(terms), as_of=as_of, pauses=pauses)
    assert accrued_e8(terms, running, as_of=as_of, pauses=pauses) == straight


@given(terms, st.lists(st.tuples(days, st.integers(0, 10**7)), max_size=5), days, pauses)
def test_the_shown_segments_add_up_to_what_is_owed(terms, paid, as_of, pauses):
    left, movements = terms.original_fen, []
    for on, fen in sorted(paid):
        movements.append(Movement(on, min(fen, left)))
        left -= movements[-1].principal_fen
    shown = explain(terms, movements, as_of=as_of, pauses=pauses)
    so_far = replay(terms, [move for move in movements if move.on <= as_of], pauses=pauses)
    assert shown.fee_fen == accrued_fen(terms, so_far, as_of=as_of, pauses=pauses)
    assert shown.raw_e8 == sum(part.unpaid_fen * terms.rate_e8 * part.days for part in shown.segments)
    assert all(
        part.days + part.free_days == (part.last_on - part.first_on).days + 1 for part in shown.segments
    )


@given(terms, days, days, st.integers(1, 10**6))
def test_a_payment_that_becomes_known_late_gives_the_same_state(terms, one_day, other, fen):
    moves = [Movement(one_day, fen), Movement(other, fen)]
    assert replay(terms, moves) == replay(terms, moves[::-1])


def test_a_payment_on_the_due_day_or_before_costs_nothing():
    for on in (DUE, DUE - timedelta(20)):
        running = close_segment(TERMS, start(TERMS), on=on, unpaid_fen=0)
        assert running == Running(0, DUE, 0)
        assert accrued_fen(TERMS, running, as_of=date(2030, 1, 1)) == 0


def test_the_fee_stands_still_once_the_principal_is_paid():
    paid = close_segment(TERMS, start(TERMS), on=date(2026, 8, 19), unpaid_fen=0)
    assert {accrued_fen(TERMS, paid, as_of=date(2026, 8, 19) + timedelta(n)) for n in range(500)} == {15121}


def test_a_day_inside_a_closed_segment_needs_a_replay():
    running = close_segment(TERMS, start(TERMS), on=date(2026, 5, 11), unpaid_fen=100000)
    assert needs_replay(TERMS, running, on=date(2026, 5, 10))
    assert not needs_replay(TERMS, running, on=date(2026, 5, 11))
    with pytest.raises(ValueError, match="replay"):
        close_segment(TERMS, running, on=date(2026, 5, 10), unpaid_fen=0)


def test_a_reversed_payment_leaves_the_fee_as_if_it_had_never_been_made():
    paid, undone = Movement(date(2026, 3, 1), 252024), Movement(date(2026, 3, 1), -252024)
    assert accrued_fen(TERMS, replay(TERMS, [paid, undone]), as_of=date(2026, 8, 19)) == 15121


def test_a_day_in_two_pauses_is_left_out_once():
    twice = [Pause(date(2026, 3, 1), date(2026, 3, 31)), Pause(date(2026, 3, 10), date(2026, 4, 9))]
    shown = explain(TERMS, [], as_of=date(2026, 4, 30), pauses=twice)
    assert (shown.segments[0].days, shown.segments[0].free_days) == (49, 40)


def test_grace_is_given_once_and_not_taken_back():
    graced = TERMS._replace(grace_days=15)
    assert accrued_fen(graced, start(graced), as_of=date(2026, 2, 15)) == 0
    assert accrued_fen(graced, start(graced), as_of=date(2026, 2, 16)) == 76
    mid = close_segment(graced, start(graced), on=date(2026, 2, 10), unpaid_fen=252024)
    assert accrued_fen(graced, mid, as_of=date(2026, 8, 19)) == 13987


def test_what_is_owed_is_the_rounded_total_less_paid_and_waived_and_never_negative():
    owed = {"terms": TERMS, "running": start(TERMS), "as_of": date(2026, 8, 19)}
    assert outstanding_fen(**owed, paid_fen=10000, waived_fen=5000) == 121
    assert outstanding_fen(**owed, paid_fen=20000) == 0


def test_without_a_clause_there_is_no_fee():
    none = TERMS._replace(rate_e8=0)
    assert accrued_fen(none, start(none), as_of=date(2036, 1, 31)) == 0


@given(st.integers(0, 10**20 - 1))
def test_the_exact_amount_fits_a_numeric_of_twenty_eight(amount_e8):
    stored = from_e8(amount_e8)
    assert to_e8(stored) == amount_e8
    assert -stored.as_tuple().exponent == 8
    assert len(stored.as_tuple().digits) <= 20


@pytest.mark.parametrize("rate", ["0.000000001", "-0.0003"])
def test_a_rate_the_table_cannot_hold_is_refused(rate):
    with pytest.raises(ValueError, match="eight decimals"):
        rate_to_e8(Decimal(rate))


@pytest.mark.parametrize(
    ("rate", "warns"), [("0.0003", False), ("0.0005", False), ("0.001", True), ("0.003", True)]
)
def test_rates_that_courts_cut_are_warned_about(rate, warns):
    assert (annual_warning(rate_to_e8(Decimal(rate))) is not None) == warns
