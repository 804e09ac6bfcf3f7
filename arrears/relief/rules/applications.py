"""What may be asked for, who checks and who grants it, and how an application goes on (domain 3.3, 6.1)."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple

from values.because import Because, because
from values.period import add_months

MANAGER_MONTHS: Final = 12
MOST_MONTHS: Final = 36
AHEAD_DAYS: Final = 92
# An approved plan that nobody comes to sign, and a request that nobody decides, do not stand for ever.
SIGN_WITHIN_DAYS: Final = 14
DECIDE_WITHIN_DAYS: Final = 30
REVIEW_DAYS: Final = 90
REMIND_DAYS: Final = 3
CHECKER: Final = "team_lead"
_MANAGER, _BRANCH = "project_manager", "branch_gm"


class Kind(StrEnum):
    """What an owner may ask for."""

    DEFERRAL = "DEFERRAL"
    INSTALMENT = "INSTALMENT"
    HARDSHIP = "HARDSHIP"


class State(StrEnum):
    """Where an application stands. KEPT, BROKEN, ENDED, RELEASED: how what was granted came to its end."""

    ASKED = "ASKED"
    CHECKED = "CHECKED"
    APPROVED = "APPROVED"
    RUNNING = "RUNNING"
    KEPT = "KEPT"
    BROKEN = "BROKEN"
    ENDED = "ENDED"
    RELEASED = "RELEASED"
    REJECTED = "REJECTED"
    WITHDRAWN = "WITHDRAWN"
    LAPSED = "LAPSED"


_S = State
FOLLOWS: Final[Mapping[State, frozenset[State]]] = MappingProxyType(
    {
        _S.ASKED: frozenset({_S.CHECKED, _S.REJECTED, _S.WITHDRAWN, _S.LAPSED}),
        _S.CHECKED: frozenset({_S.APPROVED, _S.RUNNING, _S.REJECTED, _S.WITHDRAWN, _S.LAPSED}),
        _S.APPROVED: frozenset({_S.RUNNING, _S.WITHDRAWN, _S.LAPSED}),
        _S.RUNNING: frozenset({_S.KEPT, _S.BROKEN, _S.ENDED, _S.RELEASED}),
    }
)
OPEN: Final = (_S.ASKED, _S.CHECKED, _S.APPROVED, _S.RUNNING)
WAITING: Final = (_S.ASKED, _S.CHECKED)


class Stood(NamedTuple):
    """A charge on the day of asking: principal that was owed and undisputed, and what was paid before."""

    principal_fen: int
    paid_fen: int


class Range(NamedTuple):
    """Days of a deferral or a hardship, both inclusive; a hardship may have no end yet."""

    from_on: date
    to_on: date | None = None


def may_follow(state: State, wanted: State) -> bool:
    """Whether an application in one state may come into another.

    >>> may_follow(State.ASKED, State.CHECKED), may_follow(State.KEPT, State.RUNNING)
    (True, False)
    """
    return wanted in FOLLOWS.get(state, frozenset())


def refuse_range(kind: Kind, asked: Range, *, on: date) -> Because | None:
    """None when these days may be asked for, else why not.

    Codes: `relief_needs_end`, `relief_begins`, `relief_ends_first`, `relief_too_long`.

    >>> refuse_range(Kind.DEFERRAL, Range(date(2026, 3, 1)), on=date(2026, 3, 1)).code
    'relief_needs_end'
    """
    latest_on = on + timedelta(days=AHEAD_DAYS)
    if not on <= asked.from_on <= latest_on:
        return because("relief_begins", from_on=on, latest_on=latest_on)
    if asked.to_on is None:
        return because("relief_needs_end") if kind is Kind.DEFERRAL else None
    if asked.to_on < asked.from_on:
        return because("relief_ends_first")
    ends_by = add_months(asked.from_on, MOST_MONTHS)
    return because("relief_too_long", latest_on=ends_by) if asked.to_on > ends_by else None


def is_same_debt(asked: Mapping[int, Stood], now: Mapping[int, int], paid: Mapping[int, int]) -> bool:
    """Whether a debt is what was asked for, less what was plainly paid since. By charge id.

    `now`: principal that is owed and undisputed; `paid`: all that was ever paid of it. What was let off,
    disputed, reversed or bounced since makes it another debt. The late fee goes with the days.

    >>> is_same_debt({1: Stood(9000, 0)}, {1: 4000}, {1: 5000})
    True
    >>> is_same_debt({1: Stood(9000, 0)}, {1: 4000}, {1: 0})
    False
    """
    since = {pk: paid.get(pk, 0) - one.paid_fen for pk, one in asked.items()}
    kept = all(now.get(pk, 0) == one.principal_fen - since[pk] for pk, one in asked.items())
    return kept and sum(since.values()) >= 0


def granter(kind: Kind, *, from_on: date, last_on: date | None) -> str:
    """Whose decision it is: the project manager's up to twelve months, beyond them the branch's (3.3).

    >>> granter(Kind.DEFERRAL, from_on=date(2026, 3, 1), last_on=date(2027, 2, 28))
    'project_manager'
    >>> granter(Kind.INSTALMENT, from_on=date(2026, 3, 15), last_on=date(2027, 3, 31))
    'branch_gm'
    """
    if kind is Kind.HARDSHIP or last_on is None:
        return _MANAGER
    return _MANAGER if last_on <= add_months(from_on, MANAGER_MONTHS) else _BRANCH


def refuse_part(user_id: int, *, asked_by: int | None, checked_by: int | None = None) -> Because | None:
    """Why somebody may not decide: who asked decides nothing, and one person never fills two parts.

    >>> refuse_part(3, asked_by=7, checked_by=3).code
    'relief_two_parts'
    """
    return because("relief_two_parts") if user_id in (asked_by, checked_by) else None


def acknowledges(kind: Kind) -> bool:
    """Whether asking for it says that the debt is owed (L-T10); hardship asks for less harshness only."""
    return kind is not Kind.HARDSHIP


def refuse_form(
    kind: Kind, *, by_owner: bool, is_noted: bool, user_id: int, asked_by: int | None
) -> Because | None:
    """Why nobody, or not this person, confirms that the owner signed what staff wrote down for him.

    >>> told = {"by_owner": False, "is_noted": False, "user_id": 3}
    >>> refuse_form(Kind.DEFERRAL, **told, asked_by=3).code
    'relief_two_parts'
    >>> refuse_form(Kind.DEFERRAL, **told, asked_by=7) is None
    True
    """
    if by_owner or is_noted or not acknowledges(kind):
        return because("form_not_needed")
    return refuse_part(user_id, asked_by=asked_by)


def lapses_on(state: State, *, asked_on: date, sign_by: date | None, to_on: date | None) -> date | None:
    """The first day on which it is too late to go on; None while something runs.

    >>> str(lapses_on(State.ASKED, asked_on=date(2026, 3, 1), sign_by=None, to_on=date(2026, 3, 10)))
    '2026-03-11'
    """
    if state in WAITING:
        last_on = asked_on + timedelta(days=DECIDE_WITHIN_DAYS)
        return min(last_on, to_on or last_on) + timedelta(days=1)
    if state is _S.APPROVED and sign_by is not None:
        return sign_by + timedelta(days=1)
    return None


def deferral_reminds_on(to_on: date) -> date:
    """The one reminder of a deferral: three days before its last day."""
    return to_on - timedelta(days=REMIND_DAYS)


def next_review(review_on: date, *, as_of: date) -> date:
    """The review after the one that a day calls for; a catch-up after a long stop asks once.

    >>> str(next_review(date(2026, 3, 1), as_of=date(2026, 3, 2)))
    '2026-05-30'
    """
    while review_on <= as_of:
        review_on += timedelta(days=REVIEW_DAYS)
    return review_on
