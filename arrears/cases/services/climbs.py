"""Rungs that open today: with their case, their charges as they stand now, and nothing that was just paid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Final, NamedTuple

from arrears.cases.queries.facts import BILL_LEAD_DAYS, Row
from arrears.cases.queries.ladders import Ladders
from arrears.cases.queries.subjects import bills_delivered, late_charges, lean_charges, proved_charges
from arrears.cases.rules.coverage import LateCharge, charges_of
from arrears.cases.rules.day import Opening
from arrears.cases.rules.ladder import FORMAL_FROM_LEVEL, Facts, Rung
from arrears.cases.services.distribution import Distribution, NewCase
from arrears.cases.services.recording import PACKAGE, StepRow
from billing.charges.queries import OpenCharge
from tenancy.kernel import sql
from values.because import Because

_NONE_TAKEN: Final[Mapping[int, frozenset[int]]] = MappingProxyType({})


class Climb(NamedTuple):
    """A rung that opens for a case; `charges` are those it lists."""

    case_id: int
    account_id: int
    community_id: int
    rung: Rung
    because: Because
    facts: Facts
    charges: tuple[LateCharge, ...]

    @property
    def charge_ids(self) -> tuple[int, ...]:
        """What the step is about."""
        return tuple(charge.charge_id for charge in self.charges)

    @property
    def owed_fen(self) -> int:
        """Principal and late fee of what it is about."""
        return sum(charge.unpaid_fen + charge.late_fee_fen for charge in self.charges)

    def step(
        self, event: str, on: date, *, notice_id: int | None = None, approval_id: int | None = None
    ) -> StepRow:
        """The event that opens it."""
        return StepRow(
            self.case_id, self.account_id, self.rung.level, self.rung.code.value, event, on, self.because,
            self.charge_ids, notice_id, approval_id,
        )  # fmt: skip


def prepare(
    found: Sequence[tuple[Row, Facts, Opening]],
    distribution: Distribution,
    ladders: Ladders,
    *,
    as_of: date,
) -> tuple[list[Climb], int]:
    """Climbs with their cases (new ones are opened and given away), and how many cases are new.

    Accounts about to be written to are locked, then read again: whoever paid meanwhile does not climb.
    """
    if not found:
        return [], 0
    formal = _formal(found)
    if formal:
        sql.rows(PACKAGE, "lock_accounts", {"account_ids": formal})
    listed = listed_charges(found, as_of=as_of)
    kept = [one for one in found if listed[one[0].account_id]]
    new = [row for row, _facts, _opening in kept if row.case_id is None]
    opened = _open_cases(new, distribution, ladders, as_of)
    climbs = [
        Climb(case_id, row.account_id, row.community_id, opening.rung, opening.because, facts, charges)
        for row, facts, opening in kept
        if (case_id := row.case_id or opened.get(row.account_id)) and (charges := listed[row.account_id])
    ]
    return climbs, len(opened)


def _open_cases(
    rows: Sequence[Row], distribution: Distribution, ladders: Ladders, as_of: date
) -> dict[int, int]:
    """Account id -> the id of its new case; accounts that have one already are left out."""
    if not rows:
        return {}
    new = [
        NewCase(row.account_id, row.community_id, row.overdue_fen, (as_of - row.oldest_due_on).days)
        for row in rows
        if row.oldest_due_on is not None
    ]
    given = distribution.give(new)
    params = {
        "account_ids": [case.account_id for case in new],
        "collector_ids": [given.get(case.account_id) for case in new],
        "ladder_ids": [ladders.id_of(case.community_id) for case in new],
        "as_of": as_of,
    }
    return dict(sql.rows(PACKAGE, "open_cases", params))


def _formal(found: Sequence[tuple[Row, Facts, Opening]]) -> list[int]:
    return [row.account_id for row, _facts, opening in found if opening.rung.level >= FORMAL_FROM_LEVEL]


def listed_charges(
    found: Sequence[tuple[Row, Facts, Opening]],
    *,
    as_of: date,
    taken: Mapping[int, frozenset[int]] = _NONE_TAKEN,
) -> dict[int, tuple[LateCharge, ...]]:
    """Account id -> the charges that its opening rung is about; none, and it does not open after all.

    `taken`: case id -> what a step listed that was taken today and is not written yet.
    """
    formal = _formal(found)
    late = lean_charges([row.account_id for row, _facts, _opening in found], as_of=as_of)
    delivered = bills_delivered(formal) if formal else {}
    proved = proved_charges(
        (row.case_id, opening.rung.level - 1)
        for row, _facts, opening in found
        if row.case_id is not None and opening.rung.level > FORMAL_FROM_LEVEL
    )
    proved |= taken
    return {
        row.account_id: charges_of(
            opening.rung.level,
            late.get(row.account_id, ()),
            delivered=delivered,
            proved=proved.get(row.case_id or 0, frozenset()),
            lead_days=BILL_LEAD_DAYS,
            as_of=as_of,
        )
        for row, _facts, opening in found
    }


def in_full(climbs: Sequence[Climb], *, as_of: date) -> dict[int, tuple[OpenCharge, ...]]:
    """Case id -> the charges of its climb with item, period and bill, for what is printed or signed."""
    late = late_charges([climb.account_id for climb in climbs], as_of=as_of)
    listed: dict[int, tuple[OpenCharge, ...]] = {}
    for climb in climbs:
        wanted = frozenset(climb.charge_ids)
        charges = late.get(climb.account_id, ())
        listed[climb.case_id] = tuple(charge for charge in charges if charge.charge_id in wanted)
    return listed
