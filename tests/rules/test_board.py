"""What a square of the building board says, and where it stands."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrears.cases.rules.board import Floor, Late, Spot, State, elevation, state_of, tint
from arrears.cases.rules.holds import HoldKind

TODAY = date(2026, 5, 8)


def late(days, fen=21_002, holds=()):
    return Late(fen, TODAY - timedelta(days), holds)


def says(*debts, empty=False):
    return state_of(debts, empty=empty, as_of=TODAY)


@pytest.mark.parametrize(
    ("days", "state"),
    [(1, "DAYS_1_30"), (30, "DAYS_1_30"), (31, "DAYS_31_90"), (90, "DAYS_31_90"), (91, "DAYS_91_365"),
     (365, "DAYS_91_365"), (366, "YEARS_1_UP")],
)  # fmt: skip
def test_a_debt_has_one_of_four_tints_by_its_oldest_day(days, state):
    assert says(late(days), late(1)) == state


def test_without_a_debt_a_unit_is_clear_or_empty():
    assert says() == State.CLEAR
    assert says(empty=True) == State.EMPTY
    assert says(late(40, fen=100)) == State.CLEAR, "a yuan is let be, as on the ladder"


def test_the_developers_unsold_unit_owes_like_any_other():
    assert says(late(40), empty=True) == State.DAYS_31_90


def test_what_is_agreed_is_a_plan_and_any_other_hold_comes_before_it():
    assert says(late(40, holds=("DEFERRAL",))) == State.PLAN
    assert says(late(40, holds=("DISPUTE",))) == State.HOLD
    assert says(late(40, holds=("DEFERRAL",)), late(9, holds=("ESTATE",))) == State.HOLD


def test_a_debt_that_nothing_holds_decides_whatever_else_is_held():
    assert says(late(400, holds=("DISPUTE",)), late(9)) == State.DAYS_1_30


debts = st.lists(
    st.builds(
        late,
        st.integers(1, 3000),
        st.integers(1, 10**7),
        st.lists(st.sampled_from(list(HoldKind)), max_size=3),
    ),
    max_size=4,
)


@given(debts, st.booleans())
def test_red_is_only_who_owes_and_nobody_who_owes_is_clear(owed, empty):
    state = state_of(owed, empty=empty, as_of=TODAY)
    owes = any(row.overdue_fen > 100 for row in owed)
    assert (state in (State.CLEAR, State.EMPTY)) is not owes
    assert state not in {tint(row.oldest_due_on, as_of=TODAY) for row in owed} or any(
        row.overdue_fen > 100 and not row.holds for row in owed
    )


def test_floors_stand_top_first_and_doors_above_each_other():
    rooms = [("1", 1, "101"), ("1", 1, "102"), ("1", 2, "202"), ("2", 2, "201"), ("2", 11, "1103")]
    front = elevation([Spot(*room) for room in rooms])
    assert [(entrance.name, entrance.doors) for entrance in front.entrances] == [("1", 2), ("2", 2)]
    assert front.floors == (
        Floor(11, (None, None, None, 4)),
        Floor(2, (None, 2, 3, None)),
        Floor(1, (0, 1, None, None)),
    )


def test_rooms_whose_numbers_do_not_tell_their_floor_stand_in_walking_order():
    front = elevation([Spot("", None, "门卫"), Spot("", 1, "A"), Spot("", 1, "B")])
    assert front.floors == (Floor(1, (1, 2)), Floor(None, (0, None)))


def test_no_units_make_no_floors():
    assert elevation([]).floors == ()


spots = st.lists(
    st.builds(
        Spot,
        st.sampled_from(["", "1", "2"]),
        st.none() | st.integers(-2, 30),
        st.text("0123456789AB", max_size=4),
    ),
    max_size=60,
)


@given(spots)
def test_every_unit_stands_on_its_floor_exactly_once(given_spots):
    front = elevation(given_spots)
    width = sum(entrance.doors for entrance in front.entrances)
    assert all(len(floor.cells) == width for floor in front.floors)
    placed = [(index, floor.number) for floor in front.floors for index in floor.cells if index is not None]
    assert sorted(placed) == [(index, spot.floor) for index, spot in enumerate(given_spots)]
