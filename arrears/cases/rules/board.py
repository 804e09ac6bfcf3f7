"""The building board (楼盘图): what a unit's square says, and where it stands among floors and doors."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from arrears.cases.rules.holds import HoldKind
from arrears.cases.rules.ladder import TOLERANCE_FEN


class State(StrEnum):
    """What a square can say, in the order of the legend."""

    CLEAR = "CLEAR"
    DAYS_1_30 = "DAYS_1_30"
    DAYS_31_90 = "DAYS_31_90"
    DAYS_91_365 = "DAYS_91_365"
    YEARS_1_UP = "YEARS_1_UP"
    PLAN = "PLAN"
    HOLD = "HOLD"
    EMPTY = "EMPTY"


# The last day of each tint; what is older has the last one.
TINTS: Final[tuple[tuple[int, State], ...]] = (
    (30, State.DAYS_1_30),
    (90, State.DAYS_31_90),
    (365, State.DAYS_91_365),
)
AGREED: Final = frozenset({HoldKind.DEFERRAL, HoldKind.INSTALMENT})


class Late(NamedTuple):
    """What one account of the unit has past due, since when, and what holds its ladder."""

    overdue_fen: int
    oldest_due_on: date
    holds: Collection[str] = ()

    @property
    def counts(self) -> bool:
        """Whether it is more than the ladder lets be."""
        return self.overdue_fen > TOLERANCE_FEN


class Spot(NamedTuple):
    """Where a unit is in its building; `floor` None where nobody knows."""

    entrance: str
    floor: int | None
    room: str


class Entrance(NamedTuple):
    """An entrance and how many squares stand side by side on its floors."""

    name: str
    doors: int


class Floor(NamedTuple):
    """A floor: per door of every entrance the index of the unit there, or None where there is none."""

    number: int | None
    cells: tuple[int | None, ...]


class Elevation(NamedTuple):
    """A building seen from the front: entrances side by side, the top floor first."""

    entrances: tuple[Entrance, ...]
    floors: tuple[Floor, ...]


def tint(oldest_due_on: date, *, as_of: date) -> State:
    """How old a debt is, in four steps.

    >>> tint(date(2026, 1, 31), as_of=date(2026, 3, 2)), tint(date(2026, 1, 31), as_of=date(2026, 3, 3))
    (<State.DAYS_1_30: 'DAYS_1_30'>, <State.DAYS_31_90: 'DAYS_31_90'>)
    """
    days = (as_of - oldest_due_on).days
    return next((state for upper, state in TINTS if days <= upper), State.YEARS_1_UP)


def state_of(debts: Sequence[Late], *, empty: bool, as_of: date) -> State:
    """What the square of a unit says: money first, then whether anybody is there.

    A debt that nothing holds decides by its age; one that only a deferral or a plan holds is agreed, any
    other hold comes before that. An unsold or vacant unit whose debt runs is owing like any other.
    """
    counted = [late for late in debts if late.counts]
    running = [late.oldest_due_on for late in counted if not late.holds]
    if running:
        return tint(min(running), as_of=as_of)
    if any(kind not in AGREED for late in counted for kind in late.holds):
        return State.HOLD
    if counted:
        return State.PLAN
    return State.EMPTY if empty else State.CLEAR


def elevation(spots: Sequence[Spot]) -> Elevation:
    """Every unit in its place, given in walking order. Doors of one riser stand above each other.

    >>> front = elevation([Spot("1", 1, "101"), Spot("1", 2, "202"), Spot("1", 2, "201")])
    >>> [(floor.number, floor.cells) for floor in front.floors]
    [(2, (2, 1)), (1, (0, None))]
    """
    names = list(dict.fromkeys(spot.entrance for spot in spots))
    places: dict[tuple[int | None, int], int] = {}
    entrances: list[Entrance] = []
    left = 0
    for name in names:
        mine = [index for index, spot in enumerate(spots) if spot.entrance == name]
        doors = _doors(spots, mine)
        for index, door in doors.items():
            places[spots[index].floor, left + door] = index
        width = max(doors.values()) + 1
        entrances.append(Entrance(name, width))
        left += width
    numbers = sorted({spot.floor for spot in spots if spot.floor is not None}, reverse=True)
    rows: list[int | None] = [*numbers, *([None] if any(spot.floor is None for spot in spots) else [])]
    floors = tuple(Floor(row, tuple(places.get((row, door)) for door in range(left))) for row in rows)
    return Elevation(tuple(entrances), floors)


def _doors(spots: Sequence[Spot], mine: Sequence[int]) -> dict[int, int]:
    """Per unit of an entrance how far from the left it stands."""
    names = {index: _door(spots[index]) for index in mine}
    told = Counter((spots[index].floor, names[index]) for index in mine)
    if all(names.values()) and max(told.values()) == 1:
        order = sorted(set(names.values()), key=lambda door: (len(door), door))
        return {index: order.index(name) for index, name in names.items()}
    # Rooms whose numbers do not tell their floor: in walking order.
    seen: Counter[int | None] = Counter()
    doors = {}
    for index in mine:
        doors[index] = seen[spots[index].floor]
        seen[spots[index].floor] += 1
    return doors


def _door(spot: Spot) -> str:
    """The part of a room's number after its floor: 02 of 1602 on floor 16."""
    floor = "" if spot.floor is None else str(spot.floor)
    return spot.room.removeprefix(floor) if floor and spot.room.startswith(floor) else ""
