"""A charge of which not all days are owed any more: what stays of it, and of what was let off (K3, K4)."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any, Final

from billing.charges.rules.cycles import uncovered
from billing.charges.rules.discount import over_months
from billing.charges.rules.pricing import Basis, Priced, Rounding, TariffVersion, plan_for, price, to_micro
from owners.rules.ownership import HandoverRule, Overlap, Ownership, liable
from values.because import Because
from values.fen import round_half_up
from values.period import Period, month_start

_BY_DAYS: Final = (Basis.AREA.value, Basis.FIXED.value)
_CM2_PER_M2: Final = 10_000


def is_by_days(snapshot: Mapping[str, Any]) -> bool:
    """Whether a charge goes by days; what a meter counted and a share of a cost were used up."""
    lines = snapshot.get("lines") or ()
    return "billed" in snapshot and bool(lines) and all(line.get("basis") in _BY_DAYS for line in lines)


def cut(snapshot: Mapping[str, Any], *, until: date) -> Priced | None:
    """The charge as it would have been made up to a day, of the prices it was made with; None: nothing of it.

    The first party's part of a month is rounded (K3), so the other party has the remainder.
    """
    billed = Period.parse(snapshot["billed"])
    if until <= billed.start:
        return None
    plan = plan_for(
        tariffs=_versions(snapshot["lines"]),
        period=Period.parse(snapshot["period"]),
        billed=Period(billed.start, min(until, billed.end)),
        rounding=Rounding(snapshot["rounding"]),
    )
    if isinstance(plan, Because):
        return None
    area = int(Decimal(snapshot["area_m2"]) * _CM2_PER_M2) if snapshot["area_m2"] else None
    priced = price(plan, area_cm2=area)
    return None if isinstance(priced, Because) else priced


def off_kept(snapshot: Mapping[str, Any], *, until: date, off_fen: int) -> int:
    """What stays of what was let off a charge: it is spread over its months, a part of a month goes by days.

    The net line is rounded, as for who paid it: 199.52 for a September, 99.76 for half of it (S10).
    """
    months: dict[date, list[Mapping[str, Any]]] = {}
    for line in snapshot["lines"]:
        months.setdefault(month_start(Period.parse(line["period"]).start), []).append(line)
    kept = 0
    for lines, off in zip(months.values(), over_months(off_fen, len(months)), strict=True):
        pieces = [Period.parse(line["period"]) for line in lines]
        days = sum(piece.days for piece in pieces)
        mine = sum(max((min(piece.end, until) - piece.start).days, 0) for piece in pieces)
        gross = sum(line["amount_fen"] for line in lines)
        kept += round_half_up(gross * mine, days) - round_half_up((gross - off) * mine, days)
    return kept


def owed_until(
    party: int,
    period: Period,
    *,
    owners: Sequence[Ownership],
    rule: HandoverRule,
    held: Sequence[Period],
    contracts: Sequence[Period],
) -> date:
    """The first day of a charge's period that its party does not owe: he is gone, or the agreement has ended.

    `held`: the days for which the unit pays the fee; `contracts`: those a contract covers. The period's end
    where all of it is owed, its start where nothing is.

    >>> sold = [Ownership(7, date(2019, 1, 1), date(2026, 4, 18)), Ownership(8, date(2026, 4, 18), None)]
    >>> always = [Period(date.min, date.max)]
    >>> str(owed_until(7, Period.month(2026, 4), owners=sold, rule=HandoverRule.BY_DAY, held=always,
    ...                contracts=always))
    '2026-04-18'
    """
    ends = [gaps[0].start for days in (held, contracts) if (gaps := uncovered(period, days))]
    try:
        first = liable(owners, period, rule=rule)[0]
        ends.append(first.period.end if first.party == party else period.start)
    except Overlap:  # the register contradicts itself: nothing is taken back on its word
        pass
    return min([period.end, *ends])


def _versions(lines: Sequence[Mapping[str, Any]]) -> list[TariffVersion]:
    """The prices that a charge names, each up to the next one."""
    starts = [Period.parse(line["period"]).start for line in lines]
    ends = [after for _before, after in pairwise([*starts, date.max])]
    return [
        TariffVersion(
            version_id=line["tariff_version"],
            basis=Basis(line["basis"]),
            rate_micro=to_micro(Decimal(line["rate"])),
            surcharge_micro=to_micro(Decimal(line["surcharge"])),
            from_on=date.min if number == 0 else start,
            end_on=end,
        )
        for number, (line, start, end) in enumerate(zip(lines, starts, ends, strict=True))
    ]
