"""Points of an owner's standing: what they follow from, and that they never run away."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrears.cases.rules.standing import HIGHEST, START, Grade, Record, standing

TODAY = date(2026, 5, 1)
RECORDS = st.integers(0, 60).flatmap(
    lambda bills: st.builds(
        Record, st.just(bills), st.integers(0, bills), st.integers(0, 9), st.integers(0, 9),
        st.none() | st.integers(-900, 30).map(lambda days: TODAY + timedelta(days)),
    )
)  # fmt: skip


@pytest.mark.parametrize(
    ("record", "points", "grade"),
    [
        (Record(0, 0, 0, 0, None), 60, Grade.FAIR),
        (Record(24, 24, 0, 0, None), 100, Grade.VERY_GOOD),
        (Record(24, 12, 0, 0, None), 80, Grade.GOOD),
        (Record(24, 24, 0, 1, None), 90, Grade.VERY_GOOD),
        (Record(24, 0, 1, 0, TODAY - timedelta(30)), 60, Grade.FAIR),
        (Record(24, 0, 0, 0, TODAY - timedelta(91)), 30, Grade.TALK),
        (Record(24, 0, 0, 3, TODAY - timedelta(400)), 0, Grade.TALK),
    ],
)
def test_the_points_follow_from_what_was_counted(record, points, grade):
    found = standing(record, as_of=TODAY)
    assert (found.points, found.grade) == (points, grade)


@given(RECORDS)
def test_points_stay_between_nothing_and_a_hundred_and_every_line_says_why(record):
    found = standing(record, as_of=TODAY)
    assert 0 <= found.points <= HIGHEST
    assert found.lines[0].points == START
    assert all(line.because.code for line in found.lines)
    assert found == standing(record, as_of=TODAY)


@given(RECORDS)
def test_paying_what_is_open_never_lowers_a_standing(record):
    paid = standing(record._replace(oldest_due_on=None), as_of=TODAY)
    assert paid.points >= standing(record, as_of=TODAY).points


def test_only_a_good_standing_opens_offers_that_ask_for_one():
    assert standing(Record(24, 24, 0, 0, None), as_of=TODAY).may_have_offers
    assert not standing(Record(0, 0, 0, 0, None), as_of=TODAY).may_have_offers


@given(RECORDS)
def test_writing_a_debt_off_never_raises_a_standing(record):
    """At most what it cost while it stood open."""
    gone = record._replace(oldest_due_on=None, written_off_on=TODAY)
    assert standing(gone, as_of=TODAY).points <= standing(record, as_of=TODAY).points
