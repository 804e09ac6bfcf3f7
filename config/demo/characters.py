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
    LAST_DAY = "LAST_DAY"
    FORGETFUL = "FORGETFUL"
    LATE = "LATE"
    KEEPS_PROMISE = "KEEPS_PROMISE"
    BREAKS_PROMISE = "BREAKS_PROMISE"
    LEAKING_ROOF = "LEAKING_ROOF"
    AWAY = "AWAY"
    GONE = "GONE"
    REFUSES = "REFUSES"
    DEVELOPER = "DEVELOPER"


# Of a thousand payers.
SHARES: Final[tuple[tuple[Habit, int], ...]] = (
    (Habit.PROMPT, 752),
    (Habit.LAST_DAY, 70),
    (Habit.FORGETFUL, 70),
    (Habit.LATE, 44),
    (Habit.KEEPS_PROMISE, 16),
    (Habit.BREAKS_PROMISE, 12),
    (Habit.LEAKING_ROOF, 14),
    (Habit.AWAY, 8),
    (Habit.GONE, 3),
    (Habit.REFUSES, 11),
)
# Days after the due date on which a habit pays by itself; None never pays by itself.
_PAYS: Final[dict[Habit, tuple[int, int] | None]] = {
    Habit.PROMPT: (-25, -4),
    Habit.LAST_DAY: (-3, 0),
    Habit.FORGETFUL: (1, 4),
    Habit.LATE: (5, 38),
    Habit.KEEPS_PROMISE: None,
    Habit.BREAKS_PROMISE: None,
    Habit.LEAKING_ROOF: None,
    Habit.AWAY: (20, 45),
    Habit.GONE: None,
    Habit.REFUSES: None,
    Habit.DEVELOPER: (2, 24),
}
_SAYS: Final[dict[Habit, tuple[str, str, str]]] = {
    Habit.PROMPT: ("CONNECTED_UNDECIDED", "FORGOT", "忘记了，这几天就交"),
    Habit.LAST_DAY: ("CONNECTED_UNDECIDED", "FORGOT", "以为已经交过，马上去交"),
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
# After these a collector proposes a day for the next call; the others have one of their own.
_AGAIN: Final = frozenset({"CONNECTED_UNDECIDED", "CONNECTED_REMOTE", "NO_ANSWER"})


@dataclass(frozen=True, slots=True)
class Said:
    """What the collector heard on the phone, and when he will ring again."""

    outcome: str
    reason: str
    feedback: str
    promised_on: date | None
    next_on: date | None


def habit_of(seed: int, party_id: int, *, developer: bool) -> Habit:
    """The habit of a payer; the same for the same seed."""
    if developer:
        return Habit.DEVELOPER
    choice = dice(seed, party_id).choices([h for h, _n in SHARES], [n for _h, n in SHARES])
    return choice[0]


def leaks(seed: int, party_id: int, day: date, *, from_on: date, to_on: date) -> bool:
    """Whether the roof above somebody is leaking: for a hundred days, some time between the two days."""
    start = from_on + timedelta(days=dice(seed, party_id, 11).randint(0, (to_on - from_on).days))
    return start <= day < start + timedelta(days=100)


def pays_on(seed: int, account_id: int, habit: Habit, *, issued_on: date, due_on: date) -> date | None:
    """The day on which the payer comes by himself for what is due on a day, if ever."""
    span = _PAYS[habit]
    if span is None:
        return None
    wanted = due_on + timedelta(days=dice(seed, account_id, due_on.toordinal()).randint(*span))
    return max(wanted, issued_on)


def says(seed: int, account_id: int, habit: Habit, *, on: date, favourite: date) -> Said:
    """What he says when called on a day; a promise is for the `favourite` day where that is near."""
    outcome, reason, feedback = _SAYS[habit]
    chance = dice(seed, account_id, on.toordinal())
    promised = again = None
    if outcome == "CONNECTED_PROMISED":
        near = 2 <= (favourite - on).days <= 9
        promised = favourite if near else on + timedelta(days=chance.randint(3, 9))
    if outcome == "NO_ANSWER" and chance.random() < 0.6:
        outcome, reason, feedback = "CONNECTED_UNDECIDED", "BUSY", "在开会，说下周抽空来交"
    if outcome in _AGAIN:
        again = on + timedelta(days=chance.randint(4, 11))
    return Said(outcome, reason, feedback, promised, again)


def pays_by_transfer(seed: int, account_id: int) -> bool:
    """Whether the payer prefers a bank transfer to cash."""
    return dice(seed, account_id, 7).random() < 0.7


def amount_of(account_id: int, habit: Habit, owed_fen: int) -> int:
    """What he brings: what he owes; some of the late ones half of it, a few early ones a little more."""
    if habit is Habit.LATE and account_id % 7 == 0 and owed_fen > 20_000:
        return owed_fen // 200 * 100
    return owed_fen + 10_000 if habit is Habit.PROMPT and account_id % 61 == 0 else owed_fen


def dice(*numbers: int) -> Random:
    """Chance that falls the same way for the same numbers."""
    return Random(hash(numbers))  # noqa: S311 - made-up years, not a secret; hash of ints is stable
