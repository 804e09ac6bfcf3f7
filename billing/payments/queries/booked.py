"""What is booked already of what a bank or a channel says came in; rows for reconciling."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce

from billing.payments.models import Payment


class Booked(NamedTuple):
    """A payment that stands: not taken back."""

    payment_id: int
    account_id: int
    reference: str
    amount_fen: int
    paid_on: date


class ChannelPayment(NamedTuple):
    """A payment or refund of a channel. What goes back is negative; a reversal bears its payment's number."""

    payment_id: int
    reference: str
    amount_fen: int
    paid_on: date
    is_reversed: bool


def transfers_booked(references: Collection[str], *, community_id: int) -> dict[str, list[Booked]]:
    """Transfers of a community with these numbers of the bank, by number."""
    found: dict[str, list[Booked]] = defaultdict(list)
    if references:
        for one in _standing(Payment.Method.TRANSFER, community_id, reference__in=list(references)):
            found[one.reference].append(one)
    return dict(found)


def channel_payments(method: str, *, community_id: int, from_on: date, to_on: date) -> list[ChannelPayment]:
    """What one way to pay brought or gave back between two value dates, both inclusive."""
    taken_back = Payment.objects.filter(reverses=OuterRef("pk"))
    rows = (
        Payment.objects.filter(method=method, community_id=community_id, paid_on__range=(from_on, to_on))
        .exclude(kind=Payment.Kind.RELEASE)
        .annotate(number=Coalesce("reverses__reference", "reference"), is_reversed=Exists(taken_back))
        .order_by("pk")
        .values_list("pk", "number", "amount_fen", "paid_on", "is_reversed")
    )
    return [ChannelPayment(*row) for row in rows]


def _standing(method: str, community_id: int, **where: object) -> list[Booked]:
    reversed_ids = Payment.objects.filter(reverses__isnull=False).values("reverses_id")
    rows = Payment.objects.filter(
        method=method, kind=Payment.Kind.RECEIVED, community_id=community_id, **where
    ).exclude(pk__in=reversed_ids)
    return [
        Booked(*row)
        for row in rows.order_by("pk").values_list("pk", "account_id", "reference", "amount_fen", "paid_on")
    ]
