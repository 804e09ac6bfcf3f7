"""The only writer of what is paid: closes late-fee segments and keeps what moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from billing.charges.models import Charge
from billing.charges.queries.open import moves_of, pauses_of, running_of, terms_of
from billing.charges.rules import late_fee
from billing.charges.rules.late_fee import Movement, Pause, Running, Terms
from tenancy.kernel import sql
from tenancy.kernel.errors import Conflict, NotFound

_FIELDS: Final = (
    "settled_fen",
    "waived_fen",
    "late_fee_settled",
    "late_fee_from",
    "late_fee_paid_fen",
    "late_fee_waived_fen",
)


@dataclass(frozen=True, slots=True)
class Settlement:
    """What of a charge is paid or let off, in fen. Negative amounts (taken back) raise the debt again."""

    charge_id: int
    principal_fen: int
    late_fee_fen: int = 0


class PaidTooMuch(Conflict):
    code = "charges.paid_too_much"


class ChargeReversed(Conflict):
    code = "charges.reversed"


def settle_charges(*, changes: Sequence[Settlement], paid_on: date, waived: bool = False) -> None:
    """Lower charges on a value date; the caller holds the accounts' locks and stores the allocations.

    `waived`: not paid but let off, and the caller stores the adjustments.

    A value date inside a closed late-fee segment puts all movements of the charge in order again. Raises
    NotFound, ChargeReversed, PaidTooMuch (principal beyond what is unpaid, late fee beyond what accrued).
    """
    if not changes:
        return
    merged = _merge(changes)
    charges = list(Charge.objects.select_for_update().filter(pk__in=merged).order_by("pk"))
    if len(charges) != len(merged):
        raise NotFound(_("There is no such charge."))
    pauses = pauses_of(merged)
    for charge in charges:
        _apply(charge, merged[charge.pk], paid_on, pauses.get(charge.pk, ()))
        _count(charge, merged[charge.pk], waived=waived)
    columns: dict[str, Any] = {name: [getattr(charge, name) for charge in charges] for name in _FIELDS}
    sql.run("billing.charges", "settle_charges", {"ids": [charge.pk for charge in charges], **columns})
    moved = [change for change in merged.values() if change.principal_fen or change.late_fee_fen]
    movements = {
        "on": paid_on,
        "is_waived": waived,
        "charge_ids": [change.charge_id for change in moved],
        "principal_fen": [change.principal_fen for change in moved],
        "late_fee_fen": [change.late_fee_fen for change in moved],
    }
    sql.run("billing.charges", "insert_movements", movements)


def _merge(changes: Sequence[Settlement]) -> dict[int, Settlement]:
    merged: dict[int, Settlement] = {}
    for change in changes:
        known = merged.get(change.charge_id, Settlement(change.charge_id, 0))
        merged[change.charge_id] = Settlement(
            change.charge_id,
            known.principal_fen + change.principal_fen,
            known.late_fee_fen + change.late_fee_fen,
        )
    return merged


def _apply(charge: Charge, change: Settlement, paid_on: date, pauses: Sequence[Pause]) -> None:
    """Where the late fee of a charge stands after a change; refuses what is more than is owed."""
    if charge.reversed_on is not None:
        raise ChargeReversed(_("One of these charges was reversed. Reload the page."))
    terms, running = terms_of(charge), running_of(charge)
    left = running.unpaid_fen - change.principal_fen
    if not 0 <= left <= charge.amount_fen:
        raise PaidTooMuch(_("One of these charges was paid a moment ago. Reload the page."))
    running = _moved(charge, terms, running, change, left, paid_on, pauses)
    gone_fen = charge.late_fee_paid_fen + charge.late_fee_waived_fen + change.late_fee_fen
    fee_fen = late_fee.accrued_fen(terms, running, as_of=max(paid_on, running.from_on))
    if gone_fen < 0 or (change.late_fee_fen > 0 and gone_fen > fee_fen):
        raise PaidTooMuch(_("More late fee was given than has accrued. Reload the page."))
    keep(charge, late_fee.settled_until(terms, running, pauses=pauses))


def keep(charge: Charge, running: Running) -> None:
    """Put where the late fee stands into the charge's columns."""
    charge.late_fee_settled = late_fee.from_e8(running.settled_e8)
    charge.late_fee_from = running.from_on


def _count(charge: Charge, change: Settlement, *, waived: bool) -> None:
    """What of the charge is no longer owed, by whether it was paid or let off."""
    charge.settled_fen += change.principal_fen
    if waived:
        charge.waived_fen += change.principal_fen
        charge.late_fee_waived_fen += change.late_fee_fen
    else:
        charge.late_fee_paid_fen += change.late_fee_fen


def _moved(
    charge: Charge,
    terms: Terms,
    running: Running,
    change: Settlement,
    left: int,
    paid_on: date,
    pauses: Sequence[Pause],
) -> Running:
    if change.principal_fen == 0:
        return running
    if change.principal_fen > 0 and not late_fee.needs_replay(terms, running, on=paid_on):
        return late_fee.close_segment(terms, running, on=paid_on, unpaid_fen=left, pauses=pauses)
    return late_fee.replay(terms, [*moves_of(charge), Movement(paid_on, change.principal_fen)], pauses=pauses)
