"""What pursuing an account has cost, with its proofs."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from billing.charges.models import Charge


class CostRow(NamedTuple):
    """One cost; `kind_word` is the key of its kind among the words."""

    charge_id: int
    kind_word: str
    booked_on: date
    incurred_on: date
    reference: str
    note: str
    amount_fen: int
    unpaid_fen: int
    reversed_on: date | None

    @property
    def can_take_back(self) -> bool:
        """Nothing of it is paid, and it stands."""
        return self.reversed_on is None and self.unpaid_fen == self.amount_fen


def costs_of(account_id: int) -> list[CostRow]:
    """The costs booked to an account, the newest first."""
    found = Charge.objects.filter(account_id=account_id, kind=Charge.Kind.COST).order_by("-issued_on", "-pk")
    return [_row(charge, charge.snapshot["cost"]) for charge in found]


def _row(charge: Charge, said: dict[str, Any]) -> CostRow:
    return CostRow(
        charge_id=charge.pk,
        kind_word=f"cost.{said['kind']}",
        booked_on=charge.issued_on,
        incurred_on=date.fromisoformat(said["incurred_on"]),
        reference=said["reference"],
        note=said["note"],
        amount_fen=charge.amount_fen,
        unpaid_fen=charge.amount_fen - charge.settled_fen,
        reversed_on=charge.reversed_on,
    )
