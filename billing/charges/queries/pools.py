"""Pools of common costs: the list, one with its state, and the published table of shares without names."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Final, NamedTuple

from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext as _

from billing.charges.models import PoolShare, SharedCostPool
from billing.charges.rules.metered import units_text
from billing.charges.rules.pools import Band, Method, Sharer
from billing.charges.rules.pricing import rate_text
from tenancy.kernel import sql
from tenancy.kernel.errors import NotFound
from values.area import square_metres
from values.period import Period

PACKAGE: Final = "billing.charges"
# The kind of request that asks somebody else to agree to a pool.
POOL: Final = "cost_pool"
_TONES: Final = {
    "ENTERED": "info",
    "PENDING": "warn",
    "APPROVED": "good",
    "REJECTED": "late",
    "WITHDRAWN": "quiet",
}


class PoolState(StrEnum):
    """How far a pool has come."""

    ENTERED = "ENTERED"
    PENDING = "PENDING"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"
    WITHDRAWN = "WITHDRAWN"


class PoolRow(NamedTuple):
    """One pool. `billed`: charges that stand, counted for one pool only; `reason`: of whoever decided."""

    pool_id: int
    community_id: int
    community_name: str
    building_id: int | None
    building: str
    fee_item_id: int
    fee_item: str
    name: str
    period: Period
    amount_fen: int
    usage: str
    price: str
    measure: str
    method: str
    kinds: tuple[str, ...]
    excluded: tuple[str, ...]
    floors: tuple[Band, ...]
    document: str
    entered_by_id: int | None
    entered_by: str
    entered_at: datetime
    state: str
    asked_by: str
    decided_by: str
    decided_on: datetime | None
    reason: str
    units: int
    billed: int
    withdrawn_on: date | None
    withdraw_reason: str

    @property
    def tone(self) -> str:
        """How a badge shows the state."""
        return _TONES[self.state]

    @property
    def is_open(self) -> bool:
        """Whether it may still be put before somebody."""
        return self.state == PoolState.ENTERED

    @property
    def is_published(self) -> bool:
        """Whether owners may see it."""
        return self.state == PoolState.APPROVED


class ShareLine(NamedTuple):
    """A line of the table that owners see: room, what it is measured by, amount. No names."""

    unit_code: str
    weight: str
    amount_fen: int


def pools(community_id: int | None = None) -> QuerySet[SharedCostPool]:
    """Pools, the newest first."""
    found = SharedCostPool.objects.select_related(
        "community", "building", "fee_item", "entered_by", "approval__asked_by", "approval__decided_by"
    )
    if community_id is not None:
        found = found.filter(community_id=community_id)
    return found.order_by("-entered_at", "-pk")


def pool_rows(found: Iterable[SharedCostPool]) -> list[PoolRow]:
    """One page of pools as plain data; one read besides, which does not count their bills."""
    rows = list(found)
    ids = [pool.pk for pool in rows]
    counted = PoolShare.objects.filter(pool_id__in=ids).values_list("pool_id").annotate(units=Count("pk"))
    units = dict(counted)
    return [_row(pool, units.get(pool.pk, 0)) for pool in rows]


def pool_row(pool_id: int) -> PoolRow:
    """One pool; NotFound where it is not (or not yours)."""
    found = pools().filter(pk=pool_id).first()
    if found is None:
        raise NotFound(_("There is no such pool."))
    ((billed,),) = sql.rows(PACKAGE, "pool_billed", {"pool_id": pool_id})
    return pool_rows([found])[0]._replace(billed=billed)


def shares(pool_id: int) -> QuerySet[PoolShare]:
    """The shares of a pool in walking order."""
    return (
        PoolShare.objects.filter(pool_id=pool_id).select_related("unit").order_by("unit__sort_key", "unit_id")
    )


def share_lines(found: Iterable[PoolShare], method: str) -> list[ShareLine]:
    """The published lines of some shares."""
    return [ShareLine(row.unit.code, weight_text(row.weight, method), row.amount_fen) for row in found]


def share_totals(pool_id: int) -> tuple[int, int]:
    """The weights and amounts of all shares together."""
    sums = PoolShare.objects.filter(pool_id=pool_id).aggregate(weight=Sum("weight"), fen=Sum("amount_fen"))
    return sums["weight"] or 0, sums["fen"] or 0


def sharers(
    community_id: int, *, building_id: int | None, kinds: Iterable[str], period: Period
) -> list[Sharer]:
    """The units that share, in walking order."""
    asked = {
        "community_id": community_id,
        "building_id": building_id,
        "kinds": list(kinds),
        "until": period.end,
    }
    return [Sharer(*row) for row in sql.rows(PACKAGE, "pool_units", asked)]


def weight_text(weight: int, method: str) -> str:
    """89.37 for an area, 1 for a household, 0.8 for a coefficient."""
    if method == Method.AREA:
        return square_metres(weight)
    return str(weight) if method == Method.HOUSEHOLD else units_text(weight)


def _row(pool: SharedCostPool, units: int) -> PoolRow:
    asked = pool.approval
    return PoolRow(
        pool_id=pool.pk,
        community_id=pool.community_id,
        community_name=pool.community.name,
        building_id=pool.building_id,
        building=pool.building.name if pool.building else "",
        fee_item_id=pool.fee_item_id,
        fee_item=pool.fee_item.name,
        name=pool.name,
        period=Period(pool.period.lower, pool.period.upper),
        amount_fen=pool.amount_fen,
        usage="" if pool.usage_milli is None else units_text(pool.usage_milli),
        price="" if pool.price_micro is None else rate_text(pool.price_micro),
        measure=pool.measure,
        method=pool.method,
        kinds=tuple(pool.kinds),
        excluded=tuple(pool.excluded),
        floors=tuple(Band(*band) for band in pool.floors),
        document=pool.document,
        entered_by_id=pool.entered_by_id,
        entered_by=pool.entered_by.name if pool.entered_by else "",
        entered_at=pool.entered_at,
        state=_state(pool),
        asked_by=asked.asked_by.name if asked and asked.asked_by else "",
        decided_by=asked.decided_by.name if asked and asked.decided_by else "",
        decided_on=asked.decided_at if asked else None,
        reason=asked.reason if asked else "",
        units=units,
        billed=0,
        withdrawn_on=pool.withdrawn_on,
        withdraw_reason=pool.withdraw_reason,
    )


def _state(pool: SharedCostPool) -> str:
    if pool.withdrawn_on is not None:
        return PoolState.WITHDRAWN.value
    return str(pool.approval.decision) if pool.approval else PoolState.ENTERED.value
