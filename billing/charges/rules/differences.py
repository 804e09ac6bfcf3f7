"""Why a unit pays another amount than last time, told from the calculations its charges keep."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from fractions import Fraction
from typing import Any, NamedTuple


class Reason(StrEnum):
    """What differs, the weightiest first."""

    NEW = "new"
    GONE = "gone"
    FEE_ADDED = "fee_added"
    FEE_ENDED = "fee_ended"
    TARIFF = "tariff"
    PRICE = "price"
    AREA = "area"
    DAYS = "days"
    USAGE = "usage"
    OTHER = "other"


class Paid(NamedTuple):
    """What a unit pays for one fee item: on which tariff, at which prices, for what area and how long."""

    tariff_id: int | None
    prices: frozenset[tuple[str, str]]
    area_m2: str | None
    months: Fraction
    used: str = ""


def paid_for(snapshots: Iterable[Mapping[str, Any]]) -> dict[str, Paid]:
    """Fee item -> what is paid for it, from the snapshots of a unit's charges; parts of a month add up.

    >>> line = {"rate": "2.35", "surcharge": "0.00", "days": 31, "days_in_month": 31}
    >>> paid_for([{"fee_item": {"name": "物业费"}, "lines": [line], "area_m2": "89.37"}])["物业费"].months
    Fraction(1, 1)
    """
    found: dict[str, Paid] = {}
    for snapshot in snapshots:
        name = str(snapshot.get("fee_item", {}).get("name", ""))
        lines = [line for line in snapshot.get("lines", ()) if line.get("basis") != "METERED"]
        one = Paid(
            snapshot.get("tariff", {}).get("id"),
            frozenset((line["rate"], line["surcharge"]) for line in lines),
            snapshot.get("area_m2"),
            sum((Fraction(line["days"], line["days_in_month"]) for line in lines), Fraction(0)),
            str(snapshot.get("usage") or (snapshot.get("pool") or {}).get("amount_fen") or ""),
        )
        before = found.get(name)
        found[name] = one if before is None else _together(before, one)
    return found


def reasons(before: Mapping[str, Paid], now: Mapping[str, Paid]) -> tuple[Reason, ...]:
    """Why the sums differ; never empty, for they do."""
    if not before:
        return (Reason.NEW,)
    if not now:
        return (Reason.GONE,)
    told = {
        Reason.FEE_ADDED: bool(now.keys() - before.keys()),
        Reason.FEE_ENDED: bool(before.keys() - now.keys()),
    }
    both = [(before[name], now[name]) for name in before.keys() & now.keys()]
    told[Reason.TARIFF] = any(old.tariff_id != new.tariff_id for old, new in both)
    same = [(old, new) for old, new in both if old.tariff_id == new.tariff_id]
    told[Reason.PRICE] = any(old.prices != new.prices for old, new in same)
    told[Reason.AREA] = any(old.area_m2 != new.area_m2 for old, new in both)
    told[Reason.DAYS] = any(old.months != new.months for old, new in both)
    told[Reason.USAGE] = any(old.used != new.used for old, new in both)
    return tuple(reason for reason in Reason if told.get(reason)) or (Reason.OTHER,)


def _together(one: Paid, other: Paid) -> Paid:
    return Paid(
        other.tariff_id, one.prices | other.prices, other.area_m2, one.months + other.months, other.used
    )
