"""Instalment plans: laws that hold for every total and every number of parts, and the examples of S9."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrears.relief.rules.applications import (
    Kind,
    Range,
    State,
    granter,
    lapses_on,
    may_follow,
    refuse_part,
    refuse_range,
)
from arrears.relief.rules.instalments import (
    LEAST_PART_FEN,
    PartState,
    Wanted,
    first_missed,
    is_kept,
    judge,
    refuse_wanted,
    schedule,
)
from values.period import add_months, month_end

SIGNED = date(2026, 3, 15)
totals = st.integers(min_value=LEAST_PART_FEN * 80, max_value=10**9)
wishes = st.builds(
    Wanted,
    st.integers(2, 36),
    st.dates(SIGNED, SIGNED + timedelta(62)),
    st.integers(0, 50),
)


@given(totals, wishes)
def test_the_parts_are_the_total_to_the_fen_and_the_last_takes_the_rest(total, wanted):
    parts = schedule(total, wanted, signed_on=SIGNED)
    monthly = [part.amount_fen for part in parts if part.number]
    assert sum(part.amount_fen for part in parts) == total
    assert len(monthly) == wanted.parts
    assert len(set(monthly[:-1])) == 1, "all but the last are equal"
    assert abs(monthly[-1] - monthly[0]) < wanted.parts
    assert min(part.amount_fen for part in parts) > 0


@given(totals, wishes)
def test_one_part_a_month_never_before_the_signing(total, wanted):
    days = [part.due_on for part in schedule(total, wanted, signed_on=SIGNED) if part.number]
    assert days[0] >= SIGNED
    assert days == sorted(set(days))
    assert {(day.year, day.month) for day in days} == {
        (day.year, day.month) for day in (add_months(days[0].replace(day=1), n) for n in range(wanted.parts))
    }
    if wanted.first_on == month_end(wanted.first_on):
        assert all(day == month_end(day) for day in days)


@given(totals, wishes, st.data())
def test_who_pays_every_part_on_its_day_keeps_it_and_who_misses_one_does_not(total, wanted, data):
    parts = schedule(total, wanted, signed_on=SIGNED)
    late = {part.number: data.draw(st.integers(0, 7)) for part in parts}
    paid = [(part.due_on + timedelta(late[part.number]), part.amount_fen) for part in parts]
    end = parts[-1].due_on + timedelta(60)
    assert is_kept(judge(parts, paid, grace_days=7, as_of=end))
    missed = data.draw(st.sampled_from(parts))
    short = [
        (on + timedelta(8) if part is missed else on, fen)
        for part, (on, fen) in zip(parts, paid, strict=True)
    ]
    on_time = [(part.due_on, part.amount_fen) for part in parts if part is not missed]
    assert first_missed(judge(parts, on_time, grace_days=7, as_of=end)) is not None
    assert sum(one.paid_fen for one in judge(parts, short, grace_days=7, as_of=end)) == total


@given(totals, wishes, st.lists(st.tuples(st.integers(0, 400), st.integers(1, 10**8)), max_size=6))
def test_what_is_judged_for_a_day_does_not_change_when_more_is_known_later(total, wanted, later):
    parts = schedule(total, wanted, signed_on=SIGNED)
    day = SIGNED + timedelta(90)
    known = [(SIGNED + timedelta(n), fen) for n, fen in later]
    until_then = [(on, fen) for on, fen in known if on <= day]
    assert judge(parts, known, grace_days=7, as_of=day) == judge(parts, until_then, grace_days=7, as_of=day)


def test_s9_breaks_on_the_eighth_day_after_the_missed_part():
    parts = schedule(524_372, Wanted(6, date(2026, 3, 31)), signed_on=SIGNED)
    paid = [(date(2026, 3, 31), 87_395), (date(2026, 4, 30), 87_395)]
    last = judge(parts, paid, grace_days=7, as_of=date(2026, 6, 7))
    assert [one.state for one in last][:3] == [PartState.PAID, PartState.PAID, PartState.GRACE]
    broken = first_missed(judge(parts, paid, grace_days=7, as_of=date(2026, 6, 8)))
    assert broken is not None
    assert broken.part.due_on == date(2026, 5, 31)


def test_money_that_bounced_counts_from_when_it_was_made_good():
    parts = schedule(200_000, Wanted(2, date(2026, 3, 31)), signed_on=SIGNED)
    bounced = [
        (date(2026, 3, 30), 100_000),
        (date(2026, 4, 2), -100_000),
        (date(2026, 4, 5), 100_000),
    ]
    (first, _second) = judge(parts, bounced, grace_days=7, as_of=date(2026, 4, 20))
    assert (first.state, first.paid_on) == (PartState.PAID_LATE, date(2026, 4, 5))


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (Wanted(1, SIGNED), "plan_parts"),
        (Wanted(37, SIGNED), "plan_parts"),
        (Wanted(6, SIGNED, 51), "plan_down"),
        (Wanted(6, SIGNED - timedelta(1)), "plan_first_day"),
        (Wanted(6, SIGNED + timedelta(63)), "plan_first_day"),
        (Wanted(36, SIGNED, 50), "plan_part_too_small"),
        (Wanted(12, SIGNED, 20), None),
    ],
)
def test_plans_that_nobody_can_mean_are_refused(wanted, code):
    refused = refuse_wanted(60_000, wanted, on=SIGNED)
    assert (refused.code if refused else None) == code


@pytest.mark.parametrize(
    ("asked", "kind", "code"),
    [
        (Range(SIGNED, SIGNED), Kind.DEFERRAL, None),
        (Range(SIGNED), Kind.HARDSHIP, None),
        (Range(SIGNED), Kind.DEFERRAL, "relief_needs_end"),
        (Range(SIGNED - timedelta(1), SIGNED), Kind.DEFERRAL, "relief_begins"),
        (Range(SIGNED, SIGNED - timedelta(1)), Kind.DEFERRAL, "relief_ends_first"),
        (Range(SIGNED, date(2029, 3, 16)), Kind.DEFERRAL, "relief_too_long"),
    ],
)
def test_days_that_nobody_can_mean_are_refused(asked, kind, code):
    refused = refuse_range(kind, asked, on=SIGNED)
    assert (refused.code if refused else None) == code


def test_twelve_months_are_the_managers_and_more_is_the_branchs():
    assert granter(Kind.DEFERRAL, from_on=SIGNED, last_on=date(2027, 3, 15)) == "project_manager"
    assert granter(Kind.DEFERRAL, from_on=SIGNED, last_on=date(2027, 3, 16)) == "branch_gm"
    assert granter(Kind.HARDSHIP, from_on=SIGNED, last_on=date(2028, 3, 15)) == "project_manager"


def test_one_person_never_fills_two_parts():
    assert refuse_part(1, asked_by=2, checked_by=3) is None
    assert refuse_part(2, asked_by=2, checked_by=3) is not None
    assert refuse_part(3, asked_by=2, checked_by=3) is not None
    assert refuse_part(1, asked_by=None) is None, "asked by the owner himself"


@given(st.sampled_from(State), st.sampled_from(State))
def test_what_has_ended_never_begins_again(state, wanted):
    if state not in (State.ASKED, State.CHECKED, State.APPROVED, State.RUNNING):
        assert not may_follow(state, wanted)
    assert not may_follow(state, State.ASKED)


def test_only_what_waits_lapses():
    told = {"asked_on": SIGNED, "sign_by": date(2026, 4, 1), "to_on": None}
    assert lapses_on(State.CHECKED, **told) == date(2026, 4, 15)
    assert lapses_on(State.APPROVED, **told) == date(2026, 4, 2)
    assert lapses_on(State.RUNNING, **told) is None
