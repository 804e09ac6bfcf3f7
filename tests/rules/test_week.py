"""The weekly review's days and what it calls a violation."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from arrears.team.rules.week import Kept, below_floor, best_keepers, days_of, last_meeting

FRIDAY = date(2026, 11, 20)
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@given(days)
def test_the_last_meeting_is_a_friday_within_the_week(on):
    meeting = last_meeting(on)
    assert meeting.weekday() == 4
    assert timedelta(0) <= on - meeting < timedelta(7)


@given(days)
def test_two_weeks_touch_without_a_gap_or_an_overlap(on):
    meeting = last_meeting(on)
    assert days_of(meeting).to_on + timedelta(1) == days_of(meeting + timedelta(7)).from_on


def test_two_contacts_a_week_are_asked_of_cases_that_were_open_all_week():
    week = days_of(FRIDAY)
    assert below_floor(opened_on=date(2026, 11, 13), contacts=1, days=week)
    assert not below_floor(opened_on=date(2026, 11, 13), contacts=2, days=week)
    assert not below_floor(opened_on=date(2026, 11, 14), contacts=0, days=week)


def test_a_rate_needs_promises_and_the_best_need_at_least_three():
    assert Kept("甲", 3, 2).rate == Decimal("66.67")
    assert Kept("甲", 0, 0).rate is None
    rows = [Kept("甲", 3, 2), Kept("乙", 2, 2), Kept("丙", 10, 7), Kept("丁", 5, 0)]
    assert [row.name for row in best_keepers(rows)] == ["丙", "甲"]
