"""One account on one day: what the world has taken, what has become pointless, and one decision."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from arrears.cases.rules.coverage import OPENING, LateCharge, charges_of
from arrears.cases.rules.day import Standing, walk_one
from arrears.cases.rules.day_input import read_day
from arrears.cases.rules.ladder import DEFAULT_LADDER, OpenStep
from arrears.cases.rules.steps import FOLLOWS, StepState, refuse_event
from arrears.cases.rules.world import Paper, PaperState
from tests.rules.test_ladder import DUE, at_level, days, facts_of_any_kind, late, on


def walk(standing: Standing, day: int):
    return walk_one(standing, DEFAULT_LADDER, as_of=on(day))


def kinds(outcome):
    return [(event.event.value, event.level, event.because.code) for event in outcome.events]


def waiting(level: int, state: PaperState, **paper) -> Standing:
    """An account whose next rung has a notice in the outbox."""
    facts = at_level(level - 1, open_step=OpenStep(level, on(1)), last_opened_on=on(1))
    return Standing(facts, 11, 11, [11], Paper(state, **paper))


def test_a_reminder_that_went_out_is_taken_and_the_call_opens_on_the_same_day():
    outcome = walk(waiting(1, PaperState.SENT, sent_on=on(1)), 2)
    assert kinds(outcome) == [("TAKEN", 1, "handed_over")]
    assert outcome.opening.rung.level == 2


def test_a_dead_number_or_an_unknown_fate_does_not_hold_up_the_ladder():
    assert kinds(walk(waiting(1, PaperState.FAILED, reason="mailbox_refused"), 2)) == [
        ("TAKEN", 1, "no_channel")
    ]
    assert kinds(walk(waiting(1, PaperState.UNKNOWN), 2)) == [("TAKEN", 1, "handed_over")]
    assert kinds(walk(waiting(1, PaperState.SENDING), 2)) == []


def test_a_withdrawn_demand_is_void_and_comes_again():
    outcome = walk(waiting(3, PaperState.WITHDRAWN, reason="paid"), 20)
    assert kinds(outcome) == [("VOID", 3, "withdrawn")]
    assert outcome.opening.rung.level == 3


def test_a_demand_is_taken_on_the_day_of_its_delivery_not_of_the_walk():
    outcome = walk(waiting(3, PaperState.DELIVERED, gates_open_on=on(17)), 20)
    assert [(event.event, event.on) for event in outcome.events] == [(StepState.TAKEN, on(17))]
    assert outcome.decision.because.code == "period_runs"
    assert outcome.decision.because.params["delivered_on"] == on(17).isoformat()


def test_a_delivery_that_opens_no_gate_takes_nothing():
    assert kinds(walk(waiting(3, PaperState.DELIVERED), 40)) == []


def test_a_step_about_what_was_paid_is_void_and_the_ladder_starts_where_the_documents_end():
    facts = at_level(0, open_step=OpenStep(4, on(31)), last_opened_on=on(31))
    outcome = walk(Standing(facts, 12, 12, [11]), 40)
    assert kinds(outcome) == [("VOID", 4, "no_longer_covers")]
    assert outcome.opening.rung.level == 1


def test_a_letter_delivered_for_a_debt_that_is_gone_is_recorded_but_raises_nothing():
    facts = at_level(2, open_step=OpenStep(3, on(16)), last_opened_on=on(16))
    standing = Standing(facts, 12, 12, [11], Paper(PaperState.DELIVERED, gates_open_on=on(18)))
    outcome = walk(standing, 20)
    assert kinds(outcome) == [("TAKEN", 3, "delivered")]
    assert outcome.facts.level == 2
    assert outcome.opening.rung.level == 3


def test_whoever_paid_leaves_with_the_open_step_void():
    facts = at_level(1, overdue_fen=0, oldest_due_on=None, open_step=OpenStep(2, on(2)))
    outcome = walk(Standing(facts, None, None, [11]), 5)
    assert kinds(outcome) == [("VOID", 2, "nothing_overdue")]
    assert outcome.clear.code == "nothing_overdue"
    assert outcome.opening is None


papers = st.none() | st.builds(
    Paper, st.sampled_from(list(PaperState)), st.none() | days, st.none() | days, st.just("")
)
ids = st.none() | st.integers(1, 3)


@given(facts_of_any_kind, ids, ids, st.lists(st.integers(1, 3)), papers, days)
def test_a_day_follows_the_table_of_events_and_opens_one_rung_at_most(
    facts, oldest, formal, about, paper, as_of
):
    standing = Standing(facts, oldest, formal, about, paper)
    outcome = walk_one(standing, DEFAULT_LADDER, as_of=as_of)
    state = facts.open_step.state if facts.open_step else None
    for event in outcome.events:
        assert refuse_event(state, event.event) is None or state is StepState.PROPOSED
        state = event.event
    if outcome.opening is not None:
        assert outcome.clear is None
        assert outcome.facts.open_step is None or outcome.facts.open_step.level != outcome.opening.rung.level
        assert outcome.opening.rung.level == outcome.facts.level + 1
        assert facts.last_opened_on is None or facts.last_opened_on < as_of
    assert outcome.facts.level <= facts.level + 2
    assert set(FOLLOWS) >= {state}


charges = st.lists(
    st.builds(
        LateCharge, st.integers(1, 9), st.sampled_from((OPENING, "PERIODIC")), st.integers(-90, -1).map(on)
    ),
    unique_by=lambda charge: charge.charge_id,
)


@given(charges, st.sets(st.integers(1, 9)), st.dictionaries(st.integers(1, 9), st.integers(-90, 30).map(on)))
def test_a_later_document_never_lists_more_than_the_one_before(late_charges, proved, delivered):
    told = {"delivered": delivered, "lead_days": 10, "as_of": DUE}
    listed = {
        level: {charge.charge_id for charge in charges_of(level, late_charges, proved=proved, **told)}
        for level in range(1, 10)
    }
    assert listed[1] == listed[2] == {charge.charge_id for charge in late_charges}
    assert listed[3] <= listed[2]
    for level in range(4, 10):
        assert listed[level] == listed[3] & proved


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(1, 31))
def test_a_typed_day_lies_within_the_next_two_months_and_has_the_number_typed(today, number):
    found = read_day(f"{number}日", today=today)
    assert found is not None
    assert found.day == number
    assert today <= found <= today + timedelta(92)


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.sampled_from(("mon", "周三", "sunday", "星期五")))
def test_a_weekday_is_the_next_one_and_never_today(today, text):
    found = read_day(text, today=today)
    assert found is not None
    assert 1 <= (found - today).days <= 7


def test_what_is_no_day_is_not_guessed():
    for text in ("", "32日", "0", "2026-02-30", "someday soon", "+", "13-40"):
        assert read_day(text, today=DUE) is None
    assert late().level == 0
