"""The order in which somebody walks: buildings as the community counts them, then entrance, floor, room."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

_PARTS: Final = re.compile(r"\d+|\D+")
_ROOMS_ON_A_FLOOR: Final = 100

Natural = tuple[tuple[int, int, str], ...]


class Door(NamedTuple):
    """Where a unit is. `building` "" for what stands in none (a parking bay); `key` is whose door it is."""

    key: int
    building: str
    entrance: str
    floor: int | None
    room: str
    code: str


def natural(text: str) -> Natural:
    """A name as people count: numbers by value and before words, words as they are written.

    >>> sorted(["10", "2", "A1", "1A", "商"], key=natural)
    ['1A', '2', '10', 'A1', '商']
    """
    return tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part.strip().upper())
        for part in _PARTS.findall(text)
    )


def floor_of(door: Door) -> int:
    """The floor that was entered, else what the room's number says; ground floor where nothing does.

    >>> [floor_of(Door(1, "3", "1", None, room, "")) for room in ("1602", "12", "A")]
    [16, 0, 0]
    """
    if door.floor is not None:
        return door.floor
    found = re.search(r"\d+", door.room)
    return 0 if found is None else int(found[0]) // _ROOMS_ON_A_FLOOR


def walking_order(doors: Iterable[Door], *, buildings: Sequence[str]) -> list[Door]:
    """Doors in the order one walks: by the community's list of buildings, what it does not name after it.

    Bays come last: nobody lives there, and the way to them is another one.

    >>> doors = [Door(1, "10", "1", None, "101", "10-1-101"), Door(2, "3", "1", None, "1602", "3-1-1602"),
    ...          Door(3, "", "", None, "B1-001", "B1-001"), Door(4, "3", "1", None, "902", "3-1-902")]
    >>> [door.code for door in walking_order(doors, buildings=["3", "10"])]
    ['3-1-902', '3-1-1602', '10-1-101', 'B1-001']
    """
    place = {name: number for number, name in enumerate(buildings)}

    def key(door: Door) -> tuple[bool, int, Natural, Natural, int, Natural, Natural, int]:
        return (
            not door.building,
            place.get(door.building, len(place)),
            natural(door.building),
            natural(door.entrance),
            floor_of(door),
            natural(door.room),
            natural(door.code),
            door.key,
        )

    return sorted(doors, key=key)
