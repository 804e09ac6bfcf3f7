"""Charges that are measured: usage between readings at stepped prices, shares of a common cost."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from billing.charges.rules.cycles import Cycle, uncovered
from billing.charges.rules.metered import StepLine, Tier, share_fen, step_lines, units_text
from billing.charges.rules.pricing import Priced, TariffVersion, rate_text
from billing.charges.rules.readings import Meter, Part, part_of, used_until, year_to_date
from owners.rules.ownership import HandoverRule, Overlap, Ownership, liable
from values.because import Because, because
from values.fen import Fen, round_half_up
from values.period import Period

METERED: Final = "METERED"
POOL: Final = "POOL"
_MILLI: Final = Decimal(1000)
_MICRO_PER_FEN: Final = 10_000


class Metered(NamedTuple):
    """A charge by meter: the whole cycle's calculation, and which part of it this party answers for."""

    billed: Period
    cycle: Period
    total_fen: Fen
    whole_fen: int
    version: TariffVersion
    parts: tuple[Part, ...]
    lines: tuple[StepLine, ...]
    surcharge_fen: int
    already_milli: int
    share: "Share | None" = None

    @property
    def parts_billed(self) -> tuple[Part, ...]:
        """The parts with this party's usage only, so that two parties' charges count it once."""
        share = self.share
        if share is None:
            return self.parts
        return tuple(part._replace(usage_milli=share.of(part.usage_milli)) for part in self.parts)

    @property
    def usage_milli(self) -> int:
        """What all meters counted in the cycle."""
        return sum(part.usage_milli for part in self.parts)

    def snapshot(self) -> dict[str, Any]:
        """What the charge keeps for ever: the keys of an area's calculation, `usage` and `readings`."""
        return {
            "period": str(self.cycle),
            "billed": str(self.billed),
            "rounding": "PER_BILL",
            "lines": [self._line(line) for line in self.lines],
            "area_m2": None,
            "usage": units_text(self.usage_milli),
            "year_to_date": units_text(self.already_milli),
            "surcharge_fen": self.surcharge_fen,
            "whole_fen": self.whole_fen,
            "by_reading": bool(self.share and self.share.by_reading),
            "readings": [_part_said(part) for part in self.parts],
            "total_fen": self.total_fen,
        }

    def snapshot_json(self) -> str:
        """The same as text for a jsonb column."""
        return json.dumps(self.snapshot(), ensure_ascii=False, separators=(",", ":"))

    def _line(self, line: StepLine) -> dict[str, Any]:
        days = self.cycle.days
        return {
            "month": f"{self.cycle.start:%Y-%m}", "period": str(self.cycle),
            "days": days, "days_in_month": days,
            "tariff_version": self.version.version_id, "basis": METERED, "rate": rate_text(line.rate_micro),
            "surcharge": "0.00", "quantity": _plain(line.quantity), "amount_fen": line.amount_fen,
        }  # fmt: skip


class Share(NamedTuple):
    """What lies between two points of a whole: days, or what a meter counted (K3)."""

    start: int
    end: int
    whole: int
    by_reading: bool = False

    def of(self, total: int) -> int:
        """The share of a sum; shares that follow each other add up to it."""
        return share_fen(total, self.end, self.whole) - share_fen(total, self.start, self.whole)


class PoolTerms(NamedTuple):
    """What the charges of a pool keep of it."""

    pool_id: int
    period: Period
    amount_fen: int
    method: str
    weight_sum: int
    usage_milli: int | None
    price_micro: int | None
    measure: str


class Shared(NamedTuple):
    """A unit's share of a pool, or the part of it that falls into a party's days."""

    billed: Period
    total_fen: Fen
    share_fen: int
    weight: int
    pool: PoolTerms

    def snapshot(self) -> dict[str, Any]:
        """What the charge keeps for ever."""
        pool = self.pool
        return {
            "period": str(pool.period),
            "billed": str(self.billed),
            "rounding": "PER_BILL",
            "lines": [],
            "area_m2": None,
            "pool": {
                "id": pool.pool_id,
                "amount_fen": pool.amount_fen,
                "method": pool.method,
                "weight": self.weight,
                "weight_sum": pool.weight_sum,
                "usage": None if pool.usage_milli is None else units_text(pool.usage_milli),
                "price": None if pool.price_micro is None else rate_text(pool.price_micro),
                "measure": pool.measure,
                "share_fen": self.share_fen,
                "days": self.billed.days,
                "days_in_period": pool.period.days,
            },
            "total_fen": self.total_fen,
        }

    def snapshot_json(self) -> str:
        """The same as text for a jsonb column."""
        return json.dumps(self.snapshot(), ensure_ascii=False, separators=(",", ":"))


class Owed(NamedTuple):
    """One measured charge to be made. Read like charging.Debt."""

    party: int
    priced: Metered | Shared
    due_on: date

    @property
    def period(self) -> Period:
        """The days the party answers for."""
        return self.priced.billed


Calculation = Priced | Metered | Shared


class Held(NamedTuple):
    """A unit: the days its tariff is agreed for, who owned it, and which days are billed already."""

    held: Period
    owners: Sequence[Ownership]
    taken: Sequence[Period] = ()


class MeterPricer:
    """A metered tariff made ready for a run."""

    def __init__(
        self,
        *,
        cycles: Sequence[Cycle],
        tariffs: Sequence[TariffVersion],
        handover: HandoverRule,
        due_on: Callable[[Period], date],
    ) -> None:
        self.cycles = tuple(cycles)
        self._tariffs = tuple(tariffs)
        self._handover = handover
        self.due_on = due_on

    def debts(self, unit: Held, meters: Sequence[Meter]) -> tuple[list[Owed], list[Because]]:
        """The charges of a unit's meters, and why days of a cycle get none.

        Codes besides charging's: `no_meter`, `no_reading`, `usage_carried` (the estimates before were too
        high: what is over is set against the next readings).
        """
        debts: list[Owed] = []
        reasons: list[Because] = []
        for cycle in self.cycles:
            wanted = cycle.period.intersect(unit.held)
            if wanted is None:
                continue
            free = uncovered(wanted, unit.taken)
            if not free:
                reasons += [because("already_billed")] if cycle.is_new else []
                continue
            whole = self._whole(cycle.period, wanted, meters)
            if isinstance(whole, Because):
                reasons.append(whole)
                continue
            made, why = self._split(whole, wanted, free, unit.owners)
            debts += made
            reasons += why
        return debts, reasons

    def _whole(self, cycle: Period, wanted: Period, meters: Sequence[Meter]) -> Metered | Because:
        version = _version_on(self._tariffs, wanted.start)
        if version is None:
            return because("no_tariff", from_on=wanted.start)
        parts = _parts(meters, cycle)
        if isinstance(parts, Because):
            return parts
        used = sum(part.usage_milli for part in parts)
        if used < 0:
            return because("usage_carried")
        already = max(year_to_date(meters, cycle), 0)
        months = len(cycle.months())
        lines = _lines(version, already, used, months, max((meter.people for meter in meters), default=0))
        surcharge = round_half_up(version.surcharge_micro * months, _MICRO_PER_FEN)
        total = sum(line.amount_fen for line in lines) + surcharge
        if total <= 0:
            return because("nothing_to_bill")
        return Metered(wanted, cycle, Fen(total), total, version, parts, lines, surcharge, already)

    def _split(
        self, whole: Metered, wanted: Period, free: Sequence[Period], owners: Sequence[Ownership]
    ) -> tuple[list[Owed], list[Because]]:
        found, reasons = pieces_of(owners, free, self._handover)
        ends = {day for _party, piece in found for day in (piece.start, piece.end)}
        cuts = sorted(ends - {wanted.start, wanted.end})
        reach = _by_reading(whole.parts, cuts) or _by_days(wanted)
        debts = []
        for party, piece in found:
            share = _share(piece, wanted, reach)
            fen = share.of(whole.whole_fen)
            if fen > 0:
                part = whole._replace(billed=piece, total_fen=Fen(fen), share=share)
                debts.append(Owed(party, part, self.due_on(piece)))
        return debts, reasons


class Reach(NamedTuple):
    """How far a cycle had come on a day, out of `whole`."""

    until: Callable[[date], int]
    whole: int
    by_reading: bool


def pieces_of(
    owners: Sequence[Ownership], free: Sequence[Period], rule: HandoverRule
) -> tuple[list[tuple[int, Period]], list[Because]]:
    """Who answers for which free days. Codes: `no_owner` (from_on), `owners_overlap`."""
    found: list[tuple[int, Period]] = []
    reasons: list[Because] = []
    try:
        for part in free:
            for piece in liable(owners, part, rule=rule):
                if piece.party is None:
                    reasons.append(because("no_owner", from_on=piece.period.start))
                else:
                    found.append((piece.party, piece.period))
    except Overlap:
        return [], [because("owners_overlap")]
    return found, reasons


def shared_debts(
    unit: Held, *, pool: PoolTerms, share: int, weight: int, rule: HandoverRule, due: date
) -> tuple[list[Owed], list[Because]]:
    """A unit's share of a pool, by days where the unit changed hands; the parts add up to the share."""
    free = uncovered(pool.period, unit.taken)
    found, reasons = pieces_of(unit.owners, free, rule)
    reach = _by_days(pool.period)
    debts = []
    for party, piece in found:
        fen = _share(piece, pool.period, reach).of(share)
        if fen > 0:
            debts.append(Owed(party, Shared(piece, Fen(fen), share, weight, pool), due))
    return debts, reasons


def _parts(meters: Sequence[Meter], cycle: Period) -> tuple[Part, ...] | Because:
    if not meters:
        return because("no_meter")
    found = [part_of(meter, cycle) for meter in meters]
    reason = next((part for part in found if isinstance(part, Because)), None)
    if reason is not None:
        return reason
    parts = tuple(part for part in found if isinstance(part, Part))
    return parts or because("no_reading")


def _lines(
    version: TariffVersion, already_milli: int, used_milli: int, months: int, people: int
) -> tuple[StepLine, ...]:
    used = used_milli / _MILLI
    if version.steps is None:
        return step_lines((Tier(None, version.rate_micro),), already=Decimal(0), used=used)
    tiers = version.steps.limits(household=people, months=months)
    already = already_milli / _MILLI if version.steps.span == "YEAR" else Decimal(0)
    return step_lines(tiers, already=already, used=used)


def _by_reading(parts: Sequence[Part], cuts: Sequence[date]) -> Reach | None:
    """By what had run through, where every meter was read on every day of change."""
    whole = sum(part.usage_milli for part in parts)
    if not cuts or whole <= 0:
        return None
    so_far: dict[date, int] = {}
    for day in cuts:
        read = [used_until(part, day) for part in parts]
        if any(one is None for one in read):
            return None
        so_far[day] = min(max(sum(one for one in read if one is not None), 0), whole)
    return Reach(so_far.__getitem__, whole, by_reading=True)


def _by_days(wanted: Period) -> Reach:
    return Reach(lambda day: (day - wanted.start).days, wanted.days, by_reading=False)


def _share(piece: Period, wanted: Period, reach: Reach) -> Share:
    start = 0 if piece.start <= wanted.start else reach.until(piece.start)
    end = reach.whole if piece.end >= wanted.end else reach.until(piece.end)
    return Share(start, end, reach.whole, reach.by_reading)


def _version_on(tariffs: Sequence[TariffVersion], day: date) -> TariffVersion | None:
    return next((tariff for tariff in tariffs if tariff.from_on <= day < tariff.end_on), None)


def _part_said(part: Part) -> dict[str, Any]:
    meter = part.meter
    return {
        "meter_id": meter.meter_id, "serial": meter.serial, "multiplier": meter.multiplier,
        "from_id": part.before.reading_id, "from_on": part.before.on.isoformat(),
        "from": units_text(part.before.milli),
        "to_id": part.now.reading_id, "to_on": part.now.on.isoformat(), "to": units_text(part.now.milli),
        "kind": part.now.kind.value, "usage": units_text(part.usage_milli),
    }  # fmt: skip


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")
