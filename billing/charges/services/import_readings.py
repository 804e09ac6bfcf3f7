"""A reading sheet as people fill it in: good lines are taken, the others are named by row and column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from billing.charges.models import Meter
from billing.charges.rules.readings import ReadingKind
from billing.charges.rules.typed import SheetFault, SheetLine, find_heads, read_line
from billing.charges.services.import_report import NothingThere
from billing.charges.services.readings import NewReading, enter_readings
from owners.rules.workbook import NumberedRow
from values.because import because

_HEAD_ROWS: Final = 20


class ImportedReadings(NamedTuple):
    """How many lines were read, taken, known before; and the faults in the order of the file."""

    lines: int
    taken: int
    faults: tuple[SheetFault, ...]

    @property
    def known(self) -> int:
        """Lines whose reading stood there already."""
        return self.lines - self.taken - len(self.faults)


def import_readings(
    *,
    community_id: int,
    fee_item_id: int,
    rows: Iterable[NumberedRow],
    on: date,
    today: date,
    are_sure: bool = False,
) -> ImportedReadings:
    """Take a sheet's readings of a community's meters for a fee; lines without a day: `on`.

    `are_sure`: odd usages are taken too. The same sheet again takes what is new. Raises NothingThere.
    """
    found = list(_read(rows, on))
    lines = [line for line in found if isinstance(line, SheetLine)]
    faults = [line for line in found if isinstance(line, SheetFault)]
    named, unknown = _named(community_id, fee_item_id, lines)
    faults += unknown
    readings = {_key(meter_id, line): line for meter_id, line in named}
    done = enter_readings(
        [
            NewReading(
                meter_id,
                line.read_on,
                line.milli,
                ReadingKind.ESTIMATED if line.is_estimated else ReadingKind.READ,
                is_sure=are_sure,
            )
            for meter_id, line in named
        ],
        today=today,
    )
    for no in done.refused:
        reading = no.reading
        line = readings[reading.meter_id, reading.read_on]
        faults.append(SheetFault(line.row, "value", _plain(line), no.fault.why))
    return ImportedReadings(len(found), done.taken, tuple(sorted(faults, key=lambda fault: fault.row)))


def _read(rows: Iterable[NumberedRow], on: date) -> Iterator[SheetLine | SheetFault]:
    heads = None
    for number, cells in rows:
        if heads is None:
            heads = find_heads(cells)
            if heads is None and number > _HEAD_ROWS:
                break
            continue
        line = read_line(number, cells, heads, on=on)
        if line is not None:
            yield line
    if heads is None:
        raise NothingThere(
            _("No heading was found. Columns are needed for the room or the meter, and for the reading."),
            field="file",
        )


def _named(
    community_id: int, fee_item_id: int, lines: Sequence[SheetLine]
) -> tuple[list[tuple[int, SheetLine]], list[SheetFault]]:
    """The meter of each line: by its number, else by the room where it has only one."""
    meters = Meter.objects.filter(community_id=community_id, fee_item_id=fee_item_id, removed_on=None)
    by_serial: dict[str, int] = {}
    by_unit: dict[str, list[int]] = {}
    for pk, serial, unit in meters.values_list("pk", "serial", "unit__code"):
        by_serial[serial] = pk
        by_unit.setdefault(unit, []).append(pk)
    named, faults, seen = [], [], set()
    for line in lines:
        of_unit = by_unit.get(line.unit, [])
        meter_id = by_serial.get(line.serial) if line.serial else (of_unit[0] if len(of_unit) == 1 else None)
        if meter_id is None:
            code = "several_meters" if not line.serial and len(of_unit) > 1 else "no_such_meter"
            column, value = ("serial", line.serial) if line.serial else ("unit", line.unit)
            faults.append(SheetFault(line.row, column, value, because(code)))
        elif line.serial and line.unit and meter_id not in of_unit:
            faults.append(SheetFault(line.row, "unit", line.unit, because("meter_of_another_room")))
        elif _key(meter_id, line) in seen:
            faults.append(SheetFault(line.row, "serial", line.serial or line.unit, because("read_twice")))
        else:
            seen.add(_key(meter_id, line))
            named.append((meter_id, line))
    return named, faults


def _key(meter_id: int, line: SheetLine) -> tuple[int, date]:
    return meter_id, line.read_on


def _plain(line: SheetLine) -> str:
    whole, rest = divmod(line.milli, 1000)
    return f"{whole}.{rest:03d}".rstrip("0").rstrip(".") if rest else str(whole)
