"""Paying ahead: which whole cycles of a fee item may be billed before their time (L-B3)."""

from collections.abc import Collection
from datetime import date
from typing import Final, NamedTuple

from billing.charges.rules.cycles import Cycle
from values.period import Period, add_months

MOST_MONTHS: Final = 12  # where no local rule says otherwise


class Ahead(NamedTuple):
    """How far a payer wants to go, and how far he may: `until` is the first day no contract covers."""

    today: date
    months: int
    most: int
    until: date | None


def cycles_ahead(
    ahead: Ahead, *, cycle_months: int, taken: Collection[Period], prepaid: Collection[Period] = ()
) -> tuple[Cycle, ...]:
    """The next whole cycles nobody has billed; those that do not end in time are left to the runs.

    The limit counts from what the runs have billed, so paying ahead twice does not reach further.

    >>> asked = Ahead(date(2026, 1, 3), 12, 12, None)
    >>> year = cycles_ahead(asked, cycle_months=1, taken=())
    >>> len(year), str(year[0].period), str(year[-1].period)
    (12, '2026-01-01..2026-02-01', '2026-12-01..2027-01-01')
    >>> [str(c.period) for c in cycles_ahead(asked._replace(months=5), cycle_months=3, taken=())]
    ['2026-01-01..2026-04-01']
    """
    this_month = ahead.today.replace(day=1)
    start = max([this_month, *(period.end for period in taken)])
    by_runs = max([this_month, *(period.end for period in taken if period not in prepaid)])
    ends = [add_months(start, ahead.months), add_months(by_runs, ahead.most)]
    end = min([*ends, *([ahead.until] if ahead.until else [])])
    turn = date(start.year, 1, 1)
    while turn < start:
        turn = add_months(turn, cycle_months)
    cycles = []
    while (following := add_months(turn, cycle_months)) <= end:
        cycles.append(Cycle(Period(turn, following), is_new=True))
        turn = following
    return tuple(cycles)
