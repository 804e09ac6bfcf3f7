"""Cycles tile the calendar, and what is billed once is never billed again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.charges.rules.cycles import cycles_of, uncovered
from values.period import Period

months = st.sampled_from([1, 2, 3, 6, 12])
days = st.integers(0, 800).map(lambda n: date(2025, 1, 1) + timedelta(n))
periods = st.tuples(days, st.integers(1, 90)).map(lambda p: Period(p[0], p[0] + timedelta(p[1])))
runs = st.tuples(st.integers(2024, 2027), st.integers(1, 12)).map(lambda p: Period.month(*p))


def disjoint(found):
    return [a for i, a in enumerate(found) if not any(a.overlaps(b) for b in found[:i])]


@given(runs, months)
def test_a_run_in_advance_covers_its_month_with_cycles_of_the_right_length(run, n):
    cycles = [cycle.period for cycle in cycles_of(run, months=n)]
    assert uncovered(run, cycles) == ()
    assert all(len(cycle.months()) == n and cycle.is_whole_months for cycle in cycles)


@given(st.integers(2024, 2027), months, st.booleans())
def test_over_a_year_of_runs_every_day_gets_its_turn_exactly_once(year, n, in_arrears):
    turns = [
        cycle.period
        for month in range(1, 13)
        for cycle in cycles_of(Period.month(year, month), months=n, in_arrears=in_arrears)
        if cycle.is_new
    ]
    assert disjoint(turns) == turns
    assert sum(turn.days for turn in turns) == (turns[-1].end - turns[0].start).days
    assert len(turns) == 12 // n


@given(runs, months)
def test_in_arrears_only_cycles_that_are_over_are_billed(run, n):
    for cycle in cycles_of(run, months=n, in_arrears=True):
        assert cycle.period.end <= run.end
        assert len(cycle.period.months()) == n


def test_a_quarter_is_looked_at_again_in_its_second_month():
    (quarter,) = cycles_of(Period.month(2026, 2), months=3)
    assert (str(quarter.period), quarter.is_new) == ("2026-01-01..2026-04-01", False)


@given(periods, st.lists(periods, max_size=4))
def test_what_is_free_and_what_is_taken_make_the_whole_day_by_day(period, taken):
    free = uncovered(period, taken)
    for n in range(period.days):
        day = period.start + timedelta(n)
        is_taken = any(other.contains(day) for other in taken)
        assert any(part.contains(day) for part in free) is not is_taken


@given(periods, st.lists(periods, max_size=4))
def test_billing_what_is_free_leaves_nothing_to_bill(period, taken):
    free = uncovered(period, taken)
    assert disjoint(list(free)) == list(free)
    assert uncovered(period, [*taken, *free]) == ()


@pytest.mark.parametrize("taken", [[], [Period.month(2025, 12)], [Period.month(2026, 2)]])
def test_neighbours_take_nothing_away(taken):
    assert uncovered(Period.month(2026, 1), taken) == (Period.month(2026, 1),)
