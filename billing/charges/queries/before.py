"""What was billed in an earlier period, to hold a new run against."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

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


def billed_lines(
    community_id: int, period: Period, codes: Collection[str]
) -> dict[str, list[dict[str, Any]]]:
    """The snapshots of the same charges, for some units: unit code -> snapshots."""
    asked = {
        "community_id": community_id,
        "start_on": period.start,
        "end_on": period.end,
        "codes": list(codes),
    }
    found: dict[str, list[dict[str, Any]]] = {}
    for code, snapshot in sql.rows("billing.charges", "billed_lines", asked):
        found.setdefault(code, []).append(json.loads(snapshot))
    return found
