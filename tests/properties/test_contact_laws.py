"""What holds of every call whatever the day, the hour, the tries before it and the quiet days around it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from arrears.cases.rules.classes import CallOutcome, is_effective
from arrears.cases.rules.contact import (
    Attempt,
    ContactLimits,
    floor_due_on,
    floor_in_danger,
    next_call,
    refuse_call,
)
from arrears.cases.rules.quiet import Span, quiet_with
from values.holidays import is_workday

DAYS = st.dates(date(2025, 1, 1), date(2029, 12, 31))
MOMENTS = st.builds(
    lambda day, minutes: datetime.combine(day, time()) + timedelta(minutes=minutes),
    DAYS,
    st.integers(0, 24 * 60 - 1),
)
LIMITS = st.builds(
    ContactLimits,
    attempts_per_day=st.integers(1, 3),
    effective_per_day=st.just(1),
    retry_gap_min=st.integers(30, 120),
)


@st.composite
def histories(draw):
    """A moment, the calls of the two days before it in order, and quiet days about it."""
    now = draw(MOMENTS)
    ago = sorted(draw(st.lists(st.integers(0, 2 * 24 * 60), max_size=6)), reverse=True)
    attempts = [
        Attempt(
            now - timedelta(minutes=minutes),
            draw(st.sampled_from(["landline", "mobile"])),
            draw(st.sampled_from(list(CallOutcome))),
        )
        for minutes in ago
    ]
    spans = [
        Span(now.date() + timedelta(first), now.date() + timedelta(first + length), "own")
        for first, length in draw(st.lists(st.tuples(st.integers(-10, 20), st.integers(0, 13)), max_size=3))
    ]
    return now, attempts, quiet_with(spans)


@given(histories(), LIMITS, st.booleans(), st.sampled_from([(True, True), (True, False), (False, True)]))
def test_the_promised_next_moment_is_never_refused(history, limits, alternate, phones):
    now, attempts, quiet = history
    landline, mobile = phones
    found = next_call(
        now, attempts=attempts, has_landline=landline, has_mobile=mobile, alternate=alternate, limits=limits,
        quiet=quiet,
    )  # fmt: skip
    assert found is not None
    assert found.at >= now
    refused = refuse_call(
        found.at, number_kind=found.number_kind, attempts=attempts, workday=is_workday(found.at.date()),
        alternate=alternate, limits=limits, quiet=quiet,
    )  # fmt: skip
    assert refused is None


@given(histories(), st.booleans(), st.sampled_from(["landline", "mobile"]))
def test_no_allowed_call_lies_outside_the_hours_on_a_quiet_day_or_beyond_the_ceilings(
    history, alternate, kind
):
    now, attempts, quiet = history
    refused = refuse_call(
        now, number_kind=kind, attempts=attempts, workday=is_workday(now.date()), alternate=alternate,
        quiet=quiet,
    )  # fmt: skip
    if refused is not None:
        assert refused.code
        return
    today = [one for one in attempts if one.at.date() == now.date()]
    assert time(9) <= now.time() < time(21)
    assert quiet(now.date()) is None
    assert len(today) < 3
    assert not any(is_effective(one.outcome) for one in today)
    assert not attempts or now - attempts[-1].at >= timedelta(minutes=30)


@given(histories(), st.booleans())
def test_whoever_wants_letters_only_is_never_called(history, alternate):
    now, attempts, quiet = history
    refused = refuse_call(
        now, number_kind="mobile", attempts=attempts, workday=True, alternate=alternate, written_only=True,
        quiet=quiet,
    )  # fmt: skip
    assert refused is not None
    assert refused.code == "written_only"


@given(DAYS, st.integers(0, 5))
def test_the_week_asks_for_its_second_contact_by_friday_and_never_in_the_past(day, made):
    due_on = floor_due_on(made, as_of=day)
    assert (due_on is None) == (made >= 2)
    if due_on is not None:
        assert due_on >= day
        assert due_on == day or due_on.weekday() <= 4
    assert not (made >= 2 and floor_in_danger(made, as_of=day))
