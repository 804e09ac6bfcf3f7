"""What is booked already of what a bank or a channel says came in; rows for reconciling."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from billing.payments.models import Payment


class Booked(NamedTuple):
    """A payment that stands: not taken back."""

    payment_id: int
    account_id: int
    reference: str
    amount_fen: int
    paid_on: date


def transfers_booked(references: Collection[str], *, community_id: int) -> dict[str, list[Booked]]:
    """Transfers of a community with these numbers of the bank, by number."""
    found: dict[str, list[Booked]] = defaultdict(list)
    if references:
        for one in _standing(Payment.Method.TRANSFER, community_id, reference__in=list(references)):
            found[one.reference].append(one)
    return dict(found)


def booked_by(
    method: str,
    *,
    community_id: int,
    from_on: date,
    to_on: date,
    references: Collection[str] = (),
) -> list[Booked]:
    """What one way to pay brought between two value dates, both inclusive, and what bears these numbers."""
    within = _standing(method, community_id, paid_on__range=(from_on, to_on))
    named = _standing(method, community_id, reference__in=list(references)) if references else []
    return sorted({one.payment_id: one for one in [*within, *named]}.values())


def _standing(method: str, community_id: int, **where: object) -> list[Booked]:
    reversed_ids = Payment.objects.filter(reverses__isnull=False).values("reverses_id")
    rows = Payment.objects.filter(
        method=method, kind=Payment.Kind.RECEIVED, community_id=community_id, **where
    ).exclude(pk__in=reversed_ids)
    return [
        Booked(*row)
        for row in rows.order_by("pk").values_list("pk", "account_id", "reference", "amount_fen", "paid_on")
    ]
