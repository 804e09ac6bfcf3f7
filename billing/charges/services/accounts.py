"""Open accounts: one for each unit and liable party."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from tenancy.kernel import sql

PACKAGE = "billing.charges"
Pair = tuple[int, int]


def open_accounts(*, pairs: Sequence[Pair], opened_on: date) -> dict[Pair, int]:
    """Accounts for (unit_id, party_id) pairs: (unit_id, party_id) -> account id, old and new alike."""
    if not pairs:
        return {}
    wanted = {**_columns(pairs), "opened_on": opened_on}
    sql.run(PACKAGE, "open_accounts", wanted)
    return {(unit, party): account for unit, party, account in sql.rows(PACKAGE, "account_ids", wanted)}


def _columns(pairs: Collection[Pair]) -> dict[str, list[int]]:
    return {"unit_ids": [unit for unit, _party in pairs], "party_ids": [party for _unit, party in pairs]}
