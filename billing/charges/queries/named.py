"""Charges by name: what a line about one says, without its calculation."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from django.db.models import F

from billing.charges.models import Charge
from values.period import Period


class ChargeName(NamedTuple):
    """A charge that stands, in the words of a list."""

    charge_id: int
    account_id: int
    community_id: int
    unit_id: int
    kind: str
    fee_item: str
    period: Period
    due_on: date
    amount_fen: int
    unpaid_fen: int
    bill_id: int | None
    bill_number: str


def charge_names(
    *, account_ids: Collection[int] | None = None, charge_ids: Collection[int] | None = None
) -> list[ChargeName]:
    """Some charges, or all unpaid ones of some accounts; oldest due first, reversed ones left out."""
    found = Charge.objects.filter(reversed_on=None)
    if charge_ids is not None:
        found = found.filter(pk__in=charge_ids)
    if account_ids is not None:
        found = found.filter(account_id__in=account_ids, settled_fen__lt=F("amount_fen"))
    rows = found.order_by("due_on", "pk").values_list(
        "pk", "account_id", "community_id", "unit_id", "kind", "fee_item__name", "period", "due_on",
        "amount_fen", F("amount_fen") - F("settled_fen"), "bill_id", "bill__number",
    )  # fmt: skip
    return [_named(*row) for row in rows]


def _named(*row: Any) -> ChargeName:
    """A row of values; without a bill it has no number."""
    head, period, rest, number = row[:6], row[6], row[7:-1], row[-1]
    return ChargeName._make((*head, Period(period.lower, period.upper), *rest, number or ""))
