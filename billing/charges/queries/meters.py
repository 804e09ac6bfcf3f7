"""Meters: the list, one with its readings, and where they stand before a reading round."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from billing.charges.models import Meter, MeterReading, MeterUse
from billing.charges.rules.metered import units_text
from billing.charges.rules.readings import Reading, ReadingKind, expected_usage, usual_usage
from owners.queries import find_units
from tenancy.kernel import sql
from tenancy.kernel.errors import NotFound

PACKAGE: Final = "billing.charges"
_FOUND_UNITS: Final = 500


class MeterFilter(NamedTuple):
    """What the list of meters is narrowed to; `text`: a room, an owner or a meter's number."""

    community_id: int | None = None
    fee_item_id: int | None = None
    text: str = ""
    unit_id: int | None = None
    removed: bool = False


class MeterRow(NamedTuple):
    """One meter with its newest valid reading."""

    meter_id: int
    unit_id: int
    unit_code: str
    fee_item_id: int
    fee_item: str
    serial: str
    place: str
    digits: int
    multiplier: int
    people: int
    installed_on: date
    removed_on: date | None
    read_on: date | None
    value: str
    kind: str


class ReadingRow(NamedTuple):
    """One reading. `is_stale`: corrected since; `usage` since the one before (empty: there is none)."""

    reading_id: int
    read_on: date
    value: str
    kind: str
    usage: str
    reason: str
    by: str
    photo_id: int | None
    created_at: datetime
    is_stale: bool
    is_billed: bool


@dataclass(frozen=True, slots=True)
class MeterCard:
    """A meter with all that was read off it, the newest first."""

    meter: MeterRow
    community_id: int
    community_name: str
    readings: tuple[ReadingRow, ...]


class Position(NamedTuple):
    """A meter before a reading of a day. `before`: its last readings in order; `own`: the day's own."""

    meter_id: int
    unit_id: int
    unit_code: str
    serial: str
    place: str
    digits: int
    multiplier: int
    installed_on: date
    removed_on: date | None
    before: tuple[Reading, ...]
    own: Reading | None
    billed_to: date | None

    @property
    def last(self) -> Reading | None:
        """The reading before."""
        return self.before[-1] if self.before else None

    def usage_milli(self, milli: int) -> int | None:
        """What a value of the day would mean; None where nothing was read before, or no dial shows it."""
        if self.last is None or not 0 <= milli < 10 ** (self.digits + 3):
            return None
        return expected_usage(self.last, milli, digits=self.digits) * self.multiplier

    def usual_milli(self, day: date) -> int | None:
        """What this household uses in so many days."""
        usual = usual_usage(self.before, until=day, digits=self.digits)
        return None if usual is None else usual * self.multiplier


def meters(wanted: MeterFilter) -> QuerySet[Meter]:
    """Meters in walking order."""
    plain = {
        "community_id": wanted.community_id, "fee_item_id": wanted.fee_item_id, "unit_id": wanted.unit_id,
    }  # fmt: skip
    found = Meter.objects.select_related("unit", "fee_item").filter(removed_on__isnull=not wanted.removed)
    found = found.filter(**{name: value for name, value in plain.items() if value is not None})
    if text := wanted.text.strip():
        by_serial = found.filter(serial=text)
        units = [hit.unit_id for hit in find_units(text, _FOUND_UNITS)]
        found = by_serial if by_serial.exists() else found.filter(unit_id__in=units)
    return found.order_by("unit__sort_key", "unit_id", "fee_item_id", "pk")


def meter_rows(found: Iterable[Meter]) -> list[MeterRow]:
    """One page of meters with their newest readings; two reads."""
    rows = list(found)
    readings = _valid(MeterReading.objects.filter(meter_id__in=[meter.pk for meter in rows]))
    newest = {row.meter_id: row for row in readings.order_by("meter_id", "read_on", "pk")}
    return [_meter_row(meter, newest.get(meter.pk)) for meter in rows]


def meter_card(meter_id: int) -> MeterCard:
    """One meter; NotFound where it is not (or not yours)."""
    meter = Meter.objects.select_related("unit", "fee_item", "community").filter(pk=meter_id).first()
    if meter is None:
        raise NotFound(_("There is no such meter."))
    found = list(meter.readings.select_related("by").order_by("read_on", "pk"))
    stale = {row.supersedes_id for row in found if row.supersedes_id}
    uses = MeterUse.objects.filter(meter_id=meter_id, charge__reversed_on=None)
    billed = {pk for pair in uses.values_list("before_id", "now_id") for pk in pair}
    rows: list[ReadingRow] = []
    before: Reading | None = None
    for row in found:
        reading = Reading(row.pk, row.read_on, row.value_milli, ReadingKind(row.kind), row.pk in stale)
        rows.append(_reading_row(row, reading, before, meter, is_billed=row.pk in billed))
        before = before if reading.is_stale else reading
    (card,) = meter_rows([meter])
    return MeterCard(card, meter.community_id, meter.community.name, tuple(reversed(rows)))


def positions(
    day: date,
    *,
    community_id: int | None = None,
    fee_item_id: int | None = None,
    building_id: int | None = None,
    meter_ids: Sequence[int] = (),
) -> list[Position]:
    """Where meters stand before a day, in walking order; one read."""
    asked = {
        "day": day,
        "community_id": community_id,
        "fee_item_id": fee_item_id,
        "building_id": building_id,
        "meter_ids": list(meter_ids),
    }
    return [_position(row, day) for row in sql.rows(PACKAGE, "meter_positions", asked)]


def meter_of_reading(reading_id: int) -> int:
    """The meter a reading was taken of; NotFound where it is not (or not yours)."""
    found = MeterReading.objects.filter(pk=reading_id).values_list("meter_id", flat=True).first()
    if found is None or not Meter.objects.filter(pk=found).exists():
        raise NotFound(_("There is no such reading."))
    return int(found)


def metered_fee_items(community_id: int | None = None) -> list[tuple[int, str]]:
    """Fee items that something is read for, by name."""
    found = Meter.objects.all() if community_id is None else Meter.objects.filter(community_id=community_id)
    pairs = found.order_by().values_list("fee_item_id", "fee_item__name").distinct()
    return sorted(pairs, key=lambda pair: str(pair[1]))


def _valid(found: QuerySet[MeterReading]) -> QuerySet[MeterReading]:
    newer = MeterReading.objects.filter(supersedes_id=OuterRef("pk"))
    return found.filter(~Exists(newer))


def _meter_row(meter: Meter, newest: MeterReading | None) -> MeterRow:
    return MeterRow(
        meter_id=meter.pk,
        unit_id=meter.unit_id,
        unit_code=meter.unit.code,
        fee_item_id=meter.fee_item_id,
        fee_item=meter.fee_item.name,
        serial=meter.serial,
        place=meter.place,
        digits=meter.digits,
        multiplier=meter.multiplier,
        people=meter.people,
        installed_on=meter.installed_on,
        removed_on=meter.removed_on,
        read_on=newest.read_on if newest else None,
        value=units_text(newest.value_milli) if newest else "",
        kind=newest.kind if newest else "",
    )


def _reading_row(
    row: MeterReading, reading: Reading, before: Reading | None, meter: Meter, *, is_billed: bool
) -> ReadingRow:
    usage = ""
    if before is not None and not reading.is_stale:
        usage = units_text(expected_usage(before, reading.milli, digits=meter.digits) * meter.multiplier)
    return ReadingRow(
        reading_id=row.pk,
        read_on=row.read_on,
        value=units_text(row.value_milli),
        kind=row.kind,
        usage=usage,
        reason=row.reason,
        by=row.by.name if row.by else "",
        photo_id=row.photo_id,
        created_at=row.created_at,
        is_stale=reading.is_stale,
        is_billed=is_billed,
    )


def _position(row: tuple[Any, ...], day: date) -> Position:
    *plain, before, own_id, own_milli, own_kind, billed_to = row
    readings = tuple(
        Reading(pk, date.fromisoformat(on), milli, ReadingKind(kind)) for pk, on, milli, kind in before or ()
    )
    own = None if own_id is None else Reading(own_id, day, own_milli, ReadingKind(own_kind))
    return Position._make([*plain, readings, own, billed_to])
