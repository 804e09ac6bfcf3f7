"""What was paid on which charge and when: for limitation, promises and court sheets."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final, NamedTuple

from django.db.models import Exists, F, OuterRef, QuerySet, Sum

from billing.payments.models import Allocation, Payment
from tenancy.kernel import sql

PACKAGE: Final = "billing.payments"


class Paid(NamedTuple):
    """Money that went to a charge. Such a payment interrupts limitation for that charge only."""

    charge_id: int
    payment_id: int
    paid_on: date
    part: str
    amount_fen: int


def paid_on_charges(charge_ids: Collection[int]) -> list[Paid]:
    """Every allocation to these charges, by value date; what was taken back was no payment."""
    rows = (
        standing(Allocation.objects.filter(charge_id__in=charge_ids))
        .annotate(paid_on=F("payment__paid_on"))
        .order_by("paid_on", "pk")
        .values_list("charge_id", "payment_id", "paid_on", "part", "amount_fen")
    )
    return [Paid(*row) for row in rows]


def standing(allocations: QuerySet[Allocation]) -> QuerySet[Allocation]:
    """Without payments that were taken back, and without what took them back."""
    taken_back = Payment.objects.filter(reverses=OuterRef("payment"))
    return allocations.filter(~Exists(taken_back)).exclude(payment__kind=Payment.Kind.REVERSAL)


def received(account_ids: Collection[int], *, from_on: date, to_on: date) -> dict[int, int]:
    """Fen received per account with a value date in [from_on, to_on]; used credit is no new money."""
    found = (
        Payment.objects.filter(account_id__in=account_ids, paid_on__range=(from_on, to_on))
        .exclude(method=Payment.Method.CREDIT)
        .values_list("account_id")
        .annotate(fen=Sum("amount_fen"))
    )
    return dict.fromkeys(account_ids, 0) | dict(found)


def charges_ever_paid(account_ids: Collection[int]) -> dict[int, set[int]]:
    """By account, ids of the charges that any of its payments went to."""
    if not account_ids:
        return {}
    paid: dict[int, set[int]] = {account_id: set() for account_id in account_ids}
    for account_id, charge_id in sql.rows(PACKAGE, "charges_ever_paid", {"account_ids": list(account_ids)}):
        paid[account_id].add(charge_id)
    return paid
