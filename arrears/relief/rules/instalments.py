"""An instalment plan: its parts, what of them was paid when, and when it is broken (domain S9, K9, 4.11)."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from itertools import accumulate
from typing import Final, NamedTuple

from values.because import Because, because
from values.fen import round_half_up, split_evenly
from values.period import add_months, month_end

GRACE_DAYS: Final = 7
REMIND_DAYS: Final = 3
LEAST_PARTS: Final = 2
MOST_PARTS: Final = 36
# Nobody signs for parts that cost more to remind of than they bring.
LEAST_PART_FEN: Final = 1000
MOST_DOWN_PERCENT: Final = 50
FIRST_WITHIN_DAYS: Final = 62


class Mode(StrEnum):
    """What the late fee does when a plan is broken; the agreement names it."""

    RESUME = "RESUME"
    RETROACTIVE = "RETROACTIVE"


class Part(NamedTuple):
    """One instalment; number 0 is the down payment, due on the day of signing."""

    number: int
    due_on: date
    amount_fen: int


class Wanted(NamedTuple):
    """How somebody wants to pay: so many monthly parts from a day, after a share at signing."""

    parts: int
    first_on: date
    down_percent: int = 0


class PartState(StrEnum):
    """How an instalment stands on a day."""

    UPCOMING = "UPCOMING"
    GRACE = "GRACE"
    PAID = "PAID"
    PAID_LATE = "PAID_LATE"
    MISSED = "MISSED"


class Judged(NamedTuple):
    """An instalment as the ledger tells: what of it is paid, and the day on which it was whole."""

    part: Part
    state: PartState
    paid_fen: int
    paid_on: date | None


def schedule(total_fen: int, wanted: Wanted, *, signed_on: date) -> tuple[Part, ...]:
    """The parts: first the down payment, then equal ones by the month, the last takes the rest (K9).

    A first day that is the last of its month means the ends of months. One that lies before the signing
    moves on by whole months.

    >>> parts = schedule(524_372, Wanted(6, date(2026, 3, 31)), signed_on=date(2026, 3, 15))
    >>> [str(part.due_on) for part in parts][:3], [part.amount_fen for part in parts][-2:]
    (['2026-03-31', '2026-04-30', '2026-05-31'], [87395, 87397])
    >>> down = schedule(524_372, Wanted(5, date(2026, 3, 31), 20), signed_on=date(2026, 3, 15))
    >>> [part.amount_fen for part in down]
    [104874, 83900, 83900, 83900, 83900, 83898]
    """
    down_fen = round_half_up(total_fen * wanted.down_percent, 100)
    first = (Part(0, signed_on, down_fen),) if down_fen else ()
    amounts = split_evenly(total_fen - down_fen, wanted.parts)
    days = _days(wanted, signed_on)
    return first + tuple(Part(n, days[n - 1], fen) for n, fen in enumerate(amounts, start=1))


def last_day(wanted: Wanted, *, signed_on: date) -> date:
    """When the last part is due.

    >>> str(last_day(Wanted(6, date(2026, 3, 31)), signed_on=date(2026, 3, 15)))
    '2026-08-31'
    """
    return _days(wanted, signed_on)[-1]


def _days(wanted: Wanted, signed_on: date) -> list[date]:
    first_on, at_end = wanted.first_on, wanted.first_on == month_end(wanted.first_on)
    skipped = 0
    while add_months(first_on, skipped) < signed_on:
        skipped += 1
    days = [add_months(first_on, skipped + n) for n in range(wanted.parts)]
    return [month_end(day) for day in days] if at_end else days


def refuse_wanted(total_fen: int, wanted: Wanted, *, on: date) -> Because | None:
    """None when a plan may be asked for, else why not.

    Codes: `plan_parts`, `plan_down`, `plan_first_day`, `plan_part_too_small`.

    >>> refuse_wanted(5_000, Wanted(6, date(2026, 3, 31)), on=date(2026, 3, 15)).code
    'plan_part_too_small'
    """
    if not LEAST_PARTS <= wanted.parts <= MOST_PARTS:
        return because("plan_parts", least=LEAST_PARTS, most=MOST_PARTS)
    if not 0 <= wanted.down_percent <= MOST_DOWN_PERCENT:
        return because("plan_down", most=MOST_DOWN_PERCENT)
    latest_on = on + timedelta(days=FIRST_WITHIN_DAYS)
    if not on <= wanted.first_on <= latest_on:
        return because("plan_first_day", from_on=on, latest_on=latest_on)
    return refuse_parts(total_fen, wanted)


def refuse_parts(total_fen: int, wanted: Wanted) -> Because | None:
    """`plan_part_too_small` where each part of a debt would be less than it is worth; else None.

    >>> refuse_parts(5_034, Wanted(6, date(2026, 3, 31))).code
    'plan_part_too_small'
    """
    if (total_fen - round_half_up(total_fen * wanted.down_percent, 100)) // wanted.parts < LEAST_PART_FEN:
        return because("plan_part_too_small", least_fen=LEAST_PART_FEN)
    return None


def lost_on(part: Part, *, grace_days: int) -> date:
    """The first day on which an unpaid part breaks the plan.

    >>> str(lost_on(Part(3, date(2026, 5, 31), 87395), grace_days=7))
    '2026-06-08'
    """
    return part.due_on + timedelta(days=grace_days + 1)


def judge(
    parts: Sequence[Part], paid: Sequence[tuple[date, int]], *, grace_days: int, as_of: date
) -> tuple[Judged, ...]:
    """Each part as it stands at the end of `as_of`; `paid`: (day, fen) under the plan, in any order.

    Money goes to the earliest part. A part that was not whole when its grace ended is missed, whatever was
    paid afterwards.

    >>> two = [Part(1, date(2026, 3, 31), 100), Part(2, date(2026, 4, 30), 100)]
    >>> judged = judge(two, [(date(2026, 4, 3), 150)], grace_days=7, as_of=date(2026, 5, 8))
    >>> [(one.state.value, one.paid_fen) for one in judged]
    [('PAID_LATE', 100), ('MISSED', 50)]
    """
    known = sorted((on, fen) for on, fen in paid if on <= as_of)
    wholes = accumulate(part.amount_fen for part in parts)
    return tuple(
        _judged(part, whole, known, grace_days, as_of) for part, whole in zip(parts, wholes, strict=True)
    )


def first_missed(judged: Sequence[Judged]) -> Judged | None:
    """The part that broke the plan; None while it is kept."""
    return next((one for one in judged if one.state is PartState.MISSED), None)


def is_kept(judged: Sequence[Judged]) -> bool:
    """Whether every part was paid, none of them too late."""
    return all(one.state in (PartState.PAID, PartState.PAID_LATE) for one in judged)


def next_part(judged: Sequence[Judged]) -> Judged | None:
    """The earliest part of which something is open."""
    return next((one for one in judged if one.paid_fen < one.part.amount_fen), None)


def reminds_on(part: Part) -> date:
    """When its reminder goes out."""
    return part.due_on - timedelta(days=REMIND_DAYS)


def _judged(
    part: Part, whole_fen: int, paid: Sequence[tuple[date, int]], grace_days: int, as_of: date
) -> Judged:
    so_far = sum(fen for _on, fen in paid)
    mine = min(max(so_far - (whole_fen - part.amount_fen), 0), part.amount_fen)
    ends_on = lost_on(part, grace_days=grace_days) - timedelta(days=1)
    if as_of > ends_on and sum(fen for on, fen in paid if on <= ends_on) < whole_fen:
        return Judged(part, PartState.MISSED, mine, None)
    if so_far >= whole_fen:
        paid_on = _whole_on(paid, whole_fen)
        late = paid_on > part.due_on
        return Judged(part, PartState.PAID_LATE if late else PartState.PAID, mine, paid_on)
    return Judged(part, PartState.GRACE if as_of > part.due_on else PartState.UPCOMING, mine, None)


def _whole_on(paid: Sequence[tuple[date, int]], whole_fen: int) -> date:
    """The day from which on the sum stayed whole: what bounced counts from when it was made good."""
    sums = list(accumulate(fen for _on, fen in paid))
    short = [n for n, fen in enumerate(sums) if fen < whole_fen]
    return paid[short[-1] + 1 if short else 0][0]
