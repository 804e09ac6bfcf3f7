"""Classes A to E: what was heard on the phone, and what follows."""

from datetime import date, timedelta

import pytest

from arrears.cases.rules.classes import (
    CallOutcome,
    CaseClass,
    NextStep,
    Try,
    after_broken_promise,
    classify,
    is_effective,
    takes_the_call,
)

DAY = date(2026, 5, 11)
O = CallOutcome  # noqa: E741


@pytest.mark.parametrize(
    ("outcome", "case_class", "next_step", "in_days"),
    [
        (O.CONNECTED_UNDECIDED, CaseClass.B, NextStep.CALL_DAILY, 1),
        (O.CONNECTED_REFUSED, CaseClass.E, NextStep.REPORT_TO_TEAM_LEAD, 0),
        (O.CONNECTED_REMOTE, CaseClass.D, NextStep.CALL_GUIDE_REMOTE_PAYMENT, 1),
        (O.NO_ANSWER, CaseClass.B, NextStep.CALL_DAILY, 1),
        (O.BUSY, CaseClass.B, NextStep.CALL_DAILY, 1),
        (O.POWERED_OFF, CaseClass.B, NextStep.CALL_DAILY, 1),
        (O.NO_SIGNAL, CaseClass.B, NextStep.CALL_DAILY, 1),
        (O.SUSPENDED, CaseClass.C, NextStep.TRACE_NUMBER_AND_VISIT, 0),
        (O.VOID, CaseClass.C, NextStep.TRACE_NUMBER_AND_VISIT, 0),
        (O.WRONG_NUMBER, CaseClass.C, NextStep.TRACE_NUMBER_AND_VISIT, 0),
    ],
)
def test_an_outcome_proposes_its_class_and_next_step(outcome, case_class, next_step, in_days):
    proposed = classify(outcome, called_on=DAY)
    assert (proposed.case_class, proposed.next_step) == (case_class, next_step)
    assert proposed.next_on == DAY + timedelta(in_days)


def test_every_outcome_is_classified():
    for outcome in CallOutcome:
        assert classify(outcome, called_on=DAY, promised_on=DAY).next_on >= DAY


def test_a_promise_makes_class_a_and_is_reminded_the_day_before():
    proposed = classify(O.CONNECTED_PROMISED, called_on=DAY, promised_on=DAY + timedelta(7))
    assert (proposed.case_class, proposed.next_on) == (CaseClass.A, DAY + timedelta(6))


def test_class_a_without_a_day_is_invalid():
    with pytest.raises(ValueError, match="promised day"):
        classify(O.CONNECTED_PROMISED, called_on=DAY)


def test_who_says_he_has_paid_is_left_alone_for_one_day_while_it_is_checked():
    proposed = classify(O.CONNECTED_CLAIMS_PAID, called_on=DAY)
    assert proposed.case_class is None
    assert (proposed.next_step, proposed.hold_until) == (NextStep.CHECK_PAYMENT, DAY + timedelta(1))


def test_a_third_party_is_no_effective_contact_and_changes_no_class():
    assert classify(O.CONNECTED_THIRD_PARTY, called_on=DAY).case_class is None
    assert not is_effective(O.CONNECTED_THIRD_PARTY)


def off(*days: int) -> list[Try]:
    return [Try(DAY - timedelta(n), O.POWERED_OFF) for n in days]


@pytest.mark.parametrize(
    ("earlier", "expected"),
    [
        (off(7, 5, 3, 1), CaseClass.C),
        (off(6, 5, 3, 1), CaseClass.B),
        (off(7, 5, 3), CaseClass.B),
        ([*off(9, 8, 7), Try(DAY - timedelta(6), O.NO_ANSWER), *off(1)], CaseClass.B),
    ],
    ids=["five in seven days", "only six days", "only four tries", "broken by an unanswered ring"],
)
def test_switched_off_five_times_over_seven_days_becomes_unreachable(earlier, expected):
    assert classify(O.POWERED_OFF, called_on=DAY, earlier=earlier).case_class is expected


def test_a_unit_not_taken_over_is_class_e_whatever_was_said():
    assert classify(O.CONNECTED_UNDECIDED, called_on=DAY, not_taken_over=True).case_class is CaseClass.E


def test_a_broken_promise_goes_back_to_b_with_a_flag_and_a_demand_to_prepare():
    broken = after_broken_promise(DAY)
    assert (broken.case_class, broken.promise_broken) == (CaseClass.B, True)
    assert (broken.next_step, broken.next_on) == (NextStep.PREPARE_DEMAND, DAY + timedelta(1))


def test_the_call_rung_is_taken_by_a_talk_or_a_dead_number_and_not_by_a_failed_try():
    tries = {O.NO_ANSWER, O.BUSY, O.POWERED_OFF, O.NO_SIGNAL, O.CONNECTED_THIRD_PARTY}
    assert {outcome for outcome in CallOutcome if not takes_the_call(outcome)} == tries


@pytest.mark.parametrize("outcome", [O.NO_ANSWER, O.BUSY, O.POWERED_OFF, O.NO_SIGNAL])
@pytest.mark.parametrize(
    ("klass", "proposed"),
    [("", CaseClass.B), ("B_UNDECIDED", CaseClass.B), ("A_PROMISED", CaseClass.B), ("C_UNREACHABLE", None),
     ("D_REMOTE", None), ("E_REFUSED", None)],
)  # fmt: skip
def test_a_call_that_nobody_took_tells_nothing_new(outcome, klass, proposed):
    found = classify(outcome, called_on=DAY, klass=klass)
    assert (found.case_class, found.next_on) == (proposed, DAY + timedelta(1))
