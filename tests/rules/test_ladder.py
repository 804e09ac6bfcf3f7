"""The ladder: each rung's gate by example, and its laws by search."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from arrears.cases.rules.holds import Hold, HoldKind
from arrears.cases.rules.ladder import DEFAULT_LADDER, Facts, Move, OpenStep, RungCode, decide, task_due_on
from arrears.cases.rules.steps import FOLLOWS, OPEN_STATES, StepState, refuse_event

DUE = date(2026, 1, 31)


def on(days: int) -> date:
    return DUE + timedelta(days)


def late(**changes) -> Facts:
    return Facts(7, 1, 252_024, DUE, anchor_on=DUE)._replace(**changes)


def walk(facts: Facts, days: int):
    return decide(facts, DEFAULT_LADDER, as_of=on(days))


def outcome(facts: Facts, days: int):
    decision = walk(facts, days)
    return decision.move, decision.because.code


def at_level(level: int, **changes) -> Facts:
    return late(level=level, taken_on=DUE, **changes)


def test_the_default_ladder_has_the_nine_rungs_in_order_with_their_first_days_and_approvers():
    assert [(r.level, r.code.value, r.min_days, r.period_days, r.approver) for r in DEFAULT_LADDER] == [
        (1, "REMINDER", 1, 0, None),
        (2, "CALL", 2, 0, None),
        (3, "DEMAND", 16, 15, None),
        (4, "VISIT", 31, 0, None),
        (5, "SECOND_DEMAND", 61, 15, "project_manager"),
        (6, "LEGAL_REVIEW", 91, 0, "branch_gm"),
        (7, "LAWYER_LETTER", 91, 15, "branch_gm"),
        (8, "COURT", 91, 0, "branch_gm"),
        (9, "ENFORCEMENT", 91, 0, None),
    ]
    assert [r.code for r in DEFAULT_LADDER] == list(RungCode)


def test_on_the_due_day_nobody_is_late_and_the_day_after_the_reminder_opens():
    assert outcome(late(), 0) == (Move.CLEAR, "nothing_overdue")
    assert walk(late(), 1).level == 1
    assert outcome(late(), 1) == (Move.OPEN, "days_overdue")


def test_a_paid_account_and_one_within_a_yuan_leave_the_ladder():
    assert outcome(at_level(5, overdue_fen=0), 80) == (Move.CLEAR, "nothing_overdue")
    assert outcome(at_level(5, overdue_fen=100), 80) == (Move.CLEAR, "within_tolerance")
    assert walk(at_level(5, overdue_fen=101), 80).move is not Move.CLEAR


def test_a_reminder_waits_until_it_is_handed_over_and_is_then_taken():
    step = OpenStep(1, on(1))
    assert outcome(late(open_step=step), 5) == (Move.STAY, "waiting_for_sending")
    sent = step._replace(state=StepState.SENT, sent_on=on(1))
    assert walk(late(open_step=sent), 5)[:2] == (Move.TAKE, 1)


def test_the_call_opens_on_the_second_day_after_the_reminder_was_taken():
    assert outcome(at_level(1, last_opened_on=on(1)), 1) == (Move.STAY, "one_rung_a_day")
    assert walk(at_level(1, last_opened_on=on(1)), 2)[:2] == (Move.OPEN, 2)


def test_seven_days_of_failed_tries_count_as_unreachable():
    facts = at_level(1, open_step=OpenStep(2, on(2)), call_tried_since=on(3))
    assert outcome(facts, 9) == (Move.STAY, "waiting_for_call")
    assert walk(facts, 9).because.params["next_on"] == on(10).isoformat()
    assert walk(facts, 10)[:2] == (Move.TAKE, 2)
    assert outcome(facts._replace(call_tried_since=None), 40) == (Move.STAY, "waiting_for_call")


def test_the_demand_opens_on_the_sixteenth_day():
    assert outcome(at_level(2), 15) == (Move.STAY, "too_early")
    assert walk(at_level(2), 15).because.params == {"rung": "DEMAND", "next_on": on(16).isoformat()}
    assert outcome(at_level(2), 16) == (Move.OPEN, "days_overdue")


def test_days_late_are_since_the_due_day_and_those_that_do_not_count_are_named():
    """A bill delivered late lets the demand wait; nobody reads two numbers of days without a word."""
    reason = walk(at_level(2, anchor_on=on(103)), 103 + 740).because
    assert (reason.code, reason.params["days"], reason.params["counted"]) == ("days_counted", 843, 740)
    assert reason.params["from_on"] == on(103).isoformat()


def test_a_promise_holds_to_its_last_day_and_when_broken_opens_the_demand_after_the_call_window():
    facts = at_level(2, promised_on=on(8))
    assert outcome(facts, 8) == (Move.HOLD, "promised")
    assert outcome(facts, 9) == (Move.STAY, "too_early")
    assert outcome(facts, 10) == (Move.OPEN, "promise_broken")


def test_three_past_due_months_open_the_demand_at_once_but_two_do_not():
    assert outcome(at_level(2, past_due_months=3), 3) == (Move.OPEN, "months_overdue")
    assert outcome(at_level(2, past_due_months=2), 3) == (Move.STAY, "too_early")


def test_no_short_cut_passes_by_the_call():
    facts = at_level(1, past_due_months=9, promised_on=on(3), open_step=OpenStep(2, on(2)))
    assert outcome(facts, 30) == (Move.STAY, "waiting_for_call")


def test_from_the_demand_on_days_count_from_the_anchor_of_a_bill_that_came_late():
    facts = at_level(2, anchor_on=on(20))
    assert walk(facts, 35).because.params["next_on"] == on(36).isoformat()
    assert walk(facts, 36).move is Move.OPEN
    assert outcome(at_level(2, anchor_on=None), 200) == (Move.STAY, "bill_not_delivered")
    assert walk(at_level(0, anchor_on=None), 1).move is Move.OPEN


def test_the_visit_waits_for_the_demands_delivery_and_the_day_after_its_fifteen_days():
    printed = at_level(2, open_step=OpenStep(3, on(16), StepState.SENT, on(17)))
    assert outcome(printed, 60) == (Move.STAY, "waiting_for_delivery")
    delivered = at_level(3, delivered_on=on(20), last_opened_on=on(16))
    assert outcome(delivered, 35) == (Move.STAY, "period_runs")
    assert walk(delivered, 35).because.params["next_on"] == on(36).isoformat()
    assert walk(delivered, 36)[:2] == (Move.OPEN, 4)
    early = at_level(3, delivered_on=on(4))
    assert walk(early, 19).because.params["next_on"] == on(31).isoformat()
    assert outcome(early, 30) == (Move.STAY, "too_early")


def test_a_signed_plan_stands_for_the_demand_although_no_paper_was_delivered():
    assert outcome(late(level=3, taken_on=None), 60) == (Move.STAY, "waiting_for_delivery")
    assert walk(late(level=3, taken_on=on(40)), 56)[:2] == (Move.OPEN, 4)


def test_the_second_demand_is_proposed_and_waits_for_the_project_manager():
    decision = walk(at_level(4), 61)
    assert decision[:2] == (Move.OPEN, 5)
    assert DEFAULT_LADDER[4].opens_as() is StepState.PROPOSED
    assert DEFAULT_LADDER[2].opens_as() is StepState.DUE
    asked = at_level(4, open_step=OpenStep(5, on(61), StepState.PROPOSED))
    assert outcome(asked, 70) == (Move.STAY, "waiting_for_approval")
    assert walk(asked, 70).because.params["role"] == "project_manager"
    signed = at_level(4, open_step=OpenStep(5, on(61), StepState.APPROVED), approved=True)
    assert outcome(signed, 70) == (Move.STAY, "waiting_for_delivery")


def test_a_rejected_rung_is_proposed_again_only_after_thirty_days():
    facts = at_level(4, rejected_on=on(62))
    assert outcome(facts, 91) == (Move.STAY, "rejected")
    assert walk(facts, 92)[:2] == (Move.OPEN, 5)


def test_the_review_opens_beyond_ninety_days_and_is_taken_by_the_general_managers_decision():
    facts = at_level(5, delivered_on=on(65))
    assert outcome(facts, 90) == (Move.STAY, "too_early")
    assert walk(facts, 91)[:2] == (Move.OPEN, 6)
    approved = at_level(5, open_step=OpenStep(6, on(91), StepState.APPROVED))
    assert walk(approved, 95)[:2] == (Move.TAKE, 6)


def test_enforcement_waits_for_an_effective_instrument_that_stays_unpaid():
    assert outcome(at_level(8), 200) == (Move.STAY, "waiting_for_instrument")
    assert outcome(at_level(8, instrument_due_on=on(200)), 200) == (Move.STAY, "period_runs")
    assert walk(at_level(8, instrument_due_on=on(200)), 201)[:2] == (Move.OPEN, 9)
    assert outcome(at_level(9), 500) == (Move.STAY, "top_of_ladder")


def test_an_open_step_left_above_a_fallen_level_does_not_hide_the_next_rung():
    assert walk(at_level(1, open_step=OpenStep(6, on(-5))), 2)[:2] == (Move.OPEN, 2)


def test_the_call_is_due_by_the_third_day_and_never_before_it_was_opened():
    call = DEFAULT_LADDER[1]
    assert task_due_on(late(), call, opened_on=on(2)) == on(3)
    assert task_due_on(late(), call, opened_on=on(9)) == on(9)


def test_a_step_event_follows_only_what_the_table_allows():
    assert refuse_event(None, StepState.PROPOSED) is None
    assert refuse_event(None, StepState.TAKEN).code == "step_event_out_of_order"
    assert refuse_event(StepState.PROPOSED, StepState.SENT).code == "step_event_out_of_order"
    assert refuse_event(StepState.SENT, StepState.SENT) is None
    assert not FOLLOWS[StepState.REJECTED]
    assert not FOLLOWS[StepState.VOID]
    assert {state for state, after in FOLLOWS.items() if state and StepState.TAKEN in after} <= OPEN_STATES


days = st.integers(-30, 400).map(on)
maybe_day = st.none() | days
open_steps = st.builds(OpenStep, st.integers(1, 9), days, st.sampled_from(sorted(OPEN_STATES)), maybe_day)
holds = st.builds(Hold, st.sampled_from(list(HoldKind)), maybe_day)
facts_of_any_kind = st.builds(
    Facts,
    st.just(7),
    st.none() | st.just(1),
    st.integers(-1, 300_000),
    maybe_day,
    maybe_day,
    st.integers(0, 12),
    st.integers(0, 9),
    maybe_day,
    maybe_day,
    st.none() | open_steps,
    maybe_day,
    st.none() | holds,
    st.booleans(),
    maybe_day,
    maybe_day,
    maybe_day,
    maybe_day,
)


@given(facts_of_any_kind, days)
def test_a_decision_climbs_one_rung_or_none_and_always_gives_a_reason(facts, as_of):
    decision = decide(facts, DEFAULT_LADDER, as_of=as_of)
    expected = {Move.CLEAR: 0, Move.OPEN: facts.level + 1, Move.TAKE: facts.level + 1}
    assert decision.level == expected.get(decision.move, facts.level)
    assert decision.because.code
    assert all(value is None or type(value) in (str, int) for value in decision.because.params.values())


@given(facts_of_any_kind, days)
def test_a_full_hold_freezes_the_ladder_on_every_day_up_to_its_last(facts, as_of):
    held = facts._replace(hold=Hold(HoldKind.DISPUTE, as_of))
    assert decide(held, DEFAULT_LADDER, as_of=as_of).move in (Move.CLEAR, Move.HOLD)


@given(facts_of_any_kind, days)
def test_leaving_a_hold_never_raises_the_level_by_more_than_one_rung(facts, as_of):
    held = facts._replace(hold=Hold(HoldKind.DEFERRAL, as_of - timedelta(1)))
    assert decide(held, DEFAULT_LADDER, as_of=as_of).level <= facts.level + 1


@given(facts_of_any_kind, days)
def test_two_rungs_never_open_on_one_day(facts, as_of):
    opened = facts._replace(last_opened_on=as_of)
    assert decide(opened, DEFAULT_LADDER, as_of=as_of).move is not Move.OPEN


@given(facts_of_any_kind, days)
def test_no_rung_opens_while_its_own_step_is_open(facts, as_of):
    pending = facts._replace(open_step=OpenStep(facts.level + 1, as_of - timedelta(1)))
    assert decide(pending, DEFAULT_LADDER, as_of=as_of).move is not Move.OPEN


@given(facts_of_any_kind, days)
def test_what_a_stay_names_as_the_next_day_is_the_first_on_which_it_can_change(facts, as_of):
    decision = decide(facts, DEFAULT_LADDER, as_of=as_of)
    if decision.move is not Move.STAY or "next_on" not in decision.because.params:
        return
    next_on = date.fromisoformat(str(decision.because.params["next_on"]))
    assert next_on > as_of
    assert decide(facts, DEFAULT_LADDER, as_of=next_on).because != decision.because
    day = as_of
    while day < min(next_on, as_of + timedelta(40)):
        assert decide(facts, DEFAULT_LADDER, as_of=day).move not in (Move.OPEN, Move.TAKE)
        day += timedelta(1)


def _obey(facts: Facts, as_of: date, world) -> Facts:
    """The world does at once what the walk asks for, or leaves it lying, as `world` draws."""
    decision = decide(facts, DEFAULT_LADDER, as_of=as_of)
    if decision.move is Move.OPEN:
        state = DEFAULT_LADDER[decision.level - 1].opens_as()
        return facts._replace(open_step=OpenStep(decision.level, as_of, state), last_opened_on=as_of)
    if facts.open_step is not None and world.draw(st.booleans()):
        return facts._replace(
            level=facts.open_step.level,
            taken_on=as_of,
            delivered_on=as_of,
            open_step=None,
            call_tried_since=None,
        )
    return facts


@settings(max_examples=50)
@given(st.data())
def test_a_year_of_days_takes_every_rung_in_order_and_none_before_its_day(world):
    facts, seen = late(instrument_due_on=on(150)), [0]
    for day in range(1, 366):
        before = facts
        facts = _obey(facts, on(day), world)
        if facts.level != before.level:
            seen.append(facts.level)
            assert day >= DEFAULT_LADDER[facts.level - 1].min_days
    assert seen == list(range(len(seen)))


def test_when_every_step_is_taken_on_its_day_each_rung_opens_on_its_first_possible_day():
    facts, opened = late(instrument_due_on=on(150)), {}
    for day in range(1, 200):
        decision = walk(facts, day)
        if decision.move is Move.OPEN:
            opened[decision.level] = day
            facts = facts._replace(
                level=decision.level, taken_on=on(day), delivered_on=on(day), last_opened_on=on(day)
            )
    assert opened == {1: 1, 2: 2, 3: 16, 4: 32, 5: 61, 6: 91, 7: 92, 8: 108, 9: 151}
