"""Units and bays of a register, block by block: compare with what is known, write only what differs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from owners.models import Community
from owners.queries.register import buildings_by_name, debtors, known_units
from owners.rules.compare import Change, Difference, Holder, Known, Wanted, compare
from owners.services.register_people import People
from tenancy.kernel import sql

# The units that bays belong to: id and owners by code.
Linked = dict[str, tuple[int, list[Holder]]]


class Outcome(StrEnum):
    """What a row did, or would do."""

    CREATED = "CREATED"
    CHANGED = "CHANGED"
    UNCHANGED = "UNCHANGED"


@dataclass(frozen=True, slots=True)
class Registered:
    """One row's outcome. Ids are None in a dry run of a new unit; `debtor_id` also where nobody is named."""

    code: str
    outcome: Outcome
    changes: tuple[Change, ...]
    owner_differs: bool
    unit_id: int | None
    debtor_id: int | None


def register_units(
    *, community_id: int, wanted: Sequence[Wanted], as_of: date, commit: bool
) -> list[Registered]:
    """Compare a block of units with what is known and, with `commit`, write the difference.

    New units get their building, owners (from `since`), contacts. Of known units the told fields change, and
    contacts and identity numbers are added; owners never change here. One outcome per row, in order.
    """
    known = known_units(community_id=community_id, codes=[row.code for row in wanted], on=as_of)
    linked = _linked(community_id, wanted, as_of)
    # A link to a unit that was rejected, or that a dry run has yet to make, can neither be set nor compared.
    told = [row if row.linked in linked else row._replace(linked="") for row in wanted]
    pairs = [(row, known.get(row.code)) for row in told]
    found = {unit.code: compare(unit, row) for row, unit in pairs if unit is not None}
    created = _write(community_id, pairs, found, linked, as_of) if commit else {}
    return [_outcome(row, unit, found.get(row.code), created) for row, unit in pairs]


def _outcome(
    row: Wanted,
    unit: Known | None,
    difference: Difference | None,
    created: dict[str, tuple[int, int | None]],
) -> Registered:
    if unit is None or difference is None:
        unit_id, debtor_id = created.get(row.code, (None, None))
        return Registered(row.code, Outcome.CREATED, (), False, unit_id, debtor_id)
    outcome = Outcome.CHANGED if difference.changes else Outcome.UNCHANGED
    debtor = unit.holders[0].party_id if unit.holders else created.get(row.code, (0, None))[1]
    return Registered(row.code, outcome, difference.changes, difference.owner_differs, unit.unit_id, debtor)


def _write(
    community_id: int,
    pairs: list[tuple[Wanted, Known | None]],
    found: dict[str, Difference],
    linked: Linked,
    as_of: date,
) -> dict[str, tuple[int, int | None]]:
    """Unit id and debtor by code, of new units and of known ones that get their first owner."""
    fresh = [row for row, unit in pairs if unit is None]
    ids = _insert_units(community_id, fresh, linked)
    changed = [(row, unit) for row, unit in pairs if unit is not None and found[row.code].changes]
    _update_units(changed, linked)
    people = People(Community.objects.values_list("pk", "name").get(pk=community_id))
    newcomers = [(ids[row.code], row) for row in fresh]
    newcomers += [
        (unit.unit_id, row._replace(since=as_of))
        for row, unit in changed
        if not unit.holders and any(change.field == "owner" for change in found[row.code].changes)
    ]
    near = {row.code: linked[row.linked][1] for _pk, row in newcomers if row.linked in linked}
    debtor = people.move_in(newcomers, near)
    for row, unit in changed:
        people.complete(unit, found[row.code])
    people.save()
    return {row.code: (unit_id, debtor.get(row.code)) for unit_id, row in newcomers}


def _linked(community_id: int, rows: Sequence[Wanted], on: date) -> Linked:
    codes = sorted({row.linked for row in rows if row.linked})
    return debtors(community_id=community_id, codes=codes, on=on) if codes else {}


def _insert_units(community_id: int, rows: list[Wanted], linked: Linked) -> dict[str, int]:
    if not rows:
        return {}
    buildings = _buildings(community_id, rows)
    columns = _columns(rows, linked)
    columns["building_ids"] = [buildings.get(row.building) for row in rows]
    for name in ("codes", "entrances", "rooms", "sort_keys"):
        columns[name] = [getattr(row, name[:-1]) for row in rows]
    return dict(sql.rows("owners", "insert_units", {"community_id": community_id, **columns}))


def _update_units(changed: list[tuple[Wanted, Known]], linked: Linked) -> None:
    if changed:
        columns = _columns([row for row, _unit in changed], linked)
        sql.run("owners", "update_units", {"unit_ids": [unit.unit_id for _row, unit in changed], **columns})


def _columns(rows: list[Wanted], linked: Linked) -> dict[str, list[Any]]:
    return {
        "kinds": [row.kind for row in rows],
        "floors": [row.floor for row in rows],
        "areas_cm2": [row.area_cm2 for row in rows],
        "handovers_on": [row.handover_on for row in rows],
        "handovers": [row.handover for row in rows],
        "occupancies": ["" if row.occupancy == "UNKNOWN" else row.occupancy for row in rows],
        "locations": [row.location for row in rows],
        "plates": [row.plate for row in rows],
        "linked_ids": [linked[row.linked][0] if row.linked in linked else None for row in rows],
        "remarks": [row.remark for row in rows],
    }


def _buildings(community_id: int, rows: list[Wanted]) -> dict[str, int]:
    names = sorted({row.building for row in rows if row.building})
    known = buildings_by_name(community_id=community_id, names=names)
    missing = [name for name in names if name not in known]
    if missing:
        params = {
            "community_id": community_id,
            "names": missing,
            "sort_keys": [name.zfill(6) if name.isdecimal() else name for name in missing],
        }
        known.update(sql.rows("owners", "insert_buildings", params))
    return known
