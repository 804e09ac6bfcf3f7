"""The three-year clock of one charge, and what interrupts it (domain 2.5, K10, S12)."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from values.period import add_months

YEARS: Final = 3
MAX_YEARS: Final = 20
ALERT_DAYS: Final = (180, 90, 30)
LONGEST_ALERT: Final = max(ALERT_DAYS)
EXPIRED: Final = 0


class Interruption(StrEnum):
    """What restarts the clock; delivery of a demand is judged by notices' `delivered`, not here."""

    DEMAND = "DEMAND"
    PART_PAYMENT = "PART_PAYMENT"
    ACKNOWLEDGEMENT = "ACKNOWLEDGEMENT"
    PROCEEDING = "PROCEEDING"


class LimitationEvent(NamedTuple):
    """An interruption proven for the day `on`.

    `until`: last instalment of a signed plan (the gatherer cuts it at a breach), or the end of a proceeding,
    None while the proceeding is pending.
    """

    kind: Interruption
    on: date
    until: date | None = None


class Status(StrEnum):
    """How a clock stands on a day."""

    RUNNING = "RUNNING"
    IN_PROCEEDING = "IN_PROCEEDING"
    EXPIRED = "EXPIRED"


class Clock(NamedTuple):
    """`last_on` is the last day to sue, conservatively; None while a proceeding is pending."""

    status: Status
    anchor_on: date
    last_on: date | None
    days_left: int | None


def last_day(anchor_on: date, *, years: int = YEARS) -> date:
    """The same calendar day years later, else that month's last day; holidays ignored (K10).

    >>> last_day(date(2024, 2, 29))
    datetime.date(2027, 2, 28)
    """
    return add_months(anchor_on, 12 * years)


class Traced(NamedTuple):
    """A clock with what each event did to it, in the order of the events."""

    clock: Clock
    counted: tuple[bool, ...]


def clock(due_on: date, events: Iterable[LimitationEvent], *, as_of: date) -> Clock:
    """The clock of a charge due on `due_on` as of a day; later events are not known yet.

    Once expired only a new agreement revives it: neither a demand, a payment nor a suit does (L-T12).

    >>> clock(date(2023, 3, 31), [], as_of=date(2025, 12, 31)).days_left
    90
    """
    return trace(due_on, sorted(events, key=lambda one: one.on), as_of=as_of).clock


def trace(due_on: date, events: Sequence[LimitationEvent], *, as_of: date) -> Traced:
    """The same with a mark per event (oldest first): False where it came too late, or is not known yet."""
    anchor_on, pending, counted = due_on, False, []
    for event in events:
        expired = not pending and event.on > _last_on(due_on, anchor_on)
        counts = event.on <= as_of and (not expired or event.kind is Interruption.ACKNOWLEDGEMENT)
        counted.append(counts)
        if not counts:
            continue
        ended = _ended_on(event, as_of)
        pending = pending or ended is None
        anchor_on = max(anchor_on, ended or event.on)
    return Traced(_standing(due_on, anchor_on, pending, as_of), tuple(counted))


def _standing(due_on: date, anchor_on: date, pending: bool, as_of: date) -> Clock:
    if pending:
        return Clock(Status.IN_PROCEEDING, anchor_on, None, None)
    last_on = _last_on(due_on, anchor_on)
    left = (last_on - as_of).days
    return Clock(Status.EXPIRED if left < 0 else Status.RUNNING, anchor_on, last_on, left)


def could_end_by(day: date) -> date:
    """A charge that is due later cannot expire by this day: interruptions only ever move the day away.

    One day of slack: 29 February ends on the 28th.

    >>> could_end_by(date(2027, 2, 28))
    datetime.date(2024, 2, 29)
    """
    return add_months(day, -12 * YEARS) + timedelta(days=1)


def alerts(last_on: date) -> tuple[date, ...]:
    """The days of the alerts 180, 90 and 30 days before the last day (G12).

    >>> [str(day) for day in alerts(date(2026, 3, 31))]
    ['2025-10-02', '2025-12-31', '2026-03-01']
    """
    return tuple(last_on - timedelta(days=days) for days in ALERT_DAYS)


def alert_of(last_on: date, *, as_of: date) -> int | None:
    """The alert that a day has reached: the smallest of 180, 90 and 30, 0 once expired; None before them.

    >>> [alert_of(date(2026, 3, 31), as_of=day) for day in (date(2025, 10, 1), date(2026, 3, 1))]
    [None, 30]
    """
    left = (last_on - as_of).days
    if left < 0:
        return EXPIRED
    return min((days for days in ALERT_DAYS if left <= days), default=None)


def _last_on(due_on: date, anchor_on: date) -> date:
    return min(last_day(anchor_on), last_day(due_on, years=MAX_YEARS))


def _ended_on(event: LimitationEvent, as_of: date) -> date | None:
    """The day the clock starts again, None while the proceeding has not ended."""
    if event.kind is not Interruption.PROCEEDING:
        return max(event.on, event.until) if event.until else event.on
    return event.until if event.until is not None and event.until <= as_of else None
