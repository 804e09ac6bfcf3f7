"""Outcomes, doubled interest, the ten working days, and what may hang on a board."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrears.legal.rules.court import doubled_interest
from arrears.legal.rules.interest import PaidOn, doubled_interest_until
from arrears.legal.rules.outcomes import Ending, Outcome, outcome
from arrears.legal.rules.public import LEAST, Home, Level, groups, masked, refuse_days, refuse_level, rooms
from arrears.legal.rules.review import decide_by
from values.holidays import is_workday

DAY = date(2026, 5, 1)
O = Outcome  # noqa: E741


@pytest.mark.parametrize(
    ("ending", "expected"),
    [
        (Ending("PAID", 100), O.PAID),
        (Ending("WITHIN_TOLERANCE", 100), O.PAID),
        (Ending("PAID", 100, planned=True), O.PLAN),
        (Ending("PAID", 100, settled=True, planned=True), O.SETTLED),
        (Ending("PAID", 100, in_force=True, settled=True), O.JUDGMENT),
        (Ending("WRITTEN_OFF", 100, in_force=True), O.WRITTEN_OFF),
        (Ending("PAID", 0), O.WITHDRAWN),
    ],
)
def test_how_a_case_ended(ending, expected):
    assert outcome(ending) is expected


def test_doubled_interest_of_the_worked_scenario():
    assert doubled_interest_until(1_865_040, [], perform_by=DAY, as_of=DAY + timedelta(90)) == 29_374


@given(
    st.integers(1, 10**8),
    st.lists(st.tuples(st.integers(-30, 400), st.integers(1, 10**6)), max_size=4),
    st.integers(0, 400),
)
def test_payments_only_ever_lower_doubled_interest_and_never_below_nothing(award, paid, days):
    events = [PaidOn(DAY + timedelta(n), fen) for n, fen in paid]
    found = doubled_interest_until(award, events, perform_by=DAY, as_of=DAY + timedelta(days))
    assert 0 <= found <= doubled_interest(award, days=days)


@given(st.dates(date(2025, 1, 1), date(2026, 12, 1)))
def test_a_review_is_decided_on_the_tenth_working_day(asked_on):
    last_on = decide_by(asked_on)
    days = [asked_on + timedelta(n) for n in range(1, (last_on - asked_on).days + 1)]
    assert sum(map(is_workday, days)) == 10
    assert is_workday(last_on)


homes = st.lists(
    st.builds(
        Home, st.integers(1, 99), st.sampled_from("123"), st.sampled_from(["", "1"]),
        st.sampled_from(["101", "1602", "1702"]), st.integers(1, 9),
    )
)  # fmt: skip


@given(homes, st.dictionaries(st.sampled_from("123"), st.integers(1, 20)))
def test_no_group_is_so_small_or_so_whole_that_somebody_is_recognised(owing, units):
    for group in groups(owing, units):
        assert LEAST <= group.unpaid < group.units


@given(homes, homes, st.sampled_from([Level.L0, Level.L1]))
def test_a_masked_room_stands_for_three_homes_at_least_and_names_nobody(owing, others, level):
    everybody = [*owing, *others]
    alike = [masked(home) for home in everybody]
    for room in rooms(owing, everybody, level):
        assert alike.count(room) >= LEAST


@pytest.mark.parametrize(
    ("level", "allowed", "code"),
    [
        (Level.L0, None, None),
        (Level.L1, None, "level_not_allowed"),
        (Level.L1, "L0", "level_not_allowed"),
        (Level.L1, "L1", None),
        (Level.L2, "L1", "level_not_allowed"),
        (Level.L2, "L2", None),
    ],
)
def test_the_city_decides_how_far_a_notice_goes(level, allowed, code):
    found = refuse_level(level, allowed)
    assert (found and found.code) == code


def test_a_notice_hangs_seven_days_at_most_and_not_before_today():
    assert refuse_days(DAY, DAY + timedelta(6), as_of=DAY) is None
    assert refuse_days(DAY, DAY + timedelta(7), as_of=DAY).code == "posted_too_long"
    assert refuse_days(DAY, DAY, as_of=DAY + timedelta(1)).code == "posted_before_today"
