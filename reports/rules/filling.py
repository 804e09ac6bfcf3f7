"""How money counts for periods: a charge's months are filled oldest first (domain 3.4)."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from values.period import add_months, month_start


class Part(NamedTuple):
    """What of a charge belongs to earlier years and to the year's months so far, and what of it is paid.

    `opened_fen`: unpaid of earlier years when the year began; `recovered_fen`: paid on it since.
    """

    opened_fen: int
    recovered_fen: int
    receivable_fen: int
    collected_fen: int


class Window(NamedTuple):
    """The days a rate looks at: from 1 January to the end of the month that the report's day lies in."""

    year_on: date
    next_on: date


def window(as_of: date) -> Window:
    """A month is receivable once it has begun, as bills are issued for it in advance.

    >>> window(date(2026, 6, 30))
    Window(year_on=datetime.date(2026, 1, 1), next_on=datetime.date(2026, 7, 1))
    """
    return Window(date(as_of.year, 1, 1), add_months(month_start(as_of), 1))


def part_of(
    lines: Sequence[tuple[date, int]], *, settled_fen: int, settled_before_fen: int, as_of: date
) -> Part:
    """One charge. `lines`: first day and amount of each month line; what was paid until the report's day,
    and what before its 1 January.

    A year of 2,520.24 paid in the December before counts with six months in June:

    >>> year = [(date(2026, month, 1), 21002) for month in range(1, 13)]
    >>> part_of(year, settled_fen=252024, settled_before_fen=252024, as_of=date(2026, 6, 30))
    Part(opened_fen=0, recovered_fen=0, receivable_fen=126012, collected_fen=126012)
    """
    year_on, next_on = window(as_of)
    before = sum(fen for day, fen in lines if day < year_on)
    so_far = sum(fen for day, fen in lines if day < next_on)
    at_new_year = min(settled_before_fen, before)
    return Part(
        opened_fen=before - at_new_year,
        recovered_fen=min(settled_fen, before) - at_new_year,
        receivable_fen=so_far - before,
        collected_fen=min(max(settled_fen - before, 0), so_far - before),
    )
