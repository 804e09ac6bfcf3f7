"""Doubled interest after an instrument, as of any day: payments in between each end a stretch (L-L9)."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from arrears.legal.rules.court import DOUBLED_INTEREST_DAILY
from values.fen import Fen, to_fen


class PaidOn(NamedTuple):
    """Principal of the award that came in on a day."""

    on: date
    fen: int


def doubled_interest_until(award_fen: int, paid: Iterable[PaidOn], *, perform_by: date, as_of: date) -> Fen:
    """0.0175 % a day of the unpaid principal from the day after the days to pay, rounded once.

    Principal is settled before this part, so it never bears interest itself.

    >>> day = date(2026, 3, 1)
    >>> doubled_interest_until(1_865_040, [], perform_by=day, as_of=date(2026, 5, 30))
    29374
    >>> doubled_interest_until(1_865_040, [PaidOn(day, 1_865_040)], perform_by=day, as_of=date(2026, 5, 30))
    0
    """
    left, from_on, fen_days = award_fen, perform_by, 0
    for one in sorted(paid):
        until = min(max(one.on, perform_by), as_of)
        fen_days += max(0, left) * max(0, (until - from_on).days)
        from_on = max(from_on, until)
        if one.on <= as_of:
            left -= one.fen
    fen_days += max(0, left) * max(0, (as_of - from_on).days)
    return to_fen(Decimal(fen_days) / 100 * DOUBLED_INTEREST_DAILY)
