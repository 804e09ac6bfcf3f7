"""A promised payment day: what may be promised, how long it holds, when it is broken (6.1, R000-I7)."""

from datetime import date, timedelta
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
    """None when the promise holds the ladder, else why not. `earlier`: the case's promises so far.

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
    if earlier >= max_promises:
        return because("too_many_promises", limit=max_promises)
    latest_on = made_on + timedelta(days=max_days)
    return because("promise_too_far", latest_on=latest_on) if promised_on > latest_on else None


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
    """When class A is called again: the day before (R000-F7), never before the promise was made."""
    return max(made_on, promised_on - timedelta(days=1))
