"""Half-open periods of days, calendar months and the steps between them."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self


def month_start(day: date) -> date:
    """The first day of the day's month.

    >>> month_start(date(2026, 2, 17))
    datetime.date(2026, 2, 1)
    """
    return day.replace(day=1)


def month_days(day: date) -> int:
    """Actual days of the day's month (K3)."""
    return calendar.monthrange(day.year, day.month)[1]


def month_end(day: date) -> date:
    """The last day of the day's month.

    >>> month_end(date(2028, 2, 3))
    datetime.date(2028, 2, 29)
    """
    return day.replace(day=month_days(day))


def add_months(day: date, n: int) -> date:
    """The same day n months later (earlier when negative), clamped to the month's last day (K10).

    >>> add_months(date(2024, 2, 29), 36), add_months(date(2026, 1, 31), 1), add_months(date(2026, 1, 5), -1)
    (datetime.date(2027, 2, 28), datetime.date(2026, 2, 28), datetime.date(2025, 12, 5))
    """
    year, month0 = divmod(day.year * 12 + day.month - 1 + n, 12)
    return date(year, month0 + 1, min(day.day, calendar.monthrange(year, month0 + 1)[1]))


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from `start` up to but without `end`; never empty (ValueError).

    >>> str(Period.month(2026, 1)), Period.month(2026, 1).days
    ('2026-01-01..2026-02-01', 31)
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise ValueError(f"a period needs at least one day: {self.start} to {self.end}")

    def __str__(self) -> str:
        return f"{self.start}..{self.end}"

    @classmethod
    def month(cls, year: int, month: int) -> Self:
        """One calendar month."""
        start = date(year, month, 1)
        return cls(start, add_months(start, 1))

    @classmethod
    def of_months(cls, start: date, n: int) -> Self:
        """n whole months from the day on.

        >>> str(Period.of_months(date(2026, 11, 1), 3))
        '2026-11-01..2027-02-01'
        """
        return cls(start, add_months(start, n))

    @classmethod
    def inclusive(cls, first: date, last: date) -> Self:
        """A range that people write with both of its days, as in a deferral."""
        return cls(first, last + timedelta(days=1))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what `str` wrote; ValueError otherwise.

        >>> Period.parse("2026-01-01..2026-02-01") == Period.month(2026, 1)
        True
        """
        start, dots, end = text.partition("..")
        if not dots:
            raise ValueError(f"not a period: {text!r}")
        return cls(date.fromisoformat(start), date.fromisoformat(end))

    @property
    def days(self) -> int:
        """How many days it holds."""
        return (self.end - self.start).days

    @property
    def last_day(self) -> date:
        """Its last day, the one before `end`."""
        return self.end - timedelta(days=1)

    @property
    def is_whole_months(self) -> bool:
        """Whether it begins and ends with a calendar month."""
        return self.start.day == 1 and self.end.day == 1

    def contains(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.start <= day < self.end

    def overlaps(self, other: "Period") -> bool:
        """Whether they share a day; neighbours do not."""
        return self.start < other.end and other.start < self.end

    def intersect(self, other: "Period") -> "Period | None":
        """The days both hold, or None."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Period(start, end) if start < end else None

    def months(self) -> tuple["Period", ...]:
        """Cut at calendar months, in order; the first and last piece may be partial.

        >>> [str(m) for m in Period(date(2026, 1, 15), date(2026, 3, 1)).months()]
        ['2026-01-15..2026-02-01', '2026-02-01..2026-03-01']
        """
        pieces, start = [], self.start
        while start < self.end:
            end = min(add_months(month_start(start), 1), self.end)
            pieces.append(Period(start, end))
            start = end
        return tuple(pieces)

    @property
    def label(self) -> str:
        """Chinese text for owners: whole months without days, otherwise with them.

        >>> Period.month(2026, 1).label, Period(date(2026, 1, 1), date(2026, 4, 1)).label
        ('2026年1月', '2026年1月至3月')
        >>> Period.of_months(date(2025, 12, 1), 2).label
        '2025年12月至2026年1月'
        >>> Period(date(2026, 4, 1), date(2026, 4, 18)).label
        '2026年4月1日至4月17日'
        """
        first, last = self.start, self.last_day
        year = "" if first.year == last.year else f"{last.year}年"
        if not self.is_whole_months:
            head = f"{first.year}年{first.month}月{first.day}日"
            return head if first == last else f"{head}至{year}{last.month}月{last.day}日"
        head = f"{first.year}年{first.month}月"
        same = (first.year, first.month) == (last.year, last.month)
        return head if same else f"{head}至{year}{last.month}月"


def merged(periods: Iterable[Period]) -> tuple[Period, ...]:
    """The days that some periods hold together, in order: those that touch or overlap are one.

    >>> [one.label for one in merged([Period.month(2026, 3), Period.month(2026, 1), Period.month(2026, 2)])]
    ['2026年1月至3月']
    >>> [one.label for one in merged([Period.month(2026, 5), Period.month(2024, 2)])]
    ['2024年2月', '2026年5月']
    """
    found: list[Period] = []
    for one in sorted(periods):
        if found and one.start <= found[-1].end:
            found[-1] = Period(found[-1].start, max(found[-1].end, one.end))
        else:
            found.append(one)
    return tuple(found)
