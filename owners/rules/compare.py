"""A unit as a register tells it against the unit as it is known: what differs, what a person must decide."""

from datetime import date
from typing import NamedTuple

from owners.rules.workbook import Occupancy
from values.area import square_metres


class Named(NamedTuple):
    """An owner as told; `id_hash` is "" where no number was given."""

    name: str
    key: str
    id_number: str
    id_hash: str


class Reach(NamedTuple):
    """A telephone number as told."""

    kind: str
    number: str
    hash: str
    masked: str


class Wanted(NamedTuple):
    """A unit or bay as a register tells it. A blank cell (None, "", UNKNOWN) says and changes nothing."""

    code: str
    building: str
    entrance: str
    room: str
    sort_key: str
    kind: str
    floor: int | None
    area_cm2: int
    handover_on: date | None
    handover: str
    occupancy: str
    location: str
    plate: str
    linked: str
    remark: str
    owners: tuple[Named, ...]
    developer: bool
    phones: tuple[Reach, ...]
    since: date


class Holder(NamedTuple):
    """One of those who hold the unit on the day, in order of rank."""

    party_id: int
    key: str
    id_hash: str
    developer: bool


class Known(NamedTuple):
    """A unit as it is stored, with the fingerprints and masks of its debtor's numbers."""

    unit_id: int
    code: str
    kind: str
    floor: int | None
    area_cm2: int
    handover_on: date | None
    handover: str
    occupancy: str
    location: str
    plate: str
    linked: str
    remark: str
    holders: tuple[Holder, ...]
    phones: tuple[tuple[str, str], ...]


class Change(NamedTuple):
    """One field that is told differently: plain text, numbers of people masked."""

    field: str
    old: str
    new: str


class Difference(NamedTuple):
    """All of it. `owner_differs`: other people are named; only a hand-over changes that."""

    changes: tuple[Change, ...]
    owner_differs: bool
    new_phones: tuple[Reach, ...]
    new_identities: tuple[tuple[int, Named], ...]


def compare(known: Known, wanted: Wanted) -> Difference:
    """What a register would change about a unit that is known.

    Contacts are only added, never taken away; they and identity numbers are the owner's, so where the owner
    differs they are left alone.
    """
    changes = _plain(known, wanted)
    if owner_differs(known, wanted):
        return Difference(tuple(changes), True, (), ())
    if not known.holders and (wanted.owners or wanted.developer):
        named = "、".join(owner.name for owner in wanted.owners)
        changes.append(Change("owner", "", named or "DEVELOPER"))
    hashes = {found for found, _mask in known.phones}
    phones = tuple(reach for reach in wanted.phones if reach.hash not in hashes)
    if phones and (known.holders or wanted.owners or wanted.developer):
        old = "、".join(mask for _found, mask in known.phones)
        changes.append(Change("phones", old, "、".join(reach.masked for reach in phones)))
    identities = tuple(
        (holder.party_id, owner)
        for holder, owner in zip(known.holders, wanted.owners, strict=False)
        if owner.id_hash and not holder.id_hash
    )
    if identities:
        changes.append(Change("identity", "", "、".join(owner.name for _party, owner in identities)))
    return Difference(tuple(changes), False, phones, identities)


def owner_differs(known: Known, wanted: Wanted) -> bool:
    """Whether the register names other owners than those who hold the unit; a blank cell names nobody."""
    if not known.holders or not (wanted.owners or wanted.developer):
        return False
    if wanted.developer and not wanted.owners:
        return not known.holders[0].developer
    if [holder.key for holder in known.holders] != [owner.key for owner in wanted.owners]:
        return True
    return any(
        holder.id_hash and owner.id_hash and holder.id_hash != owner.id_hash
        for holder, owner in zip(known.holders, wanted.owners, strict=True)
    )


def _plain(known: Known, wanted: Wanted) -> list[Change]:
    pairs = (
        ("area", _area(known.area_cm2), _area(wanted.area_cm2)),
        ("usage", known.kind, wanted.kind),
        ("floor", _text(known.floor), _text(wanted.floor)),
        ("handover_on", _text(known.handover_on), _text(wanted.handover_on)),
        ("handover", known.handover, wanted.handover),
        ("occupancy", known.occupancy, "" if wanted.occupancy == Occupancy.UNKNOWN else wanted.occupancy),
        ("location", known.location, wanted.location),
        ("plate", known.plate, wanted.plate),
        ("linked_unit", known.linked, wanted.linked),
        ("remark", known.remark, wanted.remark),
    )
    return [Change(field, old, new) for field, old, new in pairs if new and new != old]


def _area(cm2: int) -> str:
    return square_metres(cm2) if cm2 else ""


def _text(value: date | int | None) -> str:
    return "" if value is None else str(value)
