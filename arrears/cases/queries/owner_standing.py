"""An owner's standing from the rows of 24 months: computed when it is looked at, kept nowhere."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final, NamedTuple

from arrears.cases.queries.kept import KeptRate, kept_by_party
from arrears.cases.rules.standing import Record, Standing, since, standing
from billing.charges.queries import accounts_of_unit
from tenancy.kernel import sql

PACKAGE: Final = "arrears.cases"


class OwnerStanding(NamedTuple):
    """Somebody who owes for a unit, and how he stands."""

    party_id: int
    name: str
    standing: Standing


def party_standing(party_id: int, *, as_of: date) -> Standing:
    """The standing of one owner on a day."""
    kept = kept_by_party([party_id], as_of=as_of).get(party_id, KeptRate())
    return standing(_record(party_id, kept, as_of), as_of=as_of)


def unit_standings(unit_id: int, *, as_of: date) -> list[OwnerStanding]:
    """Everybody with an account of the unit that is open."""
    rows = {row.party_id: row.party_name for row in accounts_of_unit(unit_id) if row.closed_on is None}
    return [OwnerStanding(pk, name, party_standing(pk, as_of=as_of)) for pk, name in rows.items()]


def standings(party_ids: Collection[int], *, as_of: date) -> list[Standing]:
    """The standings of some parties of one owner."""
    return [party_standing(party_id, as_of=as_of) for party_id in party_ids]


def _record(party_id: int, kept: KeptRate, as_of: date) -> Record:
    params = {"party_id": party_id, "since": since(as_of), "as_of": as_of}
    ((bills, on_time, oldest_due_on),) = sql.rows(PACKAGE, "owner_record", params)
    return Record(bills, on_time, kept.kept, kept.broken, oldest_due_on)
