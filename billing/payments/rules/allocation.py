"""Which charge a payment pays first, and within a charge which part (民法典 560, 561; K7, K8)."""

from collections.abc import Collection, Sequence
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import Final, NamedTuple

from values.fen import Fen, split_by_weight


class Part(StrEnum):
    """What of a charge the money went to."""

    LATE_FEE = "LATE_FEE"
    PRINCIPAL = "PRINCIPAL"


class OpenCharge(NamedTuple):
    """A charge as of the payment's value date: what is owed of each part, and its daily late-fee rate.

    `is_cost`: what pursuing the debtor has cost; all of it stands in `principal_fen`.
    """

    charge_id: int
    due_on: date
    principal_fen: int
    late_fee_fen: int = 0
    rate_e8: int = 0
    is_cost: bool = False

    @property
    def owed_fen(self) -> int:
        """All of it."""
        return self.principal_fen + self.late_fee_fen


class Line(NamedTuple):
    """One immutable allocation."""

    charge_id: int
    part: Part
    amount_fen: Fen


class Allocation(NamedTuple):
    """Where a payment went; what no issued open charge could take is credit."""

    lines: tuple[Line, ...]
    credit_fen: Fen


_LATE_FEE_FIRST: Final = (Part.LATE_FEE, Part.PRINCIPAL)
_PRINCIPAL_FIRST: Final = (Part.PRINCIPAL, Part.LATE_FEE)


def allocate(
    charges: Sequence[OpenCharge],
    *,
    amount_fen: int,
    paid_on: date,
    designated: Collection[int] = (),
    principal_first: bool = False,
) -> Allocation:
    """Spread a payment over open charges; lines and credit always add up to the amount.

    Order: the payer's designation (ticking every charge changes nothing), what is due before what is not,
    costs of pursuing the debtor, heavier rate, earlier due day, then pro rata of what is owed (K8). Inside a
    charge: late fee, principal (561). `principal_first` only where the contract says so (L-A3): then late fee
    follows principal, and costs come last of what is due. ValueError when the amount is not positive.

    >>> bill = OpenCharge(7, date(2026, 1, 31), 252024, late_fee_fen=12601, rate_e8=50000)
    >>> ems = OpenCharge(9, date(2026, 4, 10), 2200, is_cost=True)
    >>> paid = allocate([bill, ems], amount_fen=100000, paid_on=date(2026, 5, 11))
    >>> [(line.charge_id, line.part.value, line.amount_fen) for line in paid.lines], paid.credit_fen
    ([(9, 'PRINCIPAL', 2200), (7, 'LATE_FEE', 12601), (7, 'PRINCIPAL', 85199)], 0)
    """
    if amount_fen <= 0:
        raise ValueError("a payment is positive")
    owing = [charge for charge in charges if charge.owed_fen > 0]
    ticked = frozenset(designated)
    parts = _PRINCIPAL_FIRST if principal_first else _LATE_FEE_FIRST

    def rank(charge: OpenCharge) -> tuple[bool, bool, bool, int, date]:
        # 560 speaks of debts that have matured: on the due day itself the debt has.
        is_due = charge.due_on <= paid_on
        follows = charge.is_cost if principal_first else not charge.is_cost
        return charge.charge_id not in ticked, not is_due, follows, -charge.rate_e8, charge.due_on

    left, lines = amount_fen, []
    for _, equals in groupby(sorted(owing, key=lambda c: (rank(c), c.charge_id)), key=rank):
        for charge, share in _shares(list(equals), left):
            lines += _within(charge, share, parts)
            left -= share
    return Allocation(tuple(lines), Fen(left))


def _shares(equals: Sequence[OpenCharge], left: int) -> list[tuple[OpenCharge, int]]:
    owed = [charge.owed_fen for charge in equals]
    shares = owed if left >= sum(owed) else split_by_weight(left, owed)
    return list(zip(equals, shares, strict=True))


def _within(charge: OpenCharge, share: int, parts: Sequence[Part]) -> list[Line]:
    owed = {Part.LATE_FEE: charge.late_fee_fen, Part.PRINCIPAL: charge.principal_fen}
    lines = []
    for part in parts:
        taken = min(owed[part], share)
        if taken > 0:
            lines.append(Line(charge.charge_id, part, Fen(taken)))
            share -= taken
    return lines
