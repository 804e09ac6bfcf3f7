"""What a fee item costs one unit for one period, month by month: by area, fixed, with a surcharge."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Any, Final, NamedTuple

from billing.charges.rules.metered import Steps
from values.area import square_metres
from values.because import Because, because
from values.fen import Fen, round_half_up
from values.period import Period, month_days, month_start

# area_cm2 x rate_micro is in 1e-10 yuan, that is 1e-8 fen; amounts per month are brought to the same unit.
_UNITS_PER_FEN: Final = 10**8
_CM2_PER_M2: Final = 10**4
# Divisible by every length of a month, so that days of unlike months add up exactly.
_DAYS_LCM: Final = 28 * 29 * 15 * 31


class Basis(StrEnum):
    """What the rate is multiplied with."""

    AREA = "AREA"
    FIXED = "FIXED"
    METERED = "METERED"


class Rounding(StrEnum):
    """Where the one rounding stands (K2): at the monthly line, or at the whole bill."""

    PER_MONTH = "PER_MONTH"
    PER_BILL = "PER_BILL"


@dataclass(frozen=True, slots=True)
class TariffVersion:
    """A price from one day to another (`end_on` exclusive).

    `rate_micro`: millionths of a yuan per m2 and month (AREA), per month (FIXED) or per unit used (METERED,
    where there are no steps); `surcharge_micro`: the same per month, added to it ("area x price + surcharge"
    of the usual Chinese systems).
    """

    version_id: int
    basis: Basis
    rate_micro: int
    surcharge_micro: int = 0
    from_on: date = date.min
    end_on: date = date.max
    steps: Steps | None = None

    def month_units(self, area_cm2: int) -> int:
        """The exact price of a month in 1e-8 fen."""
        factor = area_cm2 if self.basis is Basis.AREA else _CM2_PER_M2
        return factor * self.rate_micro + _CM2_PER_M2 * self.surcharge_micro


class Slice(NamedTuple):
    """Days of one month under one tariff version; `before` and `until` count from the month's first."""

    period: Period
    before: int
    until: int
    days_in_month: int
    tariff: TariffVersion
    is_billed: bool


class MonthLine(NamedTuple):
    """One line of a bill's calculation."""

    period: Period
    days: int
    days_in_month: int
    tariff_version_id: int
    rate_micro: int
    surcharge_micro: int
    area_cm2: int
    amount_fen: Fen


class Priced(NamedTuple):
    """A charge's amount with the amounts of its lines, one for each slice that is billed."""

    plan: "Plan"
    area_cm2: int
    amounts_fen: tuple[int, ...]
    total_fen: Fen

    @property
    def billed(self) -> Period:
        """The days the party answers for."""
        return self.plan.billed

    @property
    def lines(self) -> tuple[MonthLine, ...]:
        """The calculation in full; made when asked for, because a run of 100,000 needs only the snapshot."""
        return tuple(
            MonthLine(
                part.period,
                part.until - part.before,
                part.days_in_month,
                part.tariff.version_id,
                part.tariff.rate_micro,
                part.tariff.surcharge_micro,
                self.area_cm2,
                Fen(amount),
            )
            for part, amount in zip(self.plan.billed_slices, self.amounts_fen, strict=True)
        )

    def snapshot(self) -> dict[str, Any]:
        """What the charge keeps for ever: fen as integers, rates and areas as decimal strings.

        Keys: period, billed, rounding, lines[month, period, days, days_in_month, tariff_version, basis, rate,
        surcharge, amount_fen], area_m2 (None where no area counts), total_fen.
        """
        made: dict[str, Any] = json.loads(self.snapshot_json())
        return made

    def snapshot_json(self) -> str:
        """The snapshot as text for a jsonb column, put together from the plan's ready-made pieces."""
        lines = ",".join(
            f'{head}"amount_fen":{amount}}}'
            for head, amount in zip(self.plan.line_heads, self.amounts_fen, strict=True)
        )
        area = f'"{square_metres(self.area_cm2)}"' if self.plan.needs_area else "null"
        return f'{self.plan.head}"lines":[{lines}],"area_m2":{area},"total_fen":{self.total_fen}}}'


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """A period cut at months and tariff changes once, to price every unit of a run with."""

    period: Period
    billed: Period
    rounding: Rounding
    slices: tuple[Slice, ...]
    billed_slices: tuple[Slice, ...]
    needs_area: bool
    head: str
    line_heads: tuple[str, ...]


def plan_for(
    *,
    tariffs: Sequence[TariffVersion],
    period: Period,
    billed: Period | None = None,
    rounding: Rounding = Rounding.PER_MONTH,
) -> Plan | Because:
    """Prepare the pricing of a cycle, or say why it cannot be priced.

    `period` is the whole billing cycle, `billed` the days this party answers for (all of it by default; the
    transfer day belongs to the new party, K3). Codes: `no_tariff` (from_on), `billed_outside_period`.
    """
    mine = billed or period
    if mine.start < period.start or mine.end > period.end:
        return because("billed_outside_period", period=str(period), billed=str(mine))
    slices: list[Slice] = []
    # The days before the party's own are walked too: a bill rounded once leaves them the first rounding.
    for month in Period(period.start, mine.end).months():
        for piece, tariff in _by_tariff(month, tariffs, cut_on=mine.start):
            is_billed = piece.start >= mine.start
            if tariff is not None:
                slices.append(_slice(piece, tariff, is_billed=is_billed))
            elif is_billed:
                return because("no_tariff", from_on=piece.start)
    own = tuple(part for part in slices if part.is_billed)
    return Plan(
        period=period,
        billed=mine,
        rounding=rounding,
        slices=own if rounding is Rounding.PER_MONTH else tuple(slices),
        billed_slices=own,
        needs_area=any(part.tariff.basis is Basis.AREA for part in own),
        head=_open_json({"period": str(period), "billed": str(mine), "rounding": rounding.value}),
        line_heads=tuple(_line_head(part) for part in own),
    )


def price(plan: Plan, *, area_cm2: int | None) -> Priced | Because:
    """Price one unit. Integers only; half up per monthly line or once per bill (K2), parts of a month by K3.

    A party's part of a month is the rounded amount up to its last day less the rounded amount up to the day
    before its first: the first party's is rounded, the next has the remainder, and all parts add up.
    Codes: `no_area`, `nothing_to_bill`.

    >>> tariff = TariffVersion(1, Basis.AREA, rate_micro=2_350_000)
    >>> plan = plan_for(tariffs=[tariff], period=Period.of_months(date(2026, 1, 1), 12))
    >>> price(plan, area_cm2=893700).total_fen
    252024
    """
    area = area_cm2 or 0
    if plan.needs_area and area <= 0:
        return because("no_area")
    amounts = _per_month(plan, area) if plan.rounding is Rounding.PER_MONTH else _per_bill(plan, area)
    total = sum(amounts)
    return Priced(plan, area, tuple(amounts), Fen(total)) if total > 0 else because("nothing_to_bill")


def to_micro(yuan: Decimal) -> int:
    """A rate in yuan to millionths; ValueError when finer, so that a tariff is never rounded.

    >>> to_micro(Decimal("2.35"))
    2350000
    """
    micro = yuan * 1_000_000
    if micro != micro.to_integral_value():
        raise ValueError(f"a rate has at most six decimals: {yuan}")
    return int(micro)


def rate_text(micro: int) -> str:
    """A rate in yuan with at least two decimals.

    >>> rate_text(2350000), rate_text(2312500)
    ('2.35', '2.3125')
    """
    whole, rest = divmod(abs(micro), 1_000_000)
    return f"{'-' if micro < 0 else ''}{whole}.{f'{rest:06d}'.rstrip('0').ljust(2, '0')}"


def _per_month(plan: Plan, area: int) -> list[int]:
    amounts = []
    for part in plan.slices:
        line = round_half_up(part.tariff.month_units(area), _UNITS_PER_FEN)
        if part.until - part.before != part.days_in_month:
            until = round_half_up(line * part.until, part.days_in_month)
            line = until - round_half_up(line * part.before, part.days_in_month)
        amounts.append(line)
    return amounts


def _per_bill(plan: Plan, area: int) -> list[int]:
    amounts, exact, rounded = [], 0, 0
    for part in plan.slices:
        days = part.until - part.before
        exact += part.tariff.month_units(area) * days * (_DAYS_LCM // part.days_in_month)
        so_far = round_half_up(exact, _UNITS_PER_FEN * _DAYS_LCM)
        if part.is_billed:
            amounts.append(so_far - rounded)
        rounded = so_far
    return amounts


def _by_tariff(
    month: Period, tariffs: Sequence[TariffVersion], *, cut_on: date
) -> list[tuple[Period, TariffVersion | None]]:
    cuts = {month.start, month.end, cut_on, *(t.from_on for t in tariffs), *(t.end_on for t in tariffs)}
    days = sorted(day for day in cuts if month.start <= day <= month.end)
    pieces = [Period(start, end) for start, end in pairwise(days)]
    return [(piece, _in_force(tariffs, piece.start)) for piece in pieces]


def _in_force(tariffs: Sequence[TariffVersion], day: date) -> TariffVersion | None:
    return next((tariff for tariff in tariffs if tariff.from_on <= day < tariff.end_on), None)


def _slice(piece: Period, tariff: TariffVersion, *, is_billed: bool) -> Slice:
    first = month_start(piece.start)
    before, until = (piece.start - first).days, (piece.end - first).days
    return Slice(piece, before, until, month_days(first), tariff, is_billed)


def _line_head(part: Slice) -> str:
    return _open_json(
        {
            "month": f"{part.period.start:%Y-%m}",
            "period": str(part.period),
            "days": part.until - part.before,
            "days_in_month": part.days_in_month,
            "tariff_version": part.tariff.version_id,
            "basis": part.tariff.basis.value,
            "rate": rate_text(part.tariff.rate_micro),
            "surcharge": rate_text(part.tariff.surcharge_micro),
        }
    )


def _open_json(fields: dict[str, object]) -> str:
    # The same for every unit of a run, so it is put into words once; the unit's own fields follow.
    return json.dumps(fields, separators=(",", ":"))[:-1] + ","
