"""Empty homes: from when to when a part of the fee is let off, how much, and when it is owed after all."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from billing.charges.rules.discount import share_of
from values.period import Period, add_months, month_start

MIN_MONTHS: Final = 6  # where no local rule says otherwise


class MonthLine(NamedTuple):
    """What a charge asks for a month."""

    period: Period
    amount_fen: int


def reduced_from(accepted_on: date) -> date:
    """The first day of the month after the application was accepted.

    >>> reduced_from(date(2026, 3, 10))
    datetime.date(2026, 4, 1)
    """
    return add_months(month_start(accepted_on), 1)


def months_empty(from_on: date, moved_in_on: date) -> int:
    """Whole months until the end of the month before somebody moved in.

    >>> months_empty(date(2026, 4, 1), date(2026, 12, 5)), months_empty(date(2026, 4, 1), date(2026, 3, 20))
    (8, 0)
    """
    end = month_start(moved_in_on)
    return max((end.year - from_on.year) * 12 + end.month - from_on.month, 0)


def off_fen(lines: Iterable[MonthLine], *, ratio: Decimal, from_on: date, until_on: date | None) -> int:
    """What of a charge is let off: month by month round(line x ratio) stays (K4, S4).

    >>> april = MonthLine(Period.month(2026, 4), 21002)
    >>> off_fen([april], ratio=Decimal("0.7"), from_on=date(2026, 4, 1), until_on=None)
    6301
    """
    by_month: dict[date, int] = {}
    for line in lines:
        if line.period.start >= from_on and (until_on is None or line.period.end <= until_on):
            month = month_start(line.period.start)
            by_month[month] = by_month.get(month, 0) + line.amount_fen
    return sum(fen - share_of(fen, ratio) for fen in by_month.values())
