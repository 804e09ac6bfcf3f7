"""What of an account's debt is disputed on a day, and what is left to ask for."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Final, NamedTuple, TypeVar

from arrears.cases.models import DisputedCharge
from arrears.cases.rules.coverage import LateCharge
from arrears.cases.rules.disputes import left_undisputed
from billing.charges.queries import OpenCharge
from tenancy.kernel import sql
from values.period import Period

PACKAGE: Final = "arrears.cases"
C = TypeVar("C", LateCharge, OpenCharge)


class DisputedPart(NamedTuple):
    """A charge of a dispute. `until`: the first day on which it no longer is; None while nobody knows."""

    charge_id: int
    amount_fen: int
    from_on: date
    until: date | None


def disputed_fen(account_ids: Collection[int], *, as_of: date) -> dict[int, int]:
    """Charge id -> how much of it is disputed on the day; only those that are."""
    if not account_ids:
        return {}
    return dict(sql.rows(PACKAGE, "disputed", {"account_ids": list(account_ids), "as_of": as_of}))


def undisputed(charges: Iterable[C], disputed: dict[int, int]) -> list[C]:
    """The charges with what of each is not disputed; those of which nothing is left are left out.

    Of the late fee so far as much is left as of the principal.
    """
    found = []
    for charge in charges:
        fen = disputed.get(charge.charge_id, 0)
        left = left_undisputed(charge.unpaid_fen, charge.late_fee_fen, disputed_fen=fen)
        if fen and left.unpaid_fen > 0:
            found.append(charge._replace(unpaid_fen=left.unpaid_fen, late_fee_fen=left.late_fee_fen))
        elif not fen:
            found.append(charge)
    return found


def parts_of(hold_ids: Collection[int]) -> dict[int, list[DisputedPart]]:
    """The charges that some disputes list, oldest first."""
    found: dict[int, list[DisputedPart]] = {hold_id: [] for hold_id in hold_ids}
    rows = DisputedCharge.objects.filter(hold_id__in=list(hold_ids)).order_by("charge__due_on", "charge_id")
    for hold_id, charge_id, fen, held in rows.values_list("hold_id", "charge_id", "amount_fen", "held"):
        found[hold_id].append(DisputedPart(charge_id, fen, held.lower or date.min, held.upper))
    return found


class DisputedOn(NamedTuple):
    """A disputed charge as it stands on its bill, paid or not."""

    charge_id: int
    fee_item: str
    period: str
    due_on: date
    charged_fen: int
    unpaid_fen: int


def disputed_charges(charge_ids: Collection[int]) -> dict[int, DisputedOn]:
    """What stands on the bill of some disputed charges."""
    rows = DisputedCharge.objects.filter(charge_id__in=list(charge_ids)).select_related("charge__fee_item")
    return {
        row.charge_id: DisputedOn(
            charge_id=row.charge_id,
            fee_item=row.charge.fee_item.name,
            period=Period(row.charge.period.lower, row.charge.period.upper).label,
            due_on=row.charge.due_on,
            charged_fen=row.charge.amount_fen,
            unpaid_fen=row.charge.amount_fen - row.charge.settled_fen,
        )
        for row in rows
    }


def disputed_before(charge_ids: Collection[int]) -> set[int]:
    """Those of some charges that were ever disputed."""
    rows = DisputedCharge.objects.filter(charge_id__in=list(charge_ids))
    return set(rows.values_list("charge_id", flat=True))
