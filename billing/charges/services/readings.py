"""What was read off meters: many at once, each taken or refused with a reason; a correction is a new row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from billing.charges.models import Meter, MeterReading
from billing.charges.queries.meters import Position, positions
from billing.charges.rules.readings import Fault, Place, ReadingKind, fault_of
from tenancy.kernel.errors import Conflict, NotFound, Refused
from tenancy.kernel.scope import current_user_id
from tenancy.people.services import audit
from values.because import because

TAKEN_KINDS: Final = (ReadingKind.READ, ReadingKind.ESTIMATED)
_DAY = attrgetter("read_on")


class ReadingRefused(Refused):
    """The reason's code is in `why`."""

    code = "charges.reading_refused"


class AlreadyCorrected(Conflict):
    code = "charges.reading_corrected"


class ReasonMissing(Refused):
    code = "charges.reason_missing"


class NewReading(NamedTuple):
    """A value of a day, in thousandths. `is_sure`: taken though the usage looks wrong."""

    meter_id: int
    read_on: date
    milli: int
    kind: ReadingKind = ReadingKind.READ
    is_sure: bool = False
    photo_id: int | None = None


class NotTaken(NamedTuple):
    """A reading that was not taken."""

    reading: NewReading
    fault: Fault


class Entered(NamedTuple):
    """How many were taken, and which were not."""

    taken: int
    refused: tuple[NotTaken, ...]


def enter_readings(readings: Sequence[NewReading], *, today: date) -> Entered:
    """Take all that can be taken, day by day. The same value of the same day again is no news.

    A refused one says why (rules.readings.fault_of; `no_such_meter`, `read_twice` within the list).
    """
    taken, refused = 0, []
    for _day, of_day in groupby(sorted(readings, key=_DAY), key=_DAY):
        good, bad = _of_one_day(list(of_day), today)
        MeterReading.objects.bulk_create(good)
        taken += len(good)
        refused += bad
    if taken:
        days = sorted({reading.read_on for reading in readings})
        audit.record("readings.entered", readings=taken, from_on=str(days[0]), to_on=str(days[-1]))
    return Entered(taken, tuple(refused))


def correct_reading(*, reading_id: int, milli: int, reason: str) -> int:
    """Put another value in a reading's place; the old row stays. Its id.

    What was billed by the old value stays billed: the next bill starts from there and evens it out.
    """
    old = MeterReading.objects.filter(pk=reading_id).select_related("meter").first()
    if old is None or not Meter.objects.filter(pk=old.meter_id).exists():
        raise NotFound(_("There is no such reading."))
    Meter.objects.select_for_update().get(pk=old.meter_id)
    if not reason.strip():
        raise ReasonMissing(_("Say why the reading is corrected."), field="reason")
    if MeterReading.objects.filter(supersedes_id=reading_id).exists():
        raise AlreadyCorrected(_("This reading was corrected already."))
    if not 0 <= milli < 10 ** (old.meter.digits + 3):
        raise ReadingRefused(_("The reading has more digits than the meter."), field="value")
    row = MeterReading.objects.create(
        meter_id=old.meter_id,
        read_on=old.read_on,
        value_milli=milli,
        kind=ReadingKind.READ if old.kind == ReadingKind.ESTIMATED else old.kind,
        supersedes_id=reading_id,
        reason=reason.strip()[:200],
        photo_id=old.photo_id,
        by_id=current_user_id(),
    )
    audit.record("reading.corrected", kind="meter", pk=old.meter_id, reason=reason.strip())
    return int(row.pk)


def _of_one_day(readings: list[NewReading], today: date) -> tuple[list[MeterReading], list[NotTaken]]:
    day = readings[0].read_on
    ids = [reading.meter_id for reading in readings]
    # Locked in one order, so that two rounds never wait for each other.
    list(Meter.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))
    known = {position.meter_id: position for position in positions(day, meter_ids=ids)}
    often = Counter(ids)
    good, bad = [], []
    for reading in readings:
        position = known.get(reading.meter_id)
        if position is None or reading.kind not in TAKEN_KINDS:
            bad.append(NotTaken(reading, Fault(because("no_such_meter"))))
        elif often[reading.meter_id] > 1:
            bad.append(NotTaken(reading, Fault(because("read_twice"))))
        elif _is_known(position, reading):
            continue
        elif (fault := _fault(position, reading, today)) and not (fault.may_insist and reading.is_sure):
            bad.append(NotTaken(reading, fault))
        else:
            good.append(_row(reading))
    return good, bad


def _is_known(position: Position, reading: NewReading) -> bool:
    return position.own is not None and position.own.milli == reading.milli


def _fault(position: Position, reading: NewReading, today: date) -> Fault | None:
    place = Place(
        digits=position.digits,
        installed_on=position.installed_on,
        removed_on=position.removed_on,
        billed_to=position.billed_to,
        has_own=position.own is not None,
        usage_milli=position.usage_milli(reading.milli),
        usual_milli=position.usual_milli(reading.read_on),
    )
    return fault_of(place, milli=reading.milli, on=reading.read_on, today=today)


def _row(reading: NewReading) -> MeterReading:
    return MeterReading(
        meter_id=reading.meter_id,
        read_on=reading.read_on,
        value_milli=reading.milli,
        kind=reading.kind.value,
        photo_id=reading.photo_id,
        by_id=current_user_id(),
    )
