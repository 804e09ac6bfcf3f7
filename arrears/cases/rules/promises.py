"""A promised payment day: what may be promised, how long it holds, when it is broken (6.1, R000-I7)."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from values.because import Because, because

MAX_PROMISES: Final = 2
MAX_DAYS: Final = 15
CALL_WINDOW_DAYS: Final = 1


def refuse_promise(
    promised_on: date | None,
    *,
    made_on: date,
    earlier: int,
    max_promises: int = MAX_PROMISES,
    max_days: int = MAX_DAYS,
) -> Because | None:
    """None when the promise holds the ladder, else why not. `earlier`: promises of the case that held it.

    Codes: `promise_needs_date` (class A without a date is invalid), `promise_in_past`, `promise_too_far`,
    `too_many_promises`.

    >>> refuse_promise(date(2026, 3, 20), made_on=date(2026, 3, 5), earlier=1) is None
    True
    >>> refuse_promise(date(2026, 3, 21), made_on=date(2026, 3, 5), earlier=1)
    Because(code='promise_too_far', params={'latest_on': '2026-03-20'})
    """
    if promised_on is None:
        return because("promise_needs_date")
    if promised_on < made_on:
        return because("promise_in_past", promised_on=promised_on)
    limit = refuse_limit(earlier, max_promises=max_promises)
    if limit is not None:
        return limit
    latest_on = made_on + timedelta(days=max_days)
    return because("promise_too_far", latest_on=latest_on) if promised_on > latest_on else None


def refuse_limit(earlier: int, *, max_promises: int = MAX_PROMISES) -> Because | None:
    """Why one promise more does not hold the ladder, whatever its day.

    >>> [refuse_limit(earlier) is None for earlier in (1, 2)]
    [True, False]
    """
    return because("too_many_promises", limit=max_promises) if earlier >= max_promises else None


def latest_day(made_on: date) -> date:
    """The last day that a promise made on a day may name to hold the ladder."""
    return made_on + timedelta(days=MAX_DAYS)


def why_in_doubt(doubt: str, *, made_on: date) -> Because | None:
    """The kept code of a promise in doubt as a reason; None for one that holds the ladder.

    >>> why_in_doubt("promise_too_far", made_on=date(2026, 3, 5))
    Because(code='promise_too_far', params={'latest_on': '2026-03-20'})
    """
    if not doubt:
        return None
    if doubt == "promise_too_far":
        return because(doubt, latest_on=latest_day(made_on))
    return because(doubt, limit=MAX_PROMISES)


def is_running(promised_on: date | None, *, as_of: date) -> bool:
    """Whether the promise still holds the ladder; its own last day included.

    >>> [is_running(date(2026, 3, 20), as_of=date(2026, 3, day)) for day in (20, 21)]
    [True, False]
    """
    return promised_on is not None and as_of <= promised_on


def demand_opens_on(promised_on: date) -> date:
    """The first day a broken promise may lead to the demand: the one-day window of the second call is over.

    >>> demand_opens_on(date(2026, 3, 20))
    datetime.date(2026, 3, 22)
    """
    return promised_on + timedelta(days=CALL_WINDOW_DAYS + 1)


def reminder_on(promised_on: date, *, made_on: date) -> date:
    """When class A is called again: the day before (R000-F7), but not on the day of the call itself.

    >>> reminder_on(date(2026, 4, 3), made_on=date(2026, 4, 2))
    datetime.date(2026, 4, 3)
    """
    return max(promised_on - timedelta(days=1), min(made_on + timedelta(days=1), promised_on))


class PromiseState(StrEnum):
    """What became of a promised day."""

    OPEN = "OPEN"
    KEPT = "KEPT"
    BROKEN = "BROKEN"


def state_of(promised_on: date, *, made_on: date, oldest_due_on: date | None, as_of: date) -> PromiseState:
    """Kept when nothing is owed any more that was past due when it was made, broken when the day went by.

    `oldest_due_on`: of what is past due on `as_of`, None when nothing is.

    >>> made = {"made_on": date(2026, 3, 5), "as_of": date(2026, 3, 21)}
    >>> [state_of(date(2026, 3, 20), oldest_due_on=due, **made).value
    ...  for due in (date(2026, 1, 31), date(2026, 3, 10), None)]
    ['BROKEN', 'KEPT', 'KEPT']
    >>> state_of(date(2026, 3, 21), oldest_due_on=date(2026, 1, 31), **made).value
    'OPEN'
    """
    if oldest_due_on is None or oldest_due_on >= made_on:
        return PromiseState.KEPT
    return PromiseState.OPEN if is_running(promised_on, as_of=as_of) else PromiseState.BROKEN
