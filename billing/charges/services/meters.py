"""Meters: put in, changed for another, taken out, and the household behind them."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from billing.charges.models import FeeItem, Meter, MeterReading
from billing.charges.queries.meters import Position, positions
from billing.charges.rules.readings import ReadingKind
from owners.queries import unit_header
from tenancy.kernel.errors import Conflict, NotFound, Refused
from tenancy.kernel.scope import current_user_id
from tenancy.people.services import audit

MOST_DIGITS, LEAST_DIGITS = 9, 3


class SerialTaken(Conflict):
    code = "charges.meter_serial_taken"


class MeterNotValid(Refused):
    code = "charges.meter_not_valid"


class MeterRemoved(Conflict):
    code = "charges.meter_removed"


class NewMeter(NamedTuple):
    """A meter as it is put in. `start_milli`: what its dial shows on that day, in thousandths."""

    serial: str
    start_milli: int = 0
    digits: int = 5
    multiplier: int = 1
    people: int = 0
    place: str = ""


def add_meter(*, unit_id: int, fee_item_id: int, installed_on: date, meter: NewMeter) -> int:
    """A meter of a unit for a fee, with its first reading; its id.

    Raises NotFound, MeterNotValid, SerialTaken.
    """
    unit = unit_header(unit_id)
    if not FeeItem.objects.filter(pk=fee_item_id).exists():
        raise NotFound(_("There is no such fee item."), field="fee_item")
    _check(meter)
    try:
        with transaction.atomic():
            row = Meter.objects.create(
                community_id=unit.community_id,
                unit_id=unit_id,
                fee_item_id=fee_item_id,
                serial=meter.serial.strip(),
                digits=meter.digits,
                multiplier=meter.multiplier,
                people=meter.people,
                place=meter.place.strip(),
                installed_on=installed_on,
            )
    except IntegrityError as error:
        raise SerialTaken(_("There is a meter of this number already."), field="serial") from error
    _read(row.pk, installed_on, meter.start_milli, ReadingKind.START)
    audit.record("meter.added", kind="meter", pk=row.pk, unit=unit.code, serial=row.serial)
    return int(row.pk)


def remove_meter(*, meter_id: int, on: date, end_milli: int) -> None:
    """Take a meter out with its last reading; what it counted is billed with the cycle of that day."""
    meter = Meter.objects.select_for_update().filter(pk=meter_id).first()
    if meter is None:
        raise NotFound(_("There is no such meter."))
    if meter.removed_on is not None:
        raise MeterRemoved(_("This meter was taken out already."))
    (position,) = positions(on, meter_ids=[meter_id])
    _check_end(position, on, end_milli)
    _read(meter_id, on, end_milli, ReadingKind.END)
    Meter.objects.filter(pk=meter_id).update(removed_on=on)
    audit.record("meter.removed", kind="meter", pk=meter_id, serial=meter.serial, on=on.isoformat())


def change_meter(*, meter_id: int, on: date, end_milli: int, meter: NewMeter) -> int:
    """Another meter in a meter's place: the old one's last reading and the new one's first, on one day."""
    remove_meter(meter_id=meter_id, on=on, end_milli=end_milli)
    old = Meter.objects.get(pk=meter_id)
    place = meter.place or old.place
    people = meter.people or old.people
    return add_meter(
        unit_id=old.unit_id,
        fee_item_id=old.fee_item_id,
        installed_on=on,
        meter=meter._replace(place=place, people=people),
    )


def set_household(*, meter_id: int, people: int, place: str) -> None:
    """How many live behind a meter, and where it hangs."""
    meter = Meter.objects.select_for_update().filter(pk=meter_id).first()
    if meter is None:
        raise NotFound(_("There is no such meter."))
    if people < 0:
        raise MeterNotValid(_("A number of persons is not negative."), field="people")
    before = {"people": meter.people, "place": meter.place}
    after = {"people": people, "place": place.strip()}
    if audit.record_change("meter.changed", kind="meter", pk=meter_id, before=before, after=after):
        Meter.objects.filter(pk=meter_id).update(**after)


def _check(meter: NewMeter) -> None:
    if not meter.serial.strip():
        raise MeterNotValid(_("Write the meter's number."), field="serial")
    if not LEAST_DIGITS <= meter.digits <= MOST_DIGITS:
        raise MeterNotValid(_("A dial has between 3 and 9 digits."), field="digits")
    if meter.multiplier < 1 or meter.people < 0:
        raise MeterNotValid(_("The factor is 1 or more."), field="multiplier")
    if not 0 <= meter.start_milli < 10 ** (meter.digits + 3):
        raise MeterNotValid(_("The reading has more digits than the meter."), field="start")


def _check_end(position: Position, on: date, end_milli: int) -> None:
    if not 0 <= end_milli < 10 ** (position.digits + 3):
        raise MeterNotValid(_("The reading has more digits than the meter."), field="end")
    latest = position.own or position.last
    if on <= position.installed_on or latest is None:
        raise MeterNotValid(_("The meter came on this day or later."), field="on")
    newer = MeterReading.objects.filter(meter_id=position.meter_id, read_on__gte=on)
    if newer.exists():
        raise MeterNotValid(_("It was read on this day or later."), field="on")


def _read(meter_id: int, on: date, milli: int, kind: ReadingKind) -> None:
    MeterReading.objects.create(
        meter_id=meter_id, read_on=on, value_milli=milli, kind=kind.value, by_id=current_user_id()
    )
