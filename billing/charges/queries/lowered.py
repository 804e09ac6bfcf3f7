"""What charges were lowered by, day by day: how an agreement about them is judged from the ledger."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from billing.charges.models import Charge, Movement


class Lowered(NamedTuple):
    """A charge and all that lowered it: (value date, principal, late fee), negative when taken back."""

    charge_id: int
    amount_fen: int
    is_reversed: bool
    moves: tuple[tuple[date, int, int], ...]

    def gone_fen(self, *, on: date) -> int:
        """Principal and late fee that were paid or let off up to a day."""
        return sum(principal + late_fee for day, principal, late_fee in self.moves if day <= on)

    def unpaid_fen(self, *, on: date) -> int:
        """Principal that was still owed at the end of a day."""
        return self.amount_fen - sum(principal for day, principal, _late_fee in self.moves if day <= on)


def lowered(charge_ids: Collection[int]) -> dict[int, Lowered]:
    """Charges by id, with their movements in the order of their days. Two reads."""
    moves: dict[int, list[tuple[date, int, int]]] = {}
    rows = Movement.objects.filter(charge_id__in=list(charge_ids)).order_by("on", "pk")
    for charge_id, *move in rows.values_list("charge_id", "on", "principal_fen", "late_fee_fen"):
        moves.setdefault(charge_id, []).append((move[0], move[1], move[2]))
    charges = Charge.objects.filter(pk__in=list(charge_ids)).values_list("pk", "amount_fen", "reversed_on")
    return {
        pk: Lowered(pk, amount_fen, reversed_on is not None, tuple(moves.get(pk, ())))
        for pk, amount_fen, reversed_on in charges
    }
