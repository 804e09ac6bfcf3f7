"""What an invoice can be made of: each allocation of payments with its fee item; what still stands."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from django.db.models import Sum

from billing.payments.models import Allocation, Payment
from values.period import Period


class MoneyRow(NamedTuple):
    """One allocation of a payment; credit has no charge."""

    allocation_id: int
    payment_id: int
    paid_on: date
    part: str
    amount_fen: int
    charge_id: int | None
    fee_item_id: int | None
    fee_item: str
    revenue: str
    period: Period | None


_ROW = (
    "pk", "payment_id", "payment__paid_on", "part", "amount_fen", "charge_id", "charge__fee_item_id",
    "charge__fee_item__name", "charge__fee_item__revenue", "charge__period",
)  # fmt: skip


def money_of(payment_ids: Collection[int]) -> list[MoneyRow]:
    """The allocations of payments in the order they were written."""
    rows = Allocation.objects.filter(payment_id__in=payment_ids).order_by("pk").values_list(*_ROW)
    return [
        MoneyRow._make(
            (*row[:7], row[7] or "", row[8] or "", Period(row[9].lower, row[9].upper) if row[9] else None)
        )
        for row in rows
    ]


def taken_back(payment_ids: Collection[int]) -> set[int]:
    """Those of the payments that a reversal took back."""
    found = Payment.objects.filter(reverses_id__in=payment_ids).values_list("reverses_id", flat=True)
    return {pk for pk in found if pk is not None}


def still_paid(charge_ids: Collection[int]) -> dict[int, int]:
    """charge -> fen that payments hold on it now: reversals and releases taken off."""
    rows = Allocation.objects.filter(charge_id__in=charge_ids).order_by("charge_id").values_list("charge_id")
    return {pk: int(fen) for pk, fen in rows.annotate(fen=Sum("amount_fen")) if pk is not None}
