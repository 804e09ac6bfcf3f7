"""What the imports compare with: the monthly property fee of every unit, and what is charged already."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from billing.charges.models import Charge, FeeItem, Subscription
from billing.charges.queries.billable import priced_items
from owners.queries.register import unit_codes
from values.fen import round_half_up
from values.period import Period

_UNITS_PER_FEN = 10**8


class Charged(NamedTuple):
    """One charge that stands."""

    unit_id: int
    fee_item_id: int
    period: Period
    is_opening: bool
    amount_fen: int


def monthly_fees(*, community_id: int, fee_item_id: int | None, on: date) -> dict[str, int | None]:
    """Every unit's code with its monthly fee of one item on a day, in fen; None where no tariff is known."""
    tariffs = priced_items(community_id)
    paying = Subscription.objects.filter(
        unit__community_id=community_id, fee_item_id=fee_item_id, held__contains=on
    )
    tariff_of = dict(paying.values_list("unit_id", "tariff_id").iterator(chunk_size=5000))
    fees: dict[str, int | None] = {}
    for unit_id, code, area_cm2 in unit_codes(community_id):
        tariff = tariffs.get(tariff_of.get(unit_id, 0))
        version = next((v for v in tariff.versions if v.from_on <= on < v.end_on), None) if tariff else None
        fees[code] = round_half_up(version.month_units(area_cm2), _UNITS_PER_FEN) if version else None
    return fees


def fee_item_names() -> dict[str, int]:
    """Fee items of the company by name."""
    return dict(FeeItem.objects.values_list("name", "pk"))


def fee_item_by_code(code: str) -> int | None:
    """A fee item's id, or None."""
    return FeeItem.objects.filter(code=code).values_list("pk", flat=True).first()


def charged(unit_ids: Collection[int]) -> dict[tuple[int, int], list[Charged]]:
    """Charges of these units that were not reversed, by unit and fee item."""
    rows = Charge.objects.filter(unit_id__in=list(unit_ids), reversed_on=None)
    found: dict[tuple[int, int], list[Charged]] = {}
    for unit_id, item_id, period, kind, fen in rows.values_list(
        "unit_id", "fee_item_id", "period", "kind", "amount_fen"
    ):
        days = Period(period.lower, period.upper)
        charge = Charged(unit_id, item_id, days, kind == Charge.Kind.OPENING, fen)
        found.setdefault((unit_id, item_id), []).append(charge)
    return found
