"""Costs of pursuing a debt: booked to the account that caused them, taken back where that was a mistake."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from billing.charges.models import Charge, FeeItem
from billing.charges.queries.accounts import account_card
from billing.charges.queries.open import open_charges, sum_up
from billing.charges.rules.costs import MOST_FEN, Cost, CostKind, Fault, day_of, fault_of
from billing.charges.services.accounts import lock_account
from tenancy.kernel.errors import Conflict, NotFound, Refused
from tenancy.kernel.scope import current_user_id
from tenancy.people.services import audit
from values.fen import display

COST_ITEM: Final = ("collection_cost", "催收费用", "实现债权费用")
_FIELDS: Final = {
    Fault.AMOUNT: "amount",
    Fault.TOO_MUCH: "amount",
    Fault.REFERENCE: "reference",
    Fault.LATER: "incurred_on",
}


class CostNotValid(Refused):
    code = "charges.cost_not_valid"


class CostBooked(Conflict):
    """The same proof stands on the account already."""

    code = "charges.cost_booked"


class CostPaid(Conflict):
    code = "charges.cost_paid"


class ReasonMissing(Refused):
    code = "charges.reason_missing"


def book_cost(
    *,
    account_id: int,
    kind: CostKind,
    amount_fen: int,
    incurred_on: date,
    reference: str,
    on: date,
    note: str = "",
) -> int:
    """An expense becomes a debt of the account, due at once, without late fee of its own; the charge's id.

    Payments settle it before late fee and principal. Raises NotFound, CostNotValid, CostBooked.
    """
    card = account_card(account_id)
    lock_account(account_id)
    cost = Cost(kind, amount_fen, incurred_on, reference.strip(), note.strip())
    owed = sum_up(open_charges(account_ids=[account_id], as_of=incurred_on), as_of=incurred_on)
    if fault := fault_of(cost, oldest_due_on=owed.oldest_due_on, on=on):
        raise CostNotValid(_said(fault), field=_FIELDS.get(fault))
    _refuse_twice(account_id, cost)
    period = day_of(on)
    charge = Charge.objects.create(
        community_id=card.community_id,
        account_id=account_id,
        unit_id=card.unit_id,
        fee_item=_item(),
        kind=Charge.Kind.COST,
        period=DateRange(period.start, period.end),
        issued_on=on,
        due_on=on,
        amount_fen=amount_fen,
        late_fee_from=on,
        late_fee_cap_fen=0,
        snapshot=_snapshot(cost, str(period)),
    )
    audit.record(
        "cost.booked",
        kind="account",
        pk=account_id,
        amount_fen=amount_fen,
        cost_kind=f"cost.{kind}",
        proof=cost.reference,
    )
    return int(charge.pk)


def take_back_cost(*, charge_id: int, reason: str, on: date) -> int:
    """A cost booked by mistake is no longer owed; its account. Refused once anything of it is paid."""
    if not reason.strip():
        raise ReasonMissing(_("Say why this cost is taken back."), field="reason")
    found = Charge.objects.filter(pk=charge_id, kind=Charge.Kind.COST, reversed_on=None).first()
    if found is None:
        raise NotFound(_("There is no such charge."))
    lock_account(found.account_id)
    gone = Charge.objects.filter(pk=charge_id, settled_fen=0, reversed_on=None).update(reversed_on=on)
    if not gone:
        raise CostPaid(_("Something of this cost is paid already. Take the payment back first."))
    audit.record(
        "cost.taken_back",
        kind="account",
        pk=found.account_id,
        amount_fen=found.amount_fen,
        reason=reason.strip()[:200],
    )
    return int(found.account_id)


def _item() -> FeeItem:
    """The fee item of such costs; companies from before it get theirs with the first cost."""
    known: FeeItem | None = FeeItem.objects.filter(revenue=FeeItem.Revenue.COST).order_by("pk").first()
    if known is not None:
        return known
    code, name, other_name = COST_ITEM
    is_taken = FeeItem.objects.filter(name=name).exists()
    more = {
        "name": other_name if is_taken else name,
        "revenue": FeeItem.Revenue.COST,
        "bears_late_fee": False,
    }
    item: FeeItem = FeeItem.objects.get_or_create(code=code, defaults=more)[0]
    return item


def _refuse_twice(account_id: int, cost: Cost) -> None:
    standing = Charge.objects.filter(account_id=account_id, kind=Charge.Kind.COST, reversed_on=None)
    if standing.filter(
        snapshot__cost__kind=cost.kind.value, snapshot__cost__reference=cost.reference
    ).exists():
        text = _("A cost with the proof %(reference)s is booked to this account already.")
        raise CostBooked(text % {"reference": cost.reference}, field="reference")


def _snapshot(cost: Cost, period: str) -> dict[str, Any]:
    return {
        "cost": {
            "kind": cost.kind.value,
            "reference": cost.reference,
            "incurred_on": cost.incurred_on.isoformat(),
            "note": cost.note,
            "booked_by": current_user_id(),
        },
        "period": period,
        "total_fen": cost.amount_fen,
    }


def _said(fault: Fault) -> str:
    return {
        Fault.AMOUNT: _("The amount must be more than nothing."),
        Fault.TOO_MUCH: _("A cost of more than %(most)s cannot be right.") % {"most": display(MOST_FEN)},
        Fault.REFERENCE: _("Name the proof: the number of the waybill or the invoice."),
        Fault.LATER: _("This day is still to come."),
        Fault.NOTHING_LATE: _("Nothing was past due on that day, so nobody had to be pursued."),
    }[fault]
