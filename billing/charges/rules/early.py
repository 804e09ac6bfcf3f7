"""An offer for a whole year: what it lets off, and of which charge (K4, S5)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from billing.charges.rules.discount import over_months, share_of
from values.period import Period


class YearCharge(NamedTuple):
    """A charge of the year: what it costs without the offer, and what of that is unpaid."""

    charge_id: int
    period: Period
    amount_fen: int
    unpaid_fen: int


class Off(NamedTuple):
    """What an offer lets off: charge id -> fen. `unpaid_fen`: what is unpaid of the year's charges."""

    parts: dict[int, int]
    unpaid_fen: int
    charge_ids: frozenset[int]

    @property
    def total_fen(self) -> int:
        """The offer's sum."""
        return sum(self.parts.values())

    @property
    def is_met(self) -> bool:
        """Whether nothing of the year is unpaid but what the offer lets off."""
        return self.unpaid_fen == self.total_fen


def off_year(charges: Sequence[YearCharge], *, year: int, share: Decimal) -> Off | None:
    """Of one charge for the year or of twelve for its months; None unless they cover the year.

    Also None when less is unpaid than the offer would let off: the year was paid without it.

    >>> months = Period.of_months(date(2026, 1, 1), 12).months()
    >>> twelve = [YearCharge(n, month, 21002, 21002) for n, month in enumerate(months)]
    >>> off = off_year(twelve, year=2026, share=Decimal("0.05"))
    >>> off.total_fen, off.parts[0], off.parts[11]
    (12601, 1050, 1051)
    >>> one = [YearCharge(7, Period.of_months(date(2026, 1, 1), 12), 252024, 252024)]
    >>> off_year(one, year=2026, share=Decimal("0.05")).parts
    {7: 12601}
    """
    found = sorted(charges, key=lambda one: one.period.start)
    if not _covers(found, Period.of_months(date(year, 1, 1), 12)):
        return None
    total = share_of(sum(one.amount_fen for one in found), share)
    unpaid = sum(one.unpaid_fen for one in found)
    if total <= 0 or unpaid < total:
        return None
    return Off(_parts(found, total, year), unpaid, frozenset(one.charge_id for one in found))


def _covers(found: Sequence[YearCharge], year: Period) -> bool:
    return (
        bool(found)
        and found[0].period.start == year.start
        and found[-1].period.end == year.end
        and all(one.period.end == other.period.start for one, other in pairwise(found))
    )


def _parts(found: Sequence[YearCharge], total: int, year: int) -> dict[int, int]:
    """Month by month; what a charge cannot take any more goes to those that can, the last first."""
    wanted = dict.fromkeys([one.charge_id for one in found], 0)
    for month, fen in zip(
        Period.of_months(date(year, 1, 1), 12).months(), over_months(total, 12), strict=True
    ):
        wanted[next(one.charge_id for one in found if one.period.contains(month.last_day))] += fen
    parts = {one.charge_id: min(wanted[one.charge_id], one.unpaid_fen) for one in found}
    left = total - sum(parts.values())
    for one in reversed(found):
        more = min(left, one.unpaid_fen - parts[one.charge_id])
        parts[one.charge_id] += more
        left -= more
    return {charge_id: fen for charge_id, fen in parts.items() if fen}
