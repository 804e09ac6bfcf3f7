"""Which billing cycles a run issues, and what of a cycle is not billed yet."""

from collections.abc import Iterable
from typing import NamedTuple

from values.period import Period, add_months


class Cycle(NamedTuple):
    """A cycle that a run looks at. `is_new`: its turn has come; else what was left out is made up for."""

    period: Period
    is_new: bool


def cycles_of(run: Period, *, months: int, in_arrears: bool = False) -> tuple[Cycle, ...]:
    """The cycles that a run over whole months issues; cycles follow the calendar year.

    In advance: those the run touches. In arrears: those that have ended when the run begins, or end in it,
    back to the last one. A unit that joins in the middle of a quarter is thus billed for the rest of it.

    >>> [(str(cycle.period), cycle.is_new) for cycle in cycles_of(Period.month(2026, 4), months=3)]
    [('2026-04-01..2026-07-01', True)]
    >>> [(str(cycle.period), cycle.is_new) for cycle in cycles_of(Period.month(2026, 5), months=3)]
    [('2026-04-01..2026-07-01', False)]
    >>> [str(cycle.period) for cycle in cycles_of(Period.month(2026, 1), months=1, in_arrears=True)]
    ['2025-12-01..2026-01-01']
    """
    first = add_months(run.start, -((run.start.month - 1) % months))
    turns = []
    while first < run.end:
        turns.append(first)
        first = add_months(first, months)
    if in_arrears:
        return tuple(Cycle(Period(add_months(turn, -months), turn), turn >= run.start) for turn in turns)
    return tuple(Cycle(Period.of_months(turn, months), turn >= run.start) for turn in turns)


def uncovered(period: Period, taken: Iterable[Period]) -> tuple[Period, ...]:
    """What of a period no other period covers, in order.

    >>> year = Period.of_months(Period.month(2026, 1).start, 12)
    >>> [str(part) for part in uncovered(year, [Period.month(2026, 1), Period.month(2026, 12)])]
    ['2026-02-01..2026-12-01']
    """
    parts, at = [], period.start
    for other in sorted(taken):
        if other.end <= at or other.start >= period.end:
            continue
        if at < other.start:
            parts.append(Period(at, other.start))
        at = other.end
    if at < period.end:
        parts.append(Period(at, period.end))
    return tuple(parts)
