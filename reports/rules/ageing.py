"""Day count -> bucket of the ageing analysis, always by due date (domain 3.4, R002-7)."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from values.fen import Fen


class Bucket(StrEnum):
    """The nine columns, in order."""

    NOT_DUE = "NOT_DUE"
    DAYS_1_15 = "DAYS_1_15"
    DAYS_16_30 = "DAYS_16_30"
    DAYS_31_90 = "DAYS_31_90"
    DAYS_91_180 = "DAYS_91_180"
    DAYS_181_365 = "DAYS_181_365"
    YEARS_1_2 = "YEARS_1_2"
    YEARS_2_3 = "YEARS_2_3"
    YEARS_3_UP = "YEARS_3_UP"


# The last day of each bucket; a year is 365 days here, so that a bucket is a day count and nothing else.
UPPER_DAYS: Final[tuple[tuple[int, Bucket], ...]] = (
    (0, Bucket.NOT_DUE),
    (15, Bucket.DAYS_1_15),
    (30, Bucket.DAYS_16_30),
    (90, Bucket.DAYS_31_90),
    (180, Bucket.DAYS_91_180),
    (365, Bucket.DAYS_181_365),
    (730, Bucket.YEARS_1_2),
    (1095, Bucket.YEARS_2_3),
)


class OpenItem(NamedTuple):
    """Unpaid principal of one charge."""

    due_on: date
    unpaid_fen: int


def bucket(due_on: date, *, as_of: date) -> Bucket:
    """The bucket of a charge; on its due date it is not yet late.

    >>> bucket(date(2026, 1, 31), as_of=date(2026, 2, 15)), bucket(date(2026, 1, 31), as_of=date(2026, 2, 16))
    (<Bucket.DAYS_1_15: 'DAYS_1_15'>, <Bucket.DAYS_16_30: 'DAYS_16_30'>)
    """
    days = (as_of - due_on).days
    return next((name for upper, name in UPPER_DAYS if days <= upper), Bucket.YEARS_3_UP)


def ageing(items: Iterable[OpenItem], *, as_of: date) -> dict[Bucket, Fen]:
    """Unpaid principal per bucket, every bucket present and in order."""
    totals = dict.fromkeys(Bucket, Fen(0))
    for item in items:
        into = bucket(item.due_on, as_of=as_of)
        totals[into] = Fen(totals[into] + item.unpaid_fen)
    return totals
