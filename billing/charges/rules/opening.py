"""A row of an arrears list against what is charged already: new, known, partly billed, or contradicted."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from values.fen import split_floor_last
from values.period import Period


class Fate(StrEnum):
    """NEW: months to be charged. KNOWN: all of it is there. DIFFERS: there, but with other amounts."""

    NEW = "NEW"
    KNOWN = "KNOWN"
    DIFFERS = "DIFFERS"


class Standing(NamedTuple):
    """A charge of the same unit and fee item."""

    period: Period
    is_opening: bool
    amount_fen: int


class Verdict(NamedTuple):
    """What becomes of a row: how many months are new, how many a run has billed already."""

    fate: Fate
    new_months: int
    billed_months: int


def judge(period: Period, amount_fen: int, standing: Sequence[Standing]) -> Verdict:
    """Compare month by month, as the row would be split: equal fen, the last takes the remainder.

    >>> half = Period.of_months(Period.month(2025, 7).start, 6)
    >>> judge(half, 120_000, [Standing(Period.month(2025, 12), False, 21_002)])
    Verdict(fate=<Fate.NEW: 'NEW'>, new_months=5, billed_months=1)
    """
    months = period.months()
    new = billed = 0
    for month, fen in zip(months, split_floor_last(amount_fen, len(months)), strict=True):
        met = [charge for charge in standing if charge.period.overlaps(month)]
        if any(charge.is_opening and (charge.period, charge.amount_fen) != (month, fen) for charge in met):
            return Verdict(Fate.DIFFERS, 0, 0)
        billed += any(not charge.is_opening for charge in met)
        new += not met and fen > 0
    return Verdict(Fate.NEW if new else Fate.KNOWN, new, billed)
