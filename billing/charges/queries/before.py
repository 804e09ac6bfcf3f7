"""What was billed in an earlier period, to hold a new run against."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from tenancy.kernel import sql
from values.period import Period


class BilledBefore(NamedTuple):
    """Sums of a period: fee item -> (charges, fen), unit code -> fen."""

    by_item: Mapping[str, tuple[int, int]]
    by_unit: Mapping[str, int]


def billed_in(community_id: int, period: Period) -> BilledBefore:
    """Periodic charges whose first day lies in the period, by fee item and by unit."""
    rows = sql.rows(
        "billing.charges",
        "billed_in",
        {"community_id": community_id, "start_on": period.start, "end_on": period.end},
    )
    by_item: dict[str, tuple[int, int]] = {}
    by_unit: dict[str, int] = {}
    for unit_code, fee_item, charges, amount_fen in rows:
        count, fen = by_item.get(fee_item, (0, 0))
        by_item[fee_item] = (count + charges, fen + amount_fen)
        by_unit[unit_code] = by_unit.get(unit_code, 0) + amount_fen
    return BilledBefore(by_item, by_unit)
