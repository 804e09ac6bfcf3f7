"""Laws of half-open periods and calendar steps."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from values.period import Period, add_months, month_end, month_start

days = st.dates(date(2000, 1, 1), date(2100, 12, 31))
periods = st.builds(lambda start, n: Period(start, start + timedelta(days=n)), days, st.integers(1, 800))


@given(periods)
def test_the_months_of_a_period_are_its_days_without_gap_or_overlap(period):
    pieces = period.months()
    assert pieces[0].start == period.start
    assert pieces[-1].end == period.end
    assert all(a.end == b.start for a, b in pairwise(pieces))
    assert all((p.start.year, p.start.month) == (p.last_day.year, p.last_day.month) for p in pieces)


@given(periods, periods)
def test_two_periods_overlap_exactly_when_they_share_days(a, b):
    both = a.intersect(b)
    assert a.overlaps(b) == (both is not None) == b.overlaps(a)
    if both is not None:
        assert all(x.contains(both.start) and x.contains(both.last_day) for x in (a, b))


@given(periods)
def test_a_period_survives_being_written_and_read(period):
    assert Period.parse(str(period)) == period


@given(days, st.integers(-600, 600))
def test_adding_months_keeps_the_day_or_takes_the_months_last(day, n):
    later = add_months(day, n)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == n
    assert later.day == day.day or (later.day < day.day and later == month_end(later))


@given(days)
def test_a_month_goes_from_its_first_to_its_last_day(day):
    assert Period.inclusive(month_start(day), month_end(day)) == Period.month(day.year, day.month)


def test_neighbours_do_not_overlap():
    assert not Period.month(2026, 1).overlaps(Period.month(2026, 2))


@pytest.mark.parametrize("end", [date(2026, 1, 1), date(2025, 12, 31)])
def test_an_empty_period_is_refused(end):
    with pytest.raises(ValueError, match="at least one day"):
        Period(date(2026, 1, 1), end)


@pytest.mark.parametrize("text", ["", "2026-01-01", "x..y", "2026-01-01..2026-01-01"])
def test_what_is_no_period_is_refused(text):
    with pytest.raises(ValueError):
        Period.parse(text)


@pytest.mark.parametrize(
    ("period", "label"),
    [
        (Period.month(2026, 1), "2026年1月"),
        (Period.of_months(date(2026, 1, 1), 3), "2026年1月至3月"),
        (Period.of_months(date(2025, 12, 1), 2), "2025年12月至2026年1月"),
        (Period(date(2026, 4, 18), date(2026, 5, 1)), "2026年4月18日至4月30日"),
        (Period(date(2025, 12, 18), date(2026, 1, 3)), "2025年12月18日至2026年1月2日"),
        (Period(date(2026, 4, 18), date(2026, 4, 19)), "2026年4月18日"),
    ],
)
def test_a_period_is_named_as_owners_read_it(period, label):
    assert period.label == label
