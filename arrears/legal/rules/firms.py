"""Whether a law firm may be given data: an agreement on processing them is in force (G11)."""

from datetime import date


def agreement_in_force(from_on: date, until: date, ended_on: date | None, *, on: date) -> bool:
    """Between its days, both inclusive; from the day on which it was ended it holds no more.

    >>> agreement_in_force(date(2026, 1, 1), date(2026, 12, 31), None, on=date(2026, 12, 31))
    True
    >>> agreement_in_force(date(2026, 1, 1), date(2026, 12, 31), date(2026, 5, 2), on=date(2026, 5, 2))
    False
    """
    return from_on <= on <= until and (ended_on is None or on < ended_on)


def over_on(until: date, ended_on: date | None) -> date:
    """The last day on which an agreement binds: an early end comes before the written one.

    >>> over_on(date(2026, 12, 31), date(2026, 5, 2)), over_on(date(2026, 12, 31), None)
    (datetime.date(2026, 5, 2), datetime.date(2026, 12, 31))
    """
    return until if ended_on is None else min(until, ended_on)
