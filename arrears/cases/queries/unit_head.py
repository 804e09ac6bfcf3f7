"""The first line of a unit's page: how much is owed, since when, what holds it, and the case behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from arrears.cases.queries.cases import CaseLine, cases_of_unit
from billing.charges.queries import accounts_of_unit, owed
from billing.payments.queries import credit_of


@dataclass(frozen=True, slots=True)
class UnitHead:
    """What a unit's accounts owe together. `case`: the open one that weighs most, None where none is."""

    as_of: date
    total_fen: int
    overdue_fen: int
    late_fee_fen: int
    credit_fen: int
    since: date | None
    case: CaseLine | None

    @property
    def days_late(self) -> int:
        """Days since the oldest day on which something unpaid fell due."""
        return (self.as_of - self.since).days if self.since else 0


def unit_head(unit_id: int, *, as_of: date) -> UnitHead:
    """All accounts of the unit, former owners' too: their debts stay theirs, but belong to this place."""
    account_ids = [row.account_id for row in accounts_of_unit(unit_id)]
    found = owed(account_ids=account_ids, as_of=as_of).values()
    waiting = [case for case in cases_of_unit(unit_id, as_of=as_of) if case.is_open]
    return UnitHead(
        as_of=as_of,
        total_fen=sum(row.total_fen for row in found),
        overdue_fen=sum(row.overdue_fen for row in found),
        late_fee_fen=sum(row.late_fee_fen for row in found),
        credit_fen=sum(credit_of(account_ids).values()),
        since=min((row.oldest_due_on for row in found if row.oldest_due_on), default=None),
        case=max(waiting, key=lambda case: case.overdue_fen, default=None),
    )
