"""A promised payment day: what may be promised, how long it holds, when it is broken (6.1, R000-I7)."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

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


class Part(NamedTuple):
    """What is promised, and what of the principal past due it may leave unpaid."""

    amount_fen: int
    left_fen: int


def promised_part(
    said_fen: int | None, *, overdue_fen: int, disputed_fen: int = 0, late_fee_fen: int = 0
) -> Part:
    """All that may be asked for unless an amount was named; the late fee of its day is paid from it first.

    >>> promised_part(None, overdue_fen=1000, late_fee_fen=50)
    Part(amount_fen=1000, left_fen=0)
    >>> promised_part(400, overdue_fen=1000, late_fee_fen=50)
    Part(amount_fen=400, left_fen=650)
    >>> promised_part(None, overdue_fen=1000, disputed_fen=300)
    Part(amount_fen=700, left_fen=300)
    """
    if said_fen is not None:
        return Part(said_fen, overdue_fen - max(0, said_fen - late_fee_fen))
    amount_fen = overdue_fen - disputed_fen or overdue_fen
    return Part(amount_fen, overdue_fen - amount_fen)


def refuse_amount(said_fen: int | None, *, overdue_fen: int) -> Because | None:
    """Why an amount cannot be promised: nothing, or more than is past due.

    >>> refuse_amount(0, overdue_fen=1000).code, refuse_amount(1000, overdue_fen=1000)
    ('promise_of_nothing', None)
    """
    if said_fen is None:
        return None
    if said_fen <= 0:
        return because("promise_of_nothing")
    return because("promise_of_too_much", most_fen=overdue_fen) if said_fen > overdue_fen else None


def state_of(promised_on: date, *, unpaid_fen: int, left_fen: int = 0, as_of: date) -> PromiseState:
    """Kept when no more is unpaid than it left of what was past due when it was made, broken when its day
    went by. `unpaid_fen`: of that debt, on `as_of`.

    >>> [state_of(date(2026, 3, 20), unpaid_fen=fen, left_fen=600, as_of=date(2026, 3, 21)).value
    ...  for fen in (601, 600)]
    ['BROKEN', 'KEPT']
    >>> state_of(date(2026, 3, 21), unpaid_fen=1000, as_of=date(2026, 3, 21)).value
    'OPEN'
    """
    if unpaid_fen <= left_fen:
        return PromiseState.KEPT
    return PromiseState.OPEN if is_running(promised_on, as_of=as_of) else PromiseState.BROKEN
