"""How the demo's owners behave: a pure, seeded table of habits. No habit is a rule of the product."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from random import Random
from typing import Final


class Habit(StrEnum):
    """What a payer is like."""

    PROMPT = "PROMPT"
    FORGETFUL = "FORGETFUL"
    LATE = "LATE"
    KEEPS_PROMISE = "KEEPS_PROMISE"
    BREAKS_PROMISE = "BREAKS_PROMISE"
    LEAKING_ROOF = "LEAKING_ROOF"
    AWAY = "AWAY"
    GONE = "GONE"
    REFUSES = "REFUSES"
    DEVELOPER = "DEVELOPER"


SHARES: Final[tuple[tuple[Habit, int], ...]] = (
    (Habit.PROMPT, 66),
    (Habit.FORGETFUL, 13),
    (Habit.LATE, 8),
    (Habit.KEEPS_PROMISE, 4),
    (Habit.BREAKS_PROMISE, 3),
    (Habit.LEAKING_ROOF, 1),
    (Habit.AWAY, 2),
    (Habit.GONE, 1),
    (Habit.REFUSES, 2),
)
# Days after the due date on which a habit pays by itself; an empty range never pays by itself.
_PAYS: Final[dict[Habit, tuple[int, int] | None]] = {
    Habit.PROMPT: (-24, 0),
    Habit.FORGETFUL: (1, 9),
    Habit.LATE: (6, 48),
    Habit.KEEPS_PROMISE: None,
    Habit.BREAKS_PROMISE: None,
    Habit.LEAKING_ROOF: None,
    Habit.AWAY: (20, 45),
    Habit.GONE: None,
    Habit.REFUSES: None,
    Habit.DEVELOPER: (-3, 20),
}
_SAYS: Final[dict[Habit, tuple[str, str, str]]] = {
    Habit.PROMPT: ("CONNECTED_UNDECIDED", "FORGOT", "忘记了，这几天就交"),
    Habit.FORGETFUL: ("CONNECTED_UNDECIDED", "FORGOT", "忘记了，方便时来交"),
    Habit.LATE: ("NO_ANSWER", "", ""),
    Habit.KEEPS_PROMISE: ("CONNECTED_PROMISED", "BUSY", "工作忙，约定日期前交清"),
    Habit.BREAKS_PROMISE: ("CONNECTED_PROMISED", "HARDSHIP", "手头紧，发工资后交"),
    Habit.LEAKING_ROOF: ("CONNECTED_REFUSED", "FACILITIES", "屋顶漏水一直没修好，修好再交"),
    Habit.AWAY: ("CONNECTED_REMOTE", "MOVED_AWAY", "人在外地，问怎么转账"),
    Habit.GONE: ("VOID", "", ""),
    Habit.REFUSES: ("CONNECTED_REFUSED", "SERVICE", "对保洁不满意，不愿交"),
    Habit.DEVELOPER: ("CONNECTED_UNDECIDED", "PROCEDURE_UNKNOWN", "财务在走付款流程"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """What the collector heard on the phone."""

    outcome: str
    reason: str
    feedback: str
    promised_on: date | None


def habit_of(seed: int, account_id: int, *, developer: bool) -> Habit:
    """The habit of an account; the same for the same seed."""
    if developer:
        return Habit.DEVELOPER
    choice = _dice(seed, account_id).choices([h for h, _n in SHARES], [n for _h, n in SHARES])
    return choice[0]


def pays_on(seed: int, account_id: int, habit: Habit, *, issued_on: date, due_on: date) -> date | None:
    """The day on which the payer comes by himself for what is due on a day, if ever."""
    span = _PAYS[habit]
    if span is None:
        return None
    wanted = due_on + timedelta(days=_dice(seed, account_id, due_on.toordinal()).randint(*span))
    return max(wanted, issued_on)


def says(seed: int, account_id: int, habit: Habit, *, on: date) -> Said:
    """What he says when called on a day."""
    outcome, reason, feedback = _SAYS[habit]
    promised = None
    if outcome == "CONNECTED_PROMISED":
        promised = on + timedelta(days=_dice(seed, account_id, on.toordinal()).randint(3, 9))
    return Said(outcome, reason, feedback, promised)


def pays_by_transfer(seed: int, account_id: int) -> bool:
    """Whether the payer prefers a bank transfer to cash."""
    return _dice(seed, account_id, 7).random() < 0.7


def _dice(*numbers: int) -> Random:
    return Random(hash(numbers))  # noqa: S311 - a made-up year, not a secret; hash of ints is stable
