"""A disputed amount is in no figure, all of a debt disputed closes no case, and tickets have their days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrears.cases.rules.day import Standing, walk_one
from arrears.cases.rules.disputes import left_undisputed, refuse_part
from arrears.cases.rules.holds import HOLD_RULES, Ending, HoldKind, HowItEnds, refuse_end
from arrears.cases.rules.ladder import DEFAULT_LADDER, Facts, Move, OpenStep, decide
from arrears.cases.rules.steps import StepState
from arrears.relief.rules.tickets import (
    MOST_WORKDAYS,
    WORKDAYS,
    Department,
    after_workdays,
    deadline,
    refuse_deadline,
)
from values.holidays import is_workday

DUE = date(2026, 1, 31)
LATE = Facts(7, 1, 252_024, DUE, anchor_on=DUE)
money = st.integers(min_value=0, max_value=10**9)


@given(money, money, money)
def test_what_is_left_is_never_more_than_what_is_owed_and_never_less_than_nothing(unpaid, fee, disputed):
    left = left_undisputed(unpaid, fee, disputed_fen=disputed)
    assert left.unpaid_fen == max(unpaid - disputed, 0)
    assert 0 <= left.late_fee_fen <= fee
    assert left.late_fee_fen == fee or disputed or not unpaid


@given(money, money)
def test_without_a_dispute_nothing_changes(unpaid, fee):
    left = left_undisputed(unpaid, fee, disputed_fen=0)
    assert left == (unpaid, fee if unpaid else 0)


@pytest.mark.parametrize(
    ("fen", "unpaid", "code"),
    [
        (None, 100, None),
        (100, 50, None),
        (0, 50, "dispute_of_nothing"),
        (101, 50, "dispute_of_too_much"),
        (None, 0, "dispute_of_paid"),
    ],
)
def test_an_amount_is_of_the_charge_and_something_of_it_is_unpaid(fen, unpaid, code):
    found = refuse_part(fen, charged_fen=100, unpaid_fen=unpaid)
    assert (found and found.code) == code


def test_when_all_of_it_is_disputed_the_case_waits_instead_of_closing():
    facts = LATE._replace(overdue_fen=0, oldest_due_on=None, anchor_on=None, disputed=True, level=3)
    found = decide(facts, DEFAULT_LADDER, as_of=DUE + timedelta(40))
    assert (found.move, found.level, found.because.code) == (Move.HOLD, 3, "all_disputed")
    cleared = decide(facts._replace(disputed=False), DEFAULT_LADDER, as_of=DUE + timedelta(40))
    assert cleared.move is Move.CLEAR


def test_an_open_rung_is_taken_back_only_when_nothing_undisputed_is_left_of_it():
    step = OpenStep(3, DUE + timedelta(16))
    on = DUE + timedelta(20)
    part = LATE._replace(level=2, open_step=step, disputed=True, taken_on=on, last_opened_on=step.opened_on)
    stands = walk_one(Standing(part, 11, 11, (11, 12)), DEFAULT_LADDER, as_of=on)
    assert stands.events == ()
    gone = part._replace(overdue_fen=0, oldest_due_on=None, anchor_on=None)
    outcome = walk_one(Standing(gone, None, None, (11,)), DEFAULT_LADDER, as_of=on)
    (event,) = outcome.events
    assert (event.event, event.because.code) == (StepState.VOID, "all_disputed_drops")
    assert outcome.clear is None


@pytest.mark.parametrize("kind", [HoldKind.ESTATE, HoldKind.INSOLVENCY, HoldKind.GUARDIAN])
def test_who_cannot_speak_for_himself_is_left_alone_until_somebody_does(kind):
    rule = HOLD_RULES[kind]
    assert (rule.proof, rule.ends, rule.calls) == (True, HowItEnds.REPRESENTATIVE, "NONE")
    assert rule.clock == "MAY_STAND_STILL"
    assert not rule.interrupts


@pytest.mark.parametrize("kind", list(HoldKind))
def test_no_hold_ends_without_a_reason(kind):
    assert refuse_end(kind, Ending(" ", "李梅", True, True, True)).code == "hold_end_needs_reason"


@pytest.mark.parametrize(
    ("kind", "said", "code"),
    [
        (HoldKind.NO_CONTACT, Ending("x"), "hold_end_needs_approval"),
        (HoldKind.NO_CONTACT, Ending("x", approved=True), None),
        (HoldKind.DATA_ERROR, Ending("x"), "hold_needs_corrected_bill"),
        (HoldKind.DATA_ERROR, Ending("x", nothing_wrong=True), None),
        (HoldKind.HANDOVER, Ending("x"), None),
    ],
)
def test_each_kind_ends_in_its_own_way(kind, said, code):
    found = refuse_end(kind, said)
    assert (found and found.code) == code


@given(st.dates(date(2024, 1, 1), date(2026, 12, 1)), st.integers(1, 20))
def test_so_many_working_days_lie_between(start, days):
    end = after_workdays(start, days)
    between = [start + timedelta(n) for n in range(1, (end - start).days + 1)]
    assert sum(map(is_workday, between)) == days
    assert is_workday(end)


@given(st.sampled_from(Department), st.dates(date(2024, 1, 1), date(2026, 12, 1)))
def test_every_department_answers_within_fifteen_working_days(department, opened_on):
    assert WORKDAYS[department] <= MOST_WORKDAYS
    assert refuse_deadline(deadline(department, opened_on), opened_on=opened_on, as_of=opened_on) is None
