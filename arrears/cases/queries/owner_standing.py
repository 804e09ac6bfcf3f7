"""An owner's standing from the rows of 24 months: computed when it is looked at, kept nowhere."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final, NamedTuple

from arrears.cases.queries.kept import KeptRate, kept_by_party
from arrears.cases.rules.standing import Record, Standing, since, standing
from billing.charges.queries import accounts_of_unit
from tenancy.kernel import sql
from tenancy.kernel.scope import acting_for, current_tenant_id, current_user_id

PACKAGE: Final = "arrears.cases"


class OwnerStanding(NamedTuple):
    """Somebody who owes for a unit, and how he stands."""

    party_id: int
    name: str
    standing: Standing


def party_standings(party_ids: Collection[int], *, as_of: date) -> dict[int, Standing]:
    """Party id -> the standing of an owner on a day."""
    params = {"party_ids": list(party_ids), "since": since(as_of), "as_of": as_of}
    kept = kept_by_party(party_ids, as_of=as_of)
    found: dict[int, Standing] = {}
    for party_id, bills, on_time, oldest_due_on, written_off_on in sql.rows(PACKAGE, "owner_record", params):
        rate = kept.get(party_id, KeptRate())
        record = Record(bills, on_time, rate.kept, rate.broken, oldest_due_on, written_off_on)
        found[party_id] = standing(record, as_of=as_of)
    return found


def party_standing(party_id: int, *, as_of: date) -> Standing:
    """The standing of one owner on a day."""
    return party_standings([party_id], as_of=as_of)[party_id]


def may_have_offers(party_ids: Collection[int], as_of: date) -> set[int]:
    """Those whose standing opens offers that ask for a good one.

    Reckoned over all communities of the company, whoever asks: a cashier of one of them and the owner on
    his phone get the same answer.
    """
    with acting_for(current_tenant_id(), user_id=current_user_id()):
        found = party_standings(party_ids, as_of=as_of)
    return {party_id for party_id, standing in found.items() if standing.may_have_offers}


def unit_standings(unit_id: int, *, as_of: date) -> list[OwnerStanding]:
    """Everybody with an account of the unit that is open."""
    names = {row.party_id: row.party_name for row in accounts_of_unit(unit_id) if row.closed_on is None}
    found = party_standings(names, as_of=as_of)
    return [OwnerStanding(party_id, name, found[party_id]) for party_id, name in names.items()]
