"""What is known of a block of units, to be compared with a register: a few reads, however many units."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from owners.models import Building, Contact, Ownership, Party, Unit
from owners.rules.compare import Holder, Known
from tenancy.kernel import sql

_UNIT = (
    "code", "pk", "kind", "floor", "area_cm2", "handover_on", "handover", "occupancy", "location", "plate",
    "linked_unit__code", "remark",
)  # fmt: skip


def known_units(*, community_id: int, codes: Sequence[str], on: date) -> dict[str, Known]:
    """Units by code with their owners on a day; codes that are not there are left out."""
    units = list(Unit.objects.filter(community_id=community_id, code__in=codes).values_list(*_UNIT))
    holders = _holders([unit[1] for unit in units], on)
    phones = _phones({held[0].party_id for held in holders.values()})
    found: dict[str, Known] = {}
    for unit in units:
        held = tuple(holders.get(unit[1], ()))
        numbers = tuple(phones.get(held[0].party_id, ())) if held else ()
        found[unit[0]] = Known(
            unit_id=unit[1],
            code=unit[0],
            kind=unit[2],
            floor=unit[3],
            area_cm2=unit[4],
            handover_on=unit[5],
            handover=unit[6],
            occupancy=unit[7],
            location=unit[8],
            plate=unit[9],
            linked=unit[10] or "",
            remark=unit[11],
            holders=held,
            phones=numbers,
        )
    return found


def debtors(*, community_id: int, codes: Sequence[str], on: date) -> dict[str, tuple[int, list[Holder]]]:
    """Unit id and owners on a day, the debtor first, by code."""
    ids = dict(Unit.objects.filter(community_id=community_id, code__in=codes).values_list("code", "pk"))
    holders = _holders(list(ids.values()), on)
    return {code: (pk, holders.get(pk, [])) for code, pk in ids.items()}


def unit_codes(community_id: int) -> list[tuple[int, str, int]]:
    """(unit id, code, area in cm2) of every unit of a community."""
    found = Unit.objects.filter(community_id=community_id).order_by("pk")
    return list(found.values_list("pk", "code", "area_cm2").iterator(chunk_size=5000))


def buildings_by_name(*, community_id: int, names: Collection[str]) -> dict[str, int]:
    """Building ids by name."""
    found = Building.objects.filter(community_id=community_id, name__in=list(names))
    return dict(found.values_list("name", "pk"))


def parties_by_identity(hashes: Collection[str]) -> dict[tuple[str, str], int]:
    """Party ids by identity number and name: one of the two alone may be a slip of the pen."""
    found = (
        Party.objects.filter(id_hash__in=list(hashes), merged_into=None).exclude(id_hash="").order_by("-pk")
    )
    return {(id_hash, key): pk for id_hash, key, pk in found.values_list("id_hash", "name_key", "pk")}


def developer_of(community_id: int, *, name_key: str) -> int | None:
    """The developer's party: who holds a unit of the community as developer, else one of that name."""
    found = sql.rows("owners", "developer_of", {"community_id": community_id, "name_key": name_key})
    return int(found[0][0]) if found else None


def _holders(unit_ids: list[int], on: date) -> dict[int, list[Holder]]:
    fields = ("unit_id", "party_id", "party__name_key", "party__id_hash", "party__kind")
    held = Ownership.objects.filter(unit_id__in=unit_ids, role=Ownership.Role.OWNER, held__contains=on)
    found: dict[int, list[Holder]] = {}
    for unit_id, party_id, key, id_hash, kind in held.order_by("unit_id", "rank").values_list(*fields):
        holder = Holder(party_id, key, id_hash, kind == Party.Kind.DEVELOPER)
        found.setdefault(unit_id, []).append(holder)
    return found


def _phones(party_ids: Collection[int]) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[Any]] = {}
    contacts = Contact.objects.filter(party_id__in=list(party_ids)).order_by("position", "pk")
    for party_id, value_hash, masked in contacts.values_list("party_id", "value_hash", "masked"):
        found.setdefault(party_id, []).append((value_hash, masked))
    return found
