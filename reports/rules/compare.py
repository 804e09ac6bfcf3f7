"""Which days a report's day is compared with, and how a change is written (同比, 环比)."""

from datetime import date
from typing import NamedTuple

from values.period import add_months, month_end, month_start


class Span(NamedTuple):
    """Days, both inclusive."""

    first_on: date
    last_on: date


def month_before(day: date) -> date:
    """The same day a month earlier; the last day of a month answers to the last day of the one before.

    >>> month_before(date(2026, 2, 28)), month_before(date(2026, 3, 30))
    (datetime.date(2026, 1, 31), datetime.date(2026, 2, 28))
    """
    return _same_day(day, -1)


def year_before(day: date) -> date:
    """The same day a year earlier.

    >>> year_before(date(2025, 2, 28)), year_before(date(2026, 11, 22))
    (datetime.date(2024, 2, 29), datetime.date(2025, 11, 22))
    """
    return _same_day(day, -12)


def month_to(day: date) -> Span:
    """From the first of the month to the day."""
    return Span(month_start(day), day)


def year_to(day: date) -> Span:
    """From 1 January to the day."""
    return Span(date(day.year, 1, 1), day)


def growth(now_fen: int, then_fen: int) -> int | None:
    """The change of a sum in tenths of a percent, half away from nought; None where there was nothing.

    >>> growth(11_250, 10_000), growth(5, 0)
    (125, None)
    """
    if then_fen == 0:
        return None
    thousandths = (now_fen - then_fen) * 2000
    half = (abs(thousandths) + abs(then_fen)) // (2 * abs(then_fen))
    return half if thousandths >= 0 else -half


def _same_day(day: date, months: int) -> date:
    moved = add_months(day, months)
    return month_end(moved) if day == month_end(day) else moved
