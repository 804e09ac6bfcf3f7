"""What holds of every decision of the ladder, whatever the facts: gates, one rung a day, a reason, and sameness."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from arrears.cases.rules.holds import Hold, HoldKind, freezes
from arrears.cases.rules.ladder import (
    DEFAULT_LADDER,
    TOLERANCE_FEN,
    Action,
    Facts,
    Move,
    OpenStep,
    decide,
)
from arrears.cases.rules.promises import demand_opens_on, is_running
from arrears.cases.rules.steps import OPEN_STATES

TODAY = date(2026, 6, 30)
NEAR = st.integers(-400, 10).map(lambda days: TODAY + timedelta(days))
AHEAD = st.integers(-30, 60).map(lambda days: TODAY + timedelta(days))
MAYBE = st.none() | NEAR


@st.composite
def facts(draw):
    """Any account: what its level needs is there, everything else may or may not be."""
    level = draw(st.integers(0, 9))
    due_on = draw(MAYBE)
    step = draw(
        st.none()
        | st.builds(
            OpenStep, st.integers(1, 9), st.integers(-90, 0).map(lambda days: TODAY + timedelta(days)),
            st.sampled_from(sorted(OPEN_STATES)),
        )
    )  # fmt: skip
    return Facts(
        account_id=1,
        case_id=1,
        overdue_fen=draw(st.integers(0, 500_000)),
        oldest_due_on=due_on,
        anchor_on=draw(st.none() | st.just(due_on) | NEAR),
        past_due_months=draw(st.integers(0, 24)),
        level=level,
        taken_on=draw(NEAR) if level else None,
        delivered_on=draw(MAYBE) if level else None,
        open_step=step,
        promised_on=draw(st.none() | AHEAD),
        hold=draw(st.none() | st.builds(Hold, st.sampled_from(list(HoldKind)), st.none() | AHEAD)),
        approved=draw(st.booleans()),
        rejected_on=draw(MAYBE),
        call_tried_since=draw(MAYBE),
        instrument_due_on=draw(MAYBE),
        last_opened_on=draw(MAYBE),
        relaxed=tuple(draw(st.dictionaries(st.integers(1, 9), AHEAD, max_size=3)).items()),
    )


@given(facts())
def test_every_decision_has_a_reason_and_the_same_facts_give_the_same_one(one):
    first, again = (decide(one, DEFAULT_LADDER, as_of=TODAY) for _ in range(2))
    assert first == again
    assert first.because.code


@given(facts())
def test_no_rung_is_skipped_and_none_opens_on_a_day_that_has_one(one):
    decision = decide(one, DEFAULT_LADDER, as_of=TODAY)
    if decision.move in (Move.OPEN, Move.TAKE):
        assert decision.level == one.level + 1
    if decision.move is Move.OPEN:
        assert one.last_opened_on is None or one.last_opened_on < TODAY


@given(facts())
def test_no_rung_opens_without_its_gates(one):
    decision = decide(one, DEFAULT_LADDER, as_of=TODAY)
    if decision.move is not Move.OPEN:
        return
    rung = DEFAULT_LADDER[decision.level - 1]
    assert one.overdue_fen > TOLERANCE_FEN
    assert one.oldest_due_on is not None
    assert one.oldest_due_on < TODAY
    start = one.anchor_on if rung.level >= 3 else one.oldest_due_on
    assert start is not None, "nobody is late on a bill that never came"
    short_cut = rung.params.get("after_broken_promise") or rung.params.get("unpaid_months")
    assert (TODAY - start).days >= (1 if short_cut else rung.min_days)
    assert dict(one.relaxed).get(rung.level, TODAY) <= TODAY
    assert not is_running(one.promised_on, as_of=TODAY)
    before = DEFAULT_LADDER[one.level - 1] if one.level else None
    if before is not None and before.period_days:
        told_on = one.delivered_on or one.taken_on
        assert told_on is not None
        assert told_on + timedelta(before.period_days) < TODAY, "its days to pay have passed"
    if one.hold is not None:
        spoken = rung.action in (Action.CALL, Action.VISIT)
        assert not freezes(one.hold, level=rung.level, spoken=spoken, as_of=TODAY)
    if rung.params.get("needs_instrument"):
        assert one.instrument_due_on is not None
        assert one.instrument_due_on < TODAY


@given(facts())
def test_a_promise_leads_to_the_demand_only_when_its_day_and_the_call_after_it_are_over(one):
    decision = decide(one, DEFAULT_LADDER, as_of=TODAY)
    if decision.because.code == "promise_broken":
        assert one.promised_on is not None
        assert demand_opens_on(one.promised_on) <= TODAY


@given(facts(), st.integers(1, 9), st.integers(1, 60))
def test_a_relaxed_rung_stays_shut_until_its_day_and_says_so_or_has_a_stronger_reason(one, level, days):
    until = TODAY + timedelta(days)
    decision = decide(one._replace(relaxed=((level, until),)), DEFAULT_LADDER, as_of=TODAY)
    assert not (decision.move is Move.OPEN and decision.level == level)
    plain = decide(one._replace(relaxed=()), DEFAULT_LADDER, as_of=TODAY)
    if plain.move is Move.OPEN and plain.level == level:
        assert decision.because.code == "relaxed"
        assert decision.because.params["next_on"] == until.isoformat()
    else:
        assert decision == plain or decision.because.code == "relaxed"
