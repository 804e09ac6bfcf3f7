"""Who may walk a round, where a stop stands, and which moments of a phone are believed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrears.cases.rules.visits import refuse_alone, refuse_signature
from arrears.team.rules.rounds import (
    Asked,
    StopFacts,
    StopState,
    Walkers,
    coarse,
    refuse_day,
    refuse_moments,
    refuse_walkers,
    stop_state,
)

DAY = date(2026, 3, 2)
TEN = datetime.combine(DAY, time(10))
CLASSES = ["", "A_PROMISED", "B_UNDECIDED", "C_UNREACHABLE", "D_REMOTE", "E_REFUSED"]
E, B = Asked("3-1-1602", "E_REFUSED", visit=True), Asked("3-1-1702", "B_UNDECIDED", visit=True)
FACTS = st.builds(
    StopFacts, visit=st.booleans(), dropped=st.booleans(), visited=st.booleans(), skipped=st.booleans(),
    overdue_fen=st.integers(0, 500), held=st.booleans(), papers_open=st.integers(0, 2), papers_done=st.integers(0, 2),
)  # fmt: skip


@pytest.mark.parametrize("klass", CLASSES)
def test_one_person_alone_visits_everybody_but_class_e(klass):
    assert (refuse_alone(klass, second_person="") is None) is (klass != "E_REFUSED")
    assert refuse_alone(klass, second_person="何军") is None
    assert refuse_alone(klass, second_person=" ", workplace=True) is not None


def test_a_round_through_class_e_needs_a_second_person_whoever_else_is_on_it():
    assert refuse_walkers([B, E], Walkers("", True, False)).code == "round_two_persons"
    assert refuse_walkers([B, E], Walkers("何军", True, False)) is None
    assert refuse_walkers([B], Walkers("", True, False)) is None


def test_patrol_only_hands_over():
    paper = Asked("3-1-1602", "E_REFUSED", visit=False)
    assert refuse_walkers([paper], Walkers("", False, False)) is None
    assert refuse_walkers([paper, B], Walkers("", False, False)).code == "patrol_only_delivers"


def test_the_managers_own_visit_is_made_by_the_manager():
    asked = [Asked("3-1-1602", "", visit=True, manager=True)]
    assert refuse_walkers(asked, Walkers("何军", True, False)).code == "round_needs_manager"
    assert refuse_walkers(asked, Walkers("", True, True)) is None


def test_a_workplace_is_never_visited_alone():
    asked = [Asked("3-1-1602", "B_UNDECIDED", visit=True, workplace=True)]
    assert refuse_walkers(asked, Walkers("", True, False)).code == "round_two_persons_at_work"


@pytest.mark.parametrize(
    ("days", "code"), [(-1, "round_in_past"), (0, None), (14, None), (15, "round_too_far")]
)
def test_a_round_is_planned_for_the_coming_two_weeks(days, code):
    found = refuse_day(DAY + timedelta(days), as_of=DAY)
    assert (found.code if found else None) == code


@given(FACTS)
def test_whoever_paid_is_not_visited_and_what_was_done_stays_done(facts):
    state = stop_state(facts)
    if facts.visited:
        assert state is StopState.DONE
    elif not facts.dropped and facts.visit and facts.overdue_fen <= 100:
        assert state is StopState.PAID
    if state is StopState.OPEN:
        assert not facts.dropped
        assert not (facts.visit and (facts.held or facts.overdue_fen <= 100))


@pytest.mark.parametrize(
    ("came", "left", "received", "code"),
    [
        (TEN, None, TEN, None),
        (TEN, TEN + timedelta(minutes=10), TEN + timedelta(hours=8), None),
        (TEN + timedelta(minutes=5), None, TEN, None),
        (TEN + timedelta(minutes=6), None, TEN, "round_entry_in_future"),
        (TEN, TEN + timedelta(minutes=6), TEN, "round_entry_in_future"),
        (TEN - timedelta(days=1), None, TEN, "entry_on_another_day"),
        (TEN, None, TEN + timedelta(days=7), None),
        (TEN, None, TEN + timedelta(days=8), "entry_too_old"),
        (TEN, TEN - timedelta(minutes=1), TEN, "entry_backwards"),
        (TEN, TEN + timedelta(hours=5), TEN + timedelta(hours=6), "entry_too_long"),
    ],
)
def test_a_phones_moments_are_believed_within_bounds(came, left, received, code):
    found = refuse_moments(came, left, round_on=DAY, received_at=received)
    assert (found.code if found else None) == code


@given(st.decimals(-180, 180, places=8))
def test_a_place_is_never_kept_closer_than_a_building(degrees):
    kept = coarse(degrees)
    assert kept.as_tuple().exponent == -4
    assert abs(kept - degrees) <= Decimal("0.00005")


@pytest.mark.parametrize(
    ("signer", "name", "relation", "field"),
    [
        ("OWNER", "张三", "", None),
        ("OWNER", " ", "", "signer_name"),
        ("ADULT_CORESIDENT", "王芳", "", "signer_relation"),
        ("ADULT_CORESIDENT", "王芳", "妻子", None),
        ("AGENT", "李明", "受托人", None),
        ("NEIGHBOUR", "李明", "邻居", "signer"),
    ],
)
def test_a_signature_says_whose_it_is(signer, name, relation, field):
    found = refuse_signature(signer, name=name, relation=relation)
    assert (found.field if found else None) == field
