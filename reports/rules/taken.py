"""Money taken by day, summed into the windows a manager compares."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple, Self

from reports.rules.compare import Span, month_before, month_to, year_before, year_to
from values.fen import split_evenly
from values.period import add_months


class Taken(NamedTuple):
    """Fen taken on the day, in its month and year so far, and in the same windows before."""

    day: int = 0
    month: int = 0
    year: int = 0
    day_last_month: int = 0
    day_last_year: int = 0
    month_last_month: int = 0
    month_last_year: int = 0
    year_last_year: int = 0

    def plus(self, other: Self) -> "Taken":
        """Both together."""
        return Taken(*(a + b for a, b in zip(self, other, strict=True)))

    def with_day(self, fen: int) -> "Taken":
        """The day's own money on top of what its month and year had before."""
        return self._replace(day=self.day + fen, month=self.month + fen, year=self.year + fen)


def first_day(as_of: date) -> date:
    """The first day whose money is asked for: the two years side by side."""
    return date(as_of.year - 1, 1, 1)


def windows(daily: Mapping[date, int], *, as_of: date) -> Taken:
    """The windows of a day; a month answers to as many days of the month before.

    >>> days = {date(2026, 6, 30): 5, date(2026, 6, 1): 7, date(2026, 5, 31): 11, date(2025, 6, 2): 13}
    >>> Taken(*windows(days, as_of=date(2026, 6, 30))) == (5, 12, 23, 11, 0, 11, 13, 13)
    True
    """
    month_ago, year_ago = month_before(as_of), year_before(as_of)
    spans = (
        Span(as_of, as_of), month_to(as_of), year_to(as_of), Span(month_ago, month_ago),
        Span(year_ago, year_ago), month_to(month_ago), month_to(year_ago), year_to(year_ago),
    )  # fmt: skip
    return Taken(*(sum(fen for day, fen in daily.items() if a <= day <= b) for a, b in spans))


def by_month(daily: Mapping[date, int], *, as_of: date) -> dict[str, int]:
    """Every month from the January of the year before to the day's own, as 2026-01."""
    start = first_day(as_of)
    months = {f"{add_months(start, n):%Y-%m}": 0 for n in range(12 + as_of.month)}
    for day, fen in daily.items():
        months[f"{day:%Y-%m}"] += fen
    return months


def month_target(year_fen: int, *, month: int) -> int:
    """The month's twelfth of a year's target; December takes the remainder.

    >>> month_target(1_000, month=1), month_target(1_000, month=12)
    (83, 87)
    """
    return split_evenly(year_fen, 12)[month - 1]


def still_a_day(year_fen: int, taken_fen: int, *, as_of: date) -> int:
    """What each remaining day of the year, the day itself included, must bring to reach the target.

    >>> still_a_day(10_000, 9_000, as_of=date(2026, 12, 22))
    100
    """
    missing = max(year_fen - taken_fen, 0)
    days = (date(as_of.year + 1, 1, 1) - as_of).days
    return -(-missing // days)
