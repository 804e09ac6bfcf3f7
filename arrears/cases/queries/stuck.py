"""Where the money is stuck: what is past due by the day the oldest fell due and by the rung it stands on."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final, NamedTuple

from arrears.cases.queries.facts import BILL_LEAD_DAYS, PACKAGE
from arrears.cases.rules.ladder import DEFAULT_LADDER, FORMAL_FROM_LEVEL, TOLERANCE_FEN
from tenancy.kernel import sql

NO_CASE, NO_RUNG = -1, 0
# The word of a level; where no rung is meant, of that.
SPOKEN_LEVEL: Final = {
    NO_CASE: "NO_CASE",
    NO_RUNG: "NO_RUNG",
    **{rung.level: rung.code.value for rung in DEFAULT_LADDER},
}


class Stuck(NamedTuple):
    """Accounts with something past due above the tolerance. `level`: their rung, NO_RUNG or NO_CASE.

    `undelivered`: how many of them wait for a bill that never arrived.
    """

    community_id: int
    oldest_due_on: date
    level: int
    accounts: int
    overdue_fen: int
    undelivered: int


def stuck(*, as_of: date, community_ids: Collection[int] | None = None) -> list[Stuck]:
    """As it stands now, one row per community, day and rung."""
    asked = {
        "as_of": as_of,
        "lead_days": BILL_LEAD_DAYS,
        "formal_from": FORMAL_FROM_LEVEL,
        "tolerance_fen": TOLERANCE_FEN,
        "community_ids": None if community_ids is None else list(community_ids),
    }
    return [Stuck(*row) for row in sql.rows(PACKAGE, "stuck", asked)]
