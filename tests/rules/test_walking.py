"""The order of a round: as people count buildings, entrances, floors and rooms, whatever they are called."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from arrears.team.rules.walking import Door, natural, walking_order

NAMES = st.text(alphabet="0123456789AB商", max_size=4)
DOORS = st.builds(
    Door,
    st.integers(1, 99),
    NAMES,
    NAMES,
    st.none() | st.integers(-2, 40),
    NAMES,
    NAMES,
)


def door(key: int, code: str, *, floor: int | None = None) -> Door:
    """A door from a code as people write it; one without a building is a bay."""
    parts = code.split("-")
    if len(parts) == 3:
        return Door(key, parts[0], parts[1], floor, parts[2], code)
    return Door(key, "", "", floor, code, code)


def codes(*wanted: str, buildings: tuple[str, ...] = ()) -> list[str]:
    doors = [door(key, code) for key, code in enumerate(wanted)]
    return [found.code for found in walking_order(doors, buildings=buildings)]


def test_floors_count_by_value_and_not_as_text():
    assert codes("3-1-1602", "3-1-902", "3-1-201", "3-1-1601") == [
        "3-1-201",
        "3-1-902",
        "3-1-1601",
        "3-1-1602",
    ]


def test_an_entrance_is_finished_before_the_next():
    assert codes("3-2-101", "3-1-1602", "3-10-101") == ["3-1-1602", "3-2-101", "3-10-101"]


def test_buildings_come_in_the_communitys_order_and_strangers_after_them():
    assert codes("10-1-101", "3-1-101", "2-1-101", buildings=("10", "3")) == [
        "10-1-101",
        "3-1-101",
        "2-1-101",
    ]


def test_letters_and_words_come_after_numbers():
    assert codes("商-0-12", "A-1-101", "3-1-A101", "3-1-101") == ["3-1-101", "3-1-A101", "A-1-101", "商-0-12"]


def test_bays_come_last_in_their_own_order():
    assert codes("B1-010", "B1-2", "20-1-101") == ["20-1-101", "B1-2", "B1-010"]


def test_the_floor_that_was_entered_wins_over_the_rooms_number():
    attic = door(1, "3-1-101", floor=7)
    assert walking_order([attic, door(2, "3-1-602")], buildings=())[0].code == "3-1-602"


@given(st.lists(DOORS), st.lists(NAMES, unique=True))
def test_nobody_is_lost_and_the_order_does_not_depend_on_how_it_was_asked(doors, buildings):
    found = walking_order(doors, buildings=buildings)
    assert sorted(found, key=repr) == sorted(doors, key=repr)
    assert (
        walking_order(list(reversed(doors)), buildings=buildings) == found
        or len(set(doors)) < len(doors)
        or (len({one.key for one in doors}) < len(doors))
    )


@given(st.lists(DOORS, unique_by=lambda one: one.key), st.lists(NAMES, unique=True))
def test_a_building_is_entered_once(doors, buildings):
    seen: list[str] = []
    for one in walking_order(doors, buildings=buildings):
        if not seen or seen[-1] != one.building:
            seen.append(one.building)
    # Names that count alike (01 and 1) are one building to whoever walks.
    told = [(natural(name), name in buildings) for name in seen]
    assert len(seen) == len(set(seen)) or len(told) > len(set(told))
