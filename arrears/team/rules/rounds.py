"""Visit rounds: who may walk one, where a stop stands, which moments a phone may claim (L-CO4, I18, I19)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum
from typing import Final, NamedTuple

from arrears.cases.rules.ladder import TOLERANCE_FEN
from arrears.cases.rules.visits import refuse_alone
from values.because import Because, because

MOST_STOPS: Final = 200
DAYS_AHEAD: Final = 14
# A phone whose clock runs a little fast is no reason to lose what it kept.
CLOCK_SLACK: Final = timedelta(minutes=5)
SYNC_DAYS: Final = 7
LONGEST_STAY: Final = timedelta(hours=4)
# A hundred thousandth of a degree tells the window; four places tell the building (eleven metres).
_COARSE: Final = Decimal("0.0001")


class StopState(StrEnum):
    """Where a stop stands at the moment it is read."""

    OPEN = "OPEN"
    DONE = "DONE"
    SKIPPED = "SKIPPED"
    PAID = "PAID"
    HELD = "HELD"
    GONE = "GONE"  # the papers were withdrawn or handed over elsewhere
    DROPPED = "DROPPED"


class SkipReason(StrEnum):
    """Why nobody rang at a door of the round."""

    NO_ACCESS = "NO_ACCESS"
    NO_TIME = "NO_TIME"
    ASKED_TO_COME_LATER = "ASKED_TO_COME_LATER"
    UNSAFE = "UNSAFE"
    WRONG_ADDRESS = "WRONG_ADDRESS"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a stop asks for, as far as it decides who may go."""

    unit_code: str
    klass: str
    visit: bool
    manager: bool = False
    workplace: bool = False


class Walkers(NamedTuple):
    """Who goes. `visits`: the main person may visit (patrol only delivers); `manager`: one is the manager."""

    second: str
    visits: bool
    manager: bool


@dataclass(frozen=True, slots=True)
class StopFacts:
    """What is known of a stop at reading time. `papers_open`, `papers_done`: of those it carries."""

    visit: bool
    dropped: bool
    visited: bool
    skipped: bool
    overdue_fen: int
    held: bool
    papers_open: int
    papers_done: int


def refuse_day(on: date, *, as_of: date) -> Because | None:
    """A round is walked today or in the next two weeks.

    >>> refuse_day(date(2026, 3, 1), as_of=date(2026, 3, 2)).code
    'round_in_past'
    """
    if on < as_of:
        return because("round_in_past")
    latest_on = as_of + timedelta(days=DAYS_AHEAD)
    return because("round_too_far", latest_on=latest_on) if on > latest_on else None


def refuse_walkers(stops: Sequence[Asked], walkers: Walkers) -> Because | None:
    """The first reason why these people may not walk these stops; None when they may.

    >>> refuse_walkers([Asked("3-1-1602", "E_REFUSED", visit=True)], Walkers("", True, False)).params["unit"]
    '3-1-1602'
    >>> refuse_walkers([Asked("3-1-1602", "E_REFUSED", visit=False)], Walkers("", False, False)) is None
    True
    """
    for stop in stops:
        if not stop.visit:
            continue
        if not walkers.visits:
            return because("patrol_only_delivers")
        alone = refuse_alone(stop.klass, second_person=walkers.second, workplace=stop.workplace)
        if alone is not None:
            return because(f"round_{alone.code}", unit=stop.unit_code)
        if stop.manager and not walkers.manager:
            return because("round_needs_manager", unit=stop.unit_code)
    return None


def stop_state(facts: StopFacts) -> StopState:
    """What a reader is shown: what was done stays done, who paid needs no visit, a hold keeps people away.

    >>> paid = StopFacts(visit=True, dropped=False, visited=False, skipped=False, overdue_fen=0, held=False,
    ...                  papers_open=0, papers_done=0)
    >>> stop_state(paid).value
    'PAID'
    """
    # What a phone kept comes in after the round was closed: it was done all the same.
    if facts.visited or (not facts.visit and facts.papers_done and not facts.papers_open):
        return StopState.DONE
    if facts.dropped:
        return StopState.DROPPED
    if facts.visit and facts.overdue_fen <= TOLERANCE_FEN:
        return StopState.PAID
    if facts.visit and facts.held:
        return StopState.HELD
    if facts.skipped:
        return StopState.SKIPPED
    return StopState.OPEN if facts.visit or facts.papers_open else StopState.GONE


def refuse_moments(
    came_at: datetime, left_at: datetime | None, *, round_on: date, received_at: datetime
) -> Because | None:
    """Why a phone's moments cannot be: tomorrow, another day than the round's, backwards, or long ago.

    All are Shanghai's wall clock without a zone. What is older than a week is told to a person instead.

    >>> day = date(2026, 3, 2)
    >>> refuse_moments(datetime(2026, 3, 2, 10), None, round_on=day, received_at=datetime(2026, 3, 2, 9)).code
    'round_entry_in_future'
    """
    latest = received_at + CLOCK_SLACK
    if came_at > latest or (left_at is not None and left_at > latest):
        return because("round_entry_in_future")
    if came_at.date() != round_on:
        return because("entry_on_another_day", on=round_on)
    if received_at.date() > round_on + timedelta(days=SYNC_DAYS):
        return because("entry_too_old", days=SYNC_DAYS)
    if left_at is None:
        return None
    if left_at < came_at:
        return because("entry_backwards")
    return because("entry_too_long") if left_at - came_at > LONGEST_STAY else None


def why_not_served(result: str) -> Because:
    """What a hand-over lacks that does not count as delivered (notices.rules.delivered).

    >>> why_not_served("SIGNED").code
    'not_served_by_a_stranger'
    """
    codes = {"SIGNED": "not_served_by_a_stranger", "REFUSED": "not_served_refused"}
    return because(codes.get(result, "not_served_unsigned"))


def coarse(degrees: Decimal) -> Decimal:
    """A coordinate as it is kept: four places, which is a building and not a window.

    >>> coarse(Decimal("30.27412345"))
    Decimal('30.2741')
    """
    return degrees.quantize(_COARSE, rounding=ROUND_HALF_EVEN)
