"""From readings to usage: which two readings close a cycle, rollover, estimates that were too high."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Final, NamedTuple

from billing.charges.rules.metered import usage
from values.because import Because, because
from values.period import Period

_MILLI: Final = 1000
IMPLAUSIBLE_TIMES: Final = 3


class ReadingKind(StrEnum):
    """READ off the dial; ESTIMATED; the START of a meter put in; the END of one taken out."""

    READ = "READ"
    ESTIMATED = "ESTIMATED"
    START = "START"
    END = "END"


class Reading(NamedTuple):
    """What a meter showed when a day began. `is_stale`: another reading has taken its place since."""

    reading_id: int
    on: date
    milli: int
    kind: ReadingKind = ReadingKind.READ
    is_stale: bool = False


class Use(NamedTuple):
    """What a standing charge billed: from one reading to another, for the charge's period."""

    from_on: date
    to: Reading
    usage_milli: int
    period: Period


class Meter(NamedTuple):
    """A meter with its valid readings in order, and what of it is billed. `people`: the household's size."""

    meter_id: int
    serial: str
    digits: int
    multiplier: int
    installed_on: date
    removed_on: date | None = None
    people: int = 0
    readings: tuple[Reading, ...] = ()
    uses: tuple[Use, ...] = ()


class Part(NamedTuple):
    """What one meter adds to a cycle."""

    meter: Meter
    before: Reading
    now: Reading
    usage_milli: int


def moved(before: Reading, now: Reading, *, digits: int) -> int:
    """Thousandths of a unit between two readings: past the last digit it rolls over.

    An estimate (or a reading corrected since) that was higher than the dial is not a rollover: the
    difference is negative and stays until it is used up.

    >>> day = date(2026, 1, 31)
    >>> moved(Reading(1, day, 99_985_000), Reading(2, day, 10_000), digits=5)
    25000
    >>> moved(Reading(1, day, 120_000, ReadingKind.ESTIMATED), Reading(2, day, 110_000), digits=5)
    -10000
    """
    # Measured in thousandths, a dial of five digits has eight.
    forward = usage(previous=before.milli, current=now.milli, digits=digits + 3)
    is_doubtful = before.kind is ReadingKind.ESTIMATED or before.is_stale
    if now.milli < before.milli and is_doubtful and forward > 10**digits * _MILLI // 2:
        return now.milli - before.milli
    return forward


def part_of(meter: Meter, cycle: Period) -> Part | Because | None:
    """What a meter adds to a cycle: from the last reading billed (or the one before the cycle) to the last
    one taken in it. A reading of the day on which a cycle ends closes it.

    None: the meter has no part in it. Codes: `no_reading`, `already_billed`.
    """
    uses = [use for use in meter.uses if not use.period.overlaps(cycle)]
    now = _closing(meter, cycle)
    if now is None:
        return None if _is_out_of(meter, cycle) else because("no_reading")
    if any(use.from_on < now.on <= use.to.on for use in uses):
        return None if _is_out_of(meter, cycle) else because("already_billed")
    before = _opening(meter, uses, now, cycle)
    if before is None:
        return because("no_reading")
    return Part(meter, before, now, moved(before, now, digits=meter.digits) * meter.multiplier)


def used_until(part: Part, day: date) -> int | None:
    """How much of a part had run through by the morning of a day; None where nobody read then."""
    found = next((reading for reading in part.meter.readings if reading.on == day), None)
    if found is None or not part.before.on < day < part.now.on:
        return None
    return moved(part.before, found, digits=part.meter.digits) * part.meter.multiplier


def year_to_date(meters: Sequence[Meter], cycle: Period) -> int:
    """What was billed in the cycle's calendar year by other charges, in thousandths."""
    return sum(
        use.usage_milli
        for meter in meters
        for use in meter.uses
        if use.period.start.year == cycle.start.year and not use.period.overlaps(cycle)
    )


def check_usage(*, usage_milli: int, usual_milli: int | None) -> Because | None:
    """Whether a new reading looks wrong and needs a tick: `usage_negative`, `usage_implausible` (times).

    >>> check_usage(usage_milli=90_000, usual_milli=10_000)
    Because(code='usage_implausible', params={'times': '9'})
    """
    if usage_milli < 0:
        return because("usage_negative")
    if usual_milli and usage_milli > IMPLAUSIBLE_TIMES * usual_milli:
        times = (Decimal(usage_milli) / usual_milli).quantize(Decimal(1))
        return because("usage_implausible", times=str(times))
    return None


def expected_usage(before: Reading, milli: int, *, digits: int) -> int:
    """The usage a typed value would mean. Less than before is a rollover only where the dial is nearly full.

    >>> day = date(2026, 1, 31)
    >>> expected_usage(Reading(1, day, 500_000), 480_000, digits=5)
    -20000
    """
    forward = usage(previous=before.milli, current=milli, digits=digits + 3)
    if milli >= before.milli:
        return milli - before.milli
    return forward if forward <= 10**digits * _MILLI // 4 else milli - before.milli


def _closing(meter: Meter, cycle: Period) -> Reading | None:
    for reading in reversed(meter.readings):
        if reading.on > cycle.end or reading.kind is ReadingKind.START:
            continue
        # What a removed meter still owes is billed with whichever cycle comes next.
        if reading.on > cycle.start or reading.kind is ReadingKind.END:
            return reading
    return None


def _is_out_of(meter: Meter, cycle: Period) -> bool:
    if meter.installed_on >= cycle.end:
        return True
    return meter.removed_on is not None and meter.removed_on <= cycle.start


def _opening(meter: Meter, uses: Sequence[Use], now: Reading, cycle: Period) -> Reading | None:
    billed = [use.to for use in uses if use.to.on < now.on]
    if billed:
        return max(billed, key=lambda reading: reading.on)
    earlier = [reading for reading in meter.readings if reading.on < now.on]
    by_start = [reading for reading in earlier if reading.on <= cycle.start]
    return by_start[-1] if by_start else next(iter(earlier), None)


class Fault(NamedTuple):
    """Why a typed reading is not taken. `may_insist`: a tick makes it taken after all."""

    why: Because
    may_insist: bool = False


class Place(NamedTuple):
    """What is known of a meter when a value is typed for a day. `usage_milli` None: its first reading."""

    digits: int
    installed_on: date
    removed_on: date | None
    billed_to: date | None
    has_own: bool
    usage_milli: int | None
    usual_milli: int | None


def fault_of(place: Place, *, milli: int, on: date, today: date) -> Fault | None:
    """What is wrong with a new reading; None when it can be taken.

    Codes: `reading_in_the_future`, `reading_too_long` (digits), `meter_not_there` (from_on), `meter_gone`
    (on), `read_already`, `billed_already` (on); with a tick `usage_negative`, `usage_implausible` (times).
    """
    if on > today:
        return Fault(because("reading_in_the_future"))
    if not 0 <= milli < 10 ** (place.digits + 3):
        return Fault(because("reading_too_long", digits=place.digits))
    if on < place.installed_on:
        return Fault(because("meter_not_there", from_on=place.installed_on))
    if place.removed_on is not None and on >= place.removed_on:
        return Fault(because("meter_gone", on=place.removed_on))
    if place.has_own:
        return Fault(because("read_already"))
    if place.billed_to is not None and on <= place.billed_to:
        return Fault(because("billed_already", on=place.billed_to))
    if place.usage_milli is None:
        return None
    odd = check_usage(usage_milli=place.usage_milli, usual_milli=place.usual_milli)
    return None if odd is None else Fault(odd, may_insist=True)


def usual_usage(before: Sequence[Reading], *, until: date, digits: int) -> int | None:
    """What the dial usually moves in so many days, from the readings before; None where too few are known.

    >>> days = [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]
    >>> reads = [Reading(n, day, milli) for n, (day, milli) in enumerate(zip(days, (0, 31_000, 59_000)))]
    >>> usual_usage(reads, until=date(2026, 3, 31), digits=5)
    30000
    """
    same = [reading for reading in before if reading.kind is not ReadingKind.END]
    if len(same) < 2 or same[0].on >= same[-1].on:
        return None
    total = sum(moved(old, new, digits=digits) for old, new in pairwise(same))
    return total * (until - same[-1].on).days // (same[-1].on - same[0].on).days
