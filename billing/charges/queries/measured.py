"""What a run reads besides: meters with their readings, and shares of common costs, a block at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from django.db.models import Sum

from billing.charges.models import SharedCostPool
from billing.charges.queries.billable import PricedItem
from billing.charges.rules.measuring import PoolTerms
from billing.charges.rules.pricing import Rounding
from billing.charges.rules.readings import Meter, Reading, ReadingKind, Use
from tenancy.kernel import sql
from values.period import Period, add_months

PACKAGE: Final = "billing.charges"
_LOOK_BACK: Final = 13  # months in which a pool may wait for its bills
_SETTLES: Final = 3  # months in which a meter taken out still closes its account


class ShareRow(NamedTuple):
    """A unit's share of a pool; `taken`: days of the pool's fee that it is billed for."""

    pool_id: int
    weight: int
    amount_fen: int
    taken: tuple[Period, ...]


class Pool(NamedTuple):
    """A pool that a run bills: as an item of a bill, and what its charges keep of it."""

    item: PricedItem
    terms: PoolTerms


class Found(NamedTuple):
    """What a block of units has: meters by unit and fee item, shares by unit."""

    meters: Mapping[tuple[int, int], tuple[Meter, ...]]
    shares: Mapping[int, tuple[ShareRow, ...]]


NOTHING: Final = Found({}, {})


def pools_to_bill(community_id: int, *, until: date) -> dict[int, Pool]:
    """Pools somebody agreed to, over by the day, of which a share is not billed yet."""
    wanted = {"community_id": community_id, "until": until, "since": add_months(until, -_LOOK_BACK)}
    ids = [row[0] for row in sql.rows(PACKAGE, "pools_to_bill", wanted)]
    if not ids:
        return {}
    found = SharedCostPool.objects.filter(pk__in=ids).select_related("fee_item").order_by("pk")
    return {
        pool.pk: Pool(_item(pool), _terms(pool, pool.weights or 0))
        for pool in found.annotate(weights=Sum("shares__weight"))
    }


def _terms(pool: SharedCostPool, weight_sum: int) -> PoolTerms:
    return PoolTerms(
        pool_id=pool.pk,
        period=Period(pool.period.lower, pool.period.upper),
        amount_fen=pool.amount_fen,
        method=pool.method,
        weight_sum=weight_sum,
        usage_milli=pool.usage_milli,
        price_micro=pool.price_micro,
        measure=pool.measure,
    )


def shares_of(unit_ids: Sequence[int], pool_ids: Sequence[int]) -> dict[int, tuple[ShareRow, ...]]:
    """The shares of a block of units."""
    wanted = {"unit_ids": list(unit_ids), "pool_ids": list(pool_ids)}
    found: dict[int, list[ShareRow]] = {}
    for unit_id, pool_id, weight, amount_fen, taken in sql.rows(PACKAGE, "shares_of_units", wanted):
        days = tuple(_days(*part) for part in taken or ())
        found.setdefault(unit_id, []).append(ShareRow(pool_id, weight, amount_fen, days))
    return {unit_id: tuple(rows) for unit_id, rows in found.items()}


def meters_of(
    unit_ids: Sequence[int], *, community_id: int, window: Period
) -> dict[tuple[int, int], tuple[Meter, ...]]:
    """The meters of a block of units with what pricing the window needs of their readings."""
    wanted = {
        "unit_ids": list(unit_ids),
        "community_id": community_id,
        "window_from": window.start,
        "window_to": window.end,
        "year_from": date(window.start.year, 1, 1),
        "removed_after": add_months(window.start, -_SETTLES),
    }
    found: dict[tuple[int, int], list[Meter]] = {}
    for unit_id, fee_item_id, *row in sql.rows(PACKAGE, "meters_of_units", wanted):
        found.setdefault((unit_id, fee_item_id), []).append(_meter(row))
    return {key: tuple(meters) for key, meters in found.items()}


def _item(pool: SharedCostPool) -> PricedItem:
    """The pool as a bill's item; below zero, so that it is never taken for a tariff."""
    item = pool.fee_item
    return PricedItem(
        tariff_id=-pool.pk,
        tariff=pool.name,
        fee_item_id=item.pk,
        fee_item_code=item.code,
        fee_item=item.name,
        bears_late_fee=False,
        pass_through=item.revenue == item.Revenue.PASS_THROUGH,
        in_arrears=True,
        rounding=Rounding.PER_BILL,
        cycle_months=1,
        versions=(),
    )


def _meter(row: Sequence[Any]) -> Meter:
    meter_id, serial, digits, multiplier, installed_on, removed_on, people, reads, uses = row
    return Meter(
        meter_id,
        serial,
        digits,
        multiplier,
        installed_on,
        removed_on,
        people,
        tuple(_reading(*one) for one in reads or ()),
        tuple(_use(*one) for one in uses or ()),
    )


def _reading(reading_id: int, on: str, milli: int, kind: str, is_stale: bool = False) -> Reading:
    return Reading(reading_id, date.fromisoformat(on), milli, ReadingKind(kind), is_stale)


def _use(
    from_on: str, reading_id: int, on: str, milli: int, kind: str, stale: bool, usage: int, *period: str
) -> Use:
    to = _reading(reading_id, on, milli, kind, stale)
    return Use(date.fromisoformat(from_on), to, usage, _days(*period))


def _days(start: str, end: str) -> Period:
    return Period(date.fromisoformat(start), date.fromisoformat(end))
