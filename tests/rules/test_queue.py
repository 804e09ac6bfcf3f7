"""The order of the desk: urgency before value, and never a tie that falls differently on another day's reading."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from arrears.cases.rules.classes import CaseClass
from arrears.cases.rules.queue import CHECK, Waiting, place

MONDAY, THURSDAY = date(2026, 5, 11), date(2026, 5, 14)
CALLS = st.builds(
    Waiting, st.sampled_from(["CALL", CHECK]), st.just(MONDAY), st.integers(101, 10**7), st.integers(1, 900),
    st.sampled_from(["", *(one.value for one in CaseClass)]),
    st.none() | st.integers(-20, 20).map(lambda days: MONDAY + timedelta(days)), st.integers(0, 5),
)  # fmt: skip


def key(as_of=MONDAY, **given):
    call = Waiting("CALL", as_of, 10_000, 20, "B_UNDECIDED", None, 2)
    return place(call._replace(**given), as_of=as_of).key


def test_a_broken_promise_comes_before_everything_and_the_longest_broken_first():
    broken = [key(promised_on=MONDAY - timedelta(days), overdue_fen=days) for days in (9, 2)]
    assert broken == sorted(broken)
    assert broken[-1] < key(promised_on=MONDAY) < key(kind=CHECK) < key(overdue_fen=10**7)


def test_the_weeks_floor_is_urgent_only_when_every_day_is_needed():
    assert key(MONDAY, contacts=0)[0] == 5
    assert key(THURSDAY, contacts=0)[0] == 4
    assert key(THURSDAY, contacts=1)[0] == 5


def test_among_equals_the_greater_amount_and_then_the_older_debt():
    assert key(overdue_fen=20_000) < key(overdue_fen=10_000, days_late=400)
    assert key(days_late=60) < key(days_late=30)


@given(CALLS)
def test_every_place_has_a_reason_and_the_same_call_the_same_place(call):
    found = place(call, as_of=MONDAY)
    assert found.because.code.startswith("queue_")
    assert found == place(call, as_of=MONDAY)
