"""A register's rows as facts to store: kinds named, numbers fingerprinted and masked."""

from __future__ import annotations

from datetime import date

from owners.models import Unit
from owners.rules.codes import Place
from owners.rules.compare import Named, Reach, Wanted
from owners.rules.phone_key import phone_key
from owners.rules.search import name_key
from owners.rules.workbook import BayRow, Phone, UnitRow, Usage
from tenancy.kernel.crypto import fingerprint
from values.mask import mask_phone

KINDS = {Usage.RESIDENTIAL: Unit.Kind.ROOM, Usage.SHOP: Unit.Kind.SHOP, Usage.OTHER: Unit.Kind.OTHER}
# Bays come after every building in a list.
AFTER_BUILDINGS = "~"


def wanted_unit(row: UnitRow, *, since: date) -> Wanted:
    """`since` is the day from which its owners hold it."""
    return Wanted(
        code=row.code,
        building=row.building,
        entrance=row.entrance,
        room=row.room,
        sort_key=Place(row.building, row.entrance, row.room).sort_key,
        kind=KINDS[row.usage].value,
        floor=row.floor,
        area_cm2=row.area_cm2,
        handover_on=row.handover_on,
        handover=row.handover_status.value,
        occupancy=row.occupancy.value,
        location="",
        plate="",
        linked="",
        remark=row.remark,
        owners=tuple(_named(owner.name, owner.id_no or "") for owner in row.owners),
        developer=row.developer,
        phones=tuple(_reach(phone) for phone in row.phones),
        since=since,
    )


def wanted_bay(row: BayRow, *, since: date) -> Wanted:
    """A parking bay. Its tenure stands where a unit's occupancy stands; its user is who pays for it."""
    return Wanted(
        code=row.code,
        building="",
        entrance="",
        room=row.code[:20],
        sort_key=AFTER_BUILDINGS
        + "-".join(part.zfill(6) if part.isdecimal() else part for part in row.code.split("-")),
        kind=Unit.Kind.BAY.value,
        floor=None,
        area_cm2=0,
        handover_on=None,
        handover=Unit.Handover.TAKEN_OVER.value,
        occupancy=row.tenure.value,
        location=row.location,
        plate=row.plate,
        linked=row.unit,
        remark="",
        owners=(_named(row.user, ""),) if row.user else (),
        developer=False,
        phones=tuple(_reach(phone) for phone in row.phones),
        since=since,
    )


def _named(name: str, number: str) -> Named:
    return Named(name, name_key(name), number, fingerprint(number))


def _reach(phone: Phone) -> Reach:
    number = phone.number
    return Reach(phone.kind.value, number, fingerprint(phone_key(number)), mask_phone(number))
