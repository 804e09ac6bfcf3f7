"""Charges of a unit that meet on a day: what one party owed up to it, and another from it on."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.db.models import Q

from billing.charges.models import Charge
from values.period import Period


class Piece(NamedTuple):
    """A charge that ends, or begins, on the day."""

    charge_id: int
    party_id: int
    fee_item: str
    period: Period
    amount_fen: int


def pieces_at(unit_id: int, on: date) -> list[Piece]:
    """The standing charges that end before a day or begin with it, by fee and in order."""
    rows = Charge.objects.filter(
        Q(ends_on=on) | Q(period__startswith=on), unit_id=unit_id, reversed_on=None, kind=Charge.Kind.PERIODIC
    ).order_by("fee_item__name", "period", "pk")
    return [
        Piece(pk, party, item, Period(held.lower, held.upper), fen)
        for pk, party, item, held, fen in rows.values_list(
            "pk", "account__party_id", "fee_item__name", "period", "amount_fen"
        )
    ]
