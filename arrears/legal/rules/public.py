"""不记名公示: what may be posted, at which level, so that nobody is recognised (L-PI5, 4.13)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from values.because import Because, because

# Fewer than three homes in a group point at people.
LEAST: Final = 3
LONGEST_DAYS: Final = 7


class Level(StrEnum):
    """L0: sums by building; L1: masked rooms; L2: rooms. Never a name, a phone, or an amount by room."""

    L0 = "L0"
    L1 = "L1"
    L2 = "L2"


class Home(NamedTuple):
    """A home whose letter was delivered and is over, and which still owes."""

    account_id: int
    building: str
    entrance: str
    room: str
    owed_fen: int


class Group(NamedTuple):
    """What a building is said to owe; `units`: all its homes."""

    building: str
    units: int
    unpaid: int
    owed_fen: int

    @property
    def paid_percent(self) -> int:
        """How many of a hundred homes owe nothing of it."""
        return (self.units - self.unpaid) * 100 // self.units


def groups(homes: Iterable[Home], units: dict[str, int]) -> list[Group]:
    """The buildings that may be named: at least three homes owe, and not all do, for then each is known.

    >>> three = [Home(n, "3", "1", f"{n}01", 100) for n in range(3)]
    >>> groups(three, {"3": 3}), groups(three[:2], {"3": 9}), groups(three, {"3": 9})[0].paid_percent
    ([], [], 66)
    """
    found: dict[str, list[Home]] = {}
    for home in homes:
        found.setdefault(home.building, []).append(home)
    return [
        Group(building, units[building], len(those), sum(home.owed_fen for home in those))
        for building, those in sorted(found.items())
        if LEAST <= len(those) < units.get(building, 0)
    ]


def masked(home: Home) -> str:
    """A room of which every second place is hidden.

    >>> masked(Home(1, "3", "1", "1602", 0)), masked(Home(1, "5", "", "802", 0))
    ('3栋1单元1x0x', '5栋8x2')
    """
    entrance = f"{home.entrance}单元" if home.entrance else ""
    room = "".join("x" if place % 2 else char for place, char in enumerate(home.room))
    return f"{home.building}栋{entrance}{room}"


def plain(home: Home) -> str:
    """A room in full.

    >>> plain(Home(1, "3", "1", "1602", 0))
    '3栋1单元1602室'
    """
    entrance = f"{home.entrance}单元" if home.entrance else ""
    return f"{home.building}栋{entrance}{home.room}室"


def rooms(homes: Sequence[Home], everybody: Iterable[Home], level: Level) -> list[str]:
    """The rooms that may be named at a level; a masked one only where at least three homes look like it.

    >>> same = [Home(n, "3", "1", f"1{n}02", 1) for n in range(3)]
    >>> rooms(same[:1], same, Level.L1), rooms(same[:1], same[:2], Level.L1), rooms(same, same, Level.L0)
    (['3栋1单元1x0x'], [], [])
    """
    if level is Level.L0:
        return []
    if level is Level.L2:
        return [plain(home) for home in homes]
    alike = Counter(masked(home) for home in everybody)
    return sorted({masked(home) for home in homes if alike[masked(home)] >= LEAST})


def refuse_days(from_on: date, to_on: date, *, as_of: date) -> Because | None:
    """None when it may hang on these days: not before today, at most seven.

    >>> refuse_days(date(2026, 5, 1), date(2026, 5, 8), as_of=date(2026, 5, 1)).code
    'posted_too_long'
    """
    if from_on < as_of:
        return because("posted_before_today")
    if to_on < from_on:
        return because("posted_ends_before_start")
    if to_on > from_on + timedelta(days=LONGEST_DAYS - 1):
        return because("posted_too_long", days=LONGEST_DAYS)
    return None


def refuse_level(level: Level, allowed: str | None) -> Because | None:
    """None when the city allows the level; L0 needs no rule.

    >>> refuse_level(Level.L1, None).code, refuse_level(Level.L1, "L2"), refuse_level(Level.L0, None)
    ('level_not_allowed', None, None)
    """
    if level is Level.L0 or (allowed is not None and level.value <= allowed):
        return None
    return because("level_not_allowed", level=level.value)


def deciders(asked_by: Iterable[str]) -> str:
    """Who approves: the project manager, or whoever stands above him when he asked himself.

    >>> deciders({"team_lead"}), deciders({"project_manager"})
    ('project_manager', 'branch_gm')
    """
    return "branch_gm" if "project_manager" in set(asked_by) else "project_manager"
