"""Days on which owners are left alone: 除夕 to 初三, 高考, and what a company adds (L-CO3).

The usual days hold for everybody: a company may only be gentler. A bereavement is a hold of its account.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final, NamedTuple

from values.because import Because, because

SPRING_FESTIVAL: Final = "SPRING_FESTIVAL"
GAOKAO: Final = "GAOKAO"

# 正月初一, from the published calendar of the Purple Mountain Observatory.
NEW_YEAR: Final = MappingProxyType(
    {
        day.year: day
        for day in (
            date(2021, 2, 12), date(2022, 2, 1), date(2023, 1, 22), date(2024, 2, 10), date(2025, 1, 29),
            date(2026, 2, 17), date(2027, 2, 6), date(2028, 1, 26), date(2029, 2, 13), date(2030, 2, 3),
            date(2031, 1, 23), date(2032, 2, 11), date(2033, 1, 31), date(2034, 2, 19), date(2035, 2, 8),
        )
    }
)  # fmt: skip


class Span(NamedTuple):
    """Quiet days, both included. `name`: a code for the usual ones, else what the company calls them."""

    first_on: date
    last_on: date
    name: str


# Why nobody is contacted on a day; None when somebody may be.
Quiet = Callable[[date], Because | None]


def usual(year: int) -> tuple[Span, ...]:
    """The days of a year on which nobody collects anywhere.

    >>> [(str(span.first_on), str(span.last_on)) for span in usual(2027)]
    [('2027-02-05', '2027-02-08'), ('2027-06-07', '2027-06-09')]
    """
    first = NEW_YEAR.get(year)
    festival = () if first is None else (Span(first - timedelta(1), first + timedelta(2), SPRING_FESTIVAL),)
    return (*festival, Span(date(year, 6, 7), date(year, 6, 9), GAOKAO))


def quiet_with(own: Iterable[Span]) -> Quiet:
    """The usual days with those that a company or community added.

    >>> quiet = quiet_with([Span(date(2026, 11, 25), date(2026, 11, 26), "电梯检修")])
    >>> [quiet(date(2026, 11, day)) is None for day in (24, 25, 26, 27)]
    [True, False, False, True]
    >>> quiet(date(2027, 2, 7))
    Because(code='quiet_day', params={'name': 'SPRING_FESTIVAL', 'until': '2027-02-08'})
    """
    spans = tuple(own)

    def quiet(day: date) -> Because | None:
        found = [span for span in (*usual(day.year), *spans) if span.first_on <= day <= span.last_on]
        if not found:
            return None
        longest = max(found, key=lambda span: span.last_on)
        return because("quiet_day", name=longest.name, until=longest.last_on)

    return quiet


usually: Final[Quiet] = quiet_with(())


def next_day(day: date, quiet: Quiet = usually) -> date:
    """The first day from `day` on that is not quiet; spans that touch are passed together.

    >>> next_day(date(2026, 2, 16))
    datetime.date(2026, 2, 20)
    """
    while quiet(day) is not None:
        day += timedelta(days=1)
    return day
