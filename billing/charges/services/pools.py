"""Common costs: entered from the supplier's paper, shared out, agreed to by somebody else, then billed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from billing.charges.models import FeeItem, PoolShare, SharedCostPool
from billing.charges.queries.pools import POOL, PoolRow, pool_row, sharers
from billing.charges.rules import pools as rules
from billing.charges.rules.metered import units_text
from billing.charges.rules.pools import Band, Method, Share
from billing.charges.rules.pricing import rate_text
from billing.charges.services.accounts import PACKAGE
from owners.queries import community_card, unit_ids
from tenancy.kernel import sql
from tenancy.kernel.errors import Conflict, NotFound, Refused
from tenancy.kernel.permissions import Role, StaffMember
from tenancy.kernel.scope import current_user_id
from tenancy.people.services import audit
from tenancy.people.services.approvals import Request, ask_all, withdraw
from values.because import Because
from values.period import Period


class PoolNotValid(Refused):
    """What a person typed cannot be shared."""

    code = "charges.pool_not_valid"


class PoolNotOpen(Conflict):
    """It was put before somebody, or taken back."""

    code = "charges.pool_not_open"


class PoolOverlaps(Conflict):
    """A unit shares another pool of this fee on the same days."""

    code = "charges.pool_overlaps"


class PoolBilled(Conflict):
    """Bills stand on it."""

    code = "charges.pool_billed"


class NewPool(NamedTuple):
    """A cost to share: a sum, or a usage and its price."""

    name: str
    fee_item_id: int
    period: Period
    method: Method
    document: str
    amount_fen: int = 0
    usage_milli: int | None = None
    price_micro: int | None = None
    measure: str = ""
    building_id: int | None = None
    kinds: tuple[str, ...] = ("ROOM", "SHOP")
    excluded: tuple[str, ...] = ()
    floors: tuple[Band, ...] = ()


def enter_pool(*, community_id: int, pool: NewPool) -> int:
    """Note a common cost; its id. Raises PoolNotValid, NotFound."""
    community_card(community_id)
    item = FeeItem.objects.filter(pk=pool.fee_item_id).first()
    if item is None:
        raise NotFound(_("There is no such fee item."), field="fee_item")
    amount = _amount(pool)
    _check(community_id, pool, item)
    row = SharedCostPool.objects.create(
        community_id=community_id,
        building_id=pool.building_id,
        fee_item=item,
        name=pool.name.strip(),
        period=DateRange(pool.period.start, pool.period.end),
        amount_fen=amount,
        usage_milli=pool.usage_milli,
        price_micro=pool.price_micro,
        measure=pool.measure,
        method=pool.method.value,
        kinds=list(pool.kinds),
        excluded=list(pool.excluded),
        floors=[list(band) for band in pool.floors],
        document=pool.document.strip(),
        entered_by_id=current_user_id(),
    )
    preview_shares(row.pk)
    audit.record("pool.entered", kind="pool", pk=row.pk, name=row.name, amount_fen=amount)
    return int(row.pk)


def preview_shares(pool_id: int) -> tuple[Share, ...]:
    """What everybody would pay; nothing is written. Raises NotFound, PoolNotValid."""
    pool = pool_row(pool_id)
    return _shares(pool)


def ask_pool(*, pool_id: int, by: StaffMember, at: datetime) -> int:
    """Freeze the shares and put them before the project manager (or the branch's head); the request's id.

    Raises PoolNotOpen, PoolOverlaps, PoolNotValid.
    """
    locked = _locked(pool_id)
    pool = pool_row(pool_id)
    if not pool.is_open:
        raise PoolNotOpen(_("This pool was put before somebody already."))
    found = _shares(pool)
    _write(pool, found)
    role = Role.BRANCH_GM if by.plays(Role.PROJECT_MANAGER) else Role.PROJECT_MANAGER
    request = Request(
        kind=POOL,
        subject=f"{pool.community_name} {pool.name} {pool.period.label}",
        role=role.value,
        community_id=pool.community_id,
        facts={
            "pool_id": pool_id,
            "community": pool.community_name,
            "period_text": pool.period.label,
            "fee_item": pool.fee_item,
            "amount_fen": pool.amount_fen,
            "method": pool.method,
            "units": len(found),
            "document": pool.document,
        },
    )
    (locked.approval_id,) = ask_all([request], asked_at=at)
    locked.save(update_fields=["approval"])
    audit.record("pool.asked", kind="pool", pk=pool_id, units=len(found), amount_fen=pool.amount_fen)
    return int(locked.approval_id)


def withdraw_pool(*, pool_id: int, reason: str, on: date) -> None:
    """Take a pool back that no bill stands on. Raises PoolNotOpen, PoolBilled, PoolNotValid."""
    locked = _locked(pool_id)
    if locked.withdrawn_on is not None:
        raise PoolNotOpen(_("This pool was taken back already."))
    if not reason.strip():
        raise PoolNotValid(_("Say why the pool is taken back."), field="reason")
    if pool_row(pool_id).billed:
        raise PoolBilled(_("Bills stand on this pool. Take them back first."))
    PoolShare.objects.filter(pool_id=pool_id).update(is_withdrawn=True)
    locked.withdrawn_on, locked.withdraw_reason = on, reason.strip()[:200]
    locked.save(update_fields=["withdrawn_on", "withdraw_reason"])
    if locked.approval_id:
        withdraw(approval_ids=[locked.approval_id])
    audit.record("pool.withdrawn", kind="pool", pk=pool_id, reason=reason.strip())


def _amount(pool: NewPool) -> int:
    if (pool.usage_milli is None) != (pool.price_micro is None):
        raise PoolNotValid(_("A usage needs its price, and a price its usage."), field="price")
    if pool.usage_milli is not None and pool.price_micro is not None:
        amount = rules.total_fen(usage_milli=pool.usage_milli, price_micro=pool.price_micro)
        if pool.amount_fen and pool.amount_fen != amount:
            said = {"usage": units_text(pool.usage_milli), "price": rate_text(pool.price_micro)}
            text = _("The sum is not %(usage)s × %(price)s. Leave one of them empty.") % said
            raise PoolNotValid(text, field="amount")
    else:
        amount = pool.amount_fen
    if amount <= 0:
        raise PoolNotValid(_("Write what there is to share."), field="amount")
    return amount


def _check(community_id: int, pool: NewPool, item: FeeItem) -> None:
    if item.revenue != FeeItem.Revenue.PASS_THROUGH:
        raise PoolNotValid(_("Only a fee that is passed through is shared out."), field="fee_item")
    if not pool.document.strip():
        raise PoolNotValid(_("Name the supplier's paper."), field="document")
    if not pool.kinds:
        raise PoolNotValid(_("Say which units share."), field="kinds")
    missing = sorted(set(pool.excluded) - unit_ids(community_id=community_id, codes=pool.excluded).keys())
    if missing:
        raise PoolNotValid(_("Not there: %(units)s.") % {"units": "、".join(missing[:10])}, field="excluded")
    if pool.method is Method.COEFFICIENT and rules.check_floors(pool.floors):
        raise PoolNotValid(_("Every floor has one coefficient at most, and some have one."), field="floors")


def _locked(pool_id: int) -> SharedCostPool:
    found: SharedCostPool | None = SharedCostPool.objects.select_for_update().filter(pk=pool_id).first()
    if found is None:
        raise NotFound(_("There is no such pool."))
    return found


def _shares(pool: PoolRow) -> tuple[Share, ...]:
    units = sharers(pool.community_id, building_id=pool.building_id, kinds=pool.kinds, period=pool.period)
    found = rules.shares(
        pool.amount_fen,
        units,
        method=Method(pool.method),
        excluded=pool.excluded,
        floors=pool.floors,
    )
    if isinstance(found, Because):
        raise PoolNotValid(_refusal(found), field="kinds" if found.code == "nobody_shares" else "floors")
    return found


def _refusal(why: Because) -> str:
    if why.code == "nobody_shares":
        return _("No unit shares this cost.")
    return _("The floor of %(unit)s is not known.") % {"unit": why.params["unit"]}


def _write(pool: PoolRow, found: Sequence[Share]) -> None:
    columns = {
        "pool_id": pool.pool_id,
        "fee_item_id": pool.fee_item_id,
        "from_on": pool.period.start,
        "to_on": pool.period.end,
        "unit_id": [share.sharer.unit_id for share in found],
        "weight": [share.weight for share in found],
        "amount_fen": [share.amount_fen for share in found],
    }
    try:
        with transaction.atomic():
            sql.run(PACKAGE, "insert_pool_shares", columns)
    except IntegrityError as error:
        text = _("Some of these units share another pool of this fee on the same days.")
        raise PoolOverlaps(text, field="period") from error
