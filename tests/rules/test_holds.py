"""What stops the ladder, and what a promise may be."""

from datetime import date, timedelta

import pytest

from arrears.cases.rules import promises
from arrears.cases.rules.holds import (
    HOLD_RULES,
    CallsWhileHeld,
    Hold,
    HoldKind,
    LateFeeWhileHeld,
    freezes,
    strongest,
)

DAY = date(2026, 5, 31)


def frozen(kind: HoldKind, *, spoken: bool = False) -> list[int]:
    hold = Hold(kind)
    return [level for level in range(1, 10) if freezes(hold, level=level, spoken=spoken, as_of=DAY)]


def test_every_kind_of_hold_has_its_row():
    assert set(HOLD_RULES) == set(HoldKind)


@pytest.mark.parametrize(
    "kind", [HoldKind.DISPUTE, HoldKind.DEFERRAL, HoldKind.INSTALMENT, HoldKind.DATA_ERROR]
)
def test_most_holds_stop_every_rung(kind):
    assert frozen(kind) == list(range(1, 10))


def test_hardship_stops_after_the_demand_and_a_proceeding_leaves_only_the_courts_rungs():
    assert frozen(HoldKind.HARDSHIP) == [4, 5, 6, 7, 8, 9]
    assert frozen(HoldKind.LEGAL_PROCEEDING) == [1, 2, 3, 4, 5, 6, 7]


def test_who_asked_not_to_be_called_is_only_written_to():
    assert frozen(HoldKind.NO_CONTACT) == []
    assert frozen(HoldKind.NO_CONTACT, spoken=True) == list(range(1, 10))


def test_a_hold_stands_on_its_last_day_and_not_on_the_next():
    hold = Hold(HoldKind.DEFERRAL, DAY)
    assert freezes(hold, level=3, spoken=False, as_of=DAY)
    assert not freezes(hold, level=3, spoken=False, as_of=DAY + timedelta(1))


def test_deferral_and_plan_interrupt_limitation_and_suspend_the_late_fee_but_a_dispute_does_neither():
    for kind in (HoldKind.DEFERRAL, HoldKind.INSTALMENT):
        assert HOLD_RULES[kind].interrupts
        assert HOLD_RULES[kind].late_fee is LateFeeWhileHeld.SUSPENDED
        assert HOLD_RULES[kind].calls is CallsWhileHeld.REMINDER_ONLY
    assert not HOLD_RULES[HoldKind.DISPUTE].interrupts
    assert HOLD_RULES[HoldKind.DISPUTE].late_fee is LateFeeWhileHeld.DISPUTED_PART_FROZEN


def test_of_several_holds_the_one_that_stops_most_and_lasts_longest_stands():
    short, long = Hold(HoldKind.DISPUTE, DAY), Hold(HoldKind.DEFERRAL, DAY + timedelta(9))
    over = Hold(HoldKind.ESTATE, DAY - timedelta(1))
    assert strongest([Hold(HoldKind.NO_CONTACT), short, long, over], as_of=DAY) == long
    assert strongest([over], as_of=DAY) is None


def test_a_promise_needs_a_day_within_fifteen_days_and_there_are_at_most_two():
    def code(promised_on, earlier=0):
        refused = promises.refuse_promise(promised_on, made_on=DAY, earlier=earlier)
        return refused and refused.code

    assert code(None) == "promise_needs_date"
    assert code(DAY - timedelta(1)) == "promise_in_past"
    assert code(DAY) is None
    assert code(DAY + timedelta(15)) is None
    assert code(DAY + timedelta(16)) == "promise_too_far"
    assert code(DAY, earlier=1) is None
    assert code(DAY, earlier=2) == "too_many_promises"


def test_the_reminder_of_a_promise_comes_the_day_before_but_not_before_it_was_made():
    assert promises.reminder_on(DAY, made_on=DAY - timedelta(5)) == DAY - timedelta(1)
    assert promises.reminder_on(DAY, made_on=DAY - timedelta(1)) == DAY, "not twice on one day"
    assert promises.reminder_on(DAY, made_on=DAY) == DAY
