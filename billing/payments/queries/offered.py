"""Where an amount goes; where it pays all that an offer for a year asks, the offer's sum is not asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date

from billing.charges import queries as charges
from billing.payments.rules import allocation
from values.fen import Fen

Opened = Sequence[charges.OpenCharge]


def sum_of(opened: Sequence[charges.OpenCharge], ticked: Collection[int]) -> int:
    """What the ticked charges owe, late fee included."""
    return sum(charge.owed_fen for charge in opened if charge.charge_id in ticked)


def allocate(
    opened: Sequence[charges.OpenCharge],
    *,
    amount_fen: int,
    paid_on: date,
    designated: Collection[int],
    principal_first: bool,
) -> allocation.Allocation:
    """The rule, fed with open charges; nothing, or less, goes nowhere."""
    if amount_fen <= 0:
        return allocation.Allocation((), Fen(0))
    return allocation.allocate(
        [
            allocation.OpenCharge(
                c.charge_id,
                c.due_on,
                c.unpaid_fen,
                late_fee_fen=c.late_fee_fen,
                rate_e8=c.rate_e8,
                is_cost=c.is_cost,
            )
            for c in opened
        ],
        amount_fen=amount_fen,
        paid_on=paid_on,
        designated=designated,
        principal_first=principal_first,
    )


def allocate_offered(
    opened: Opened,
    birds: Sequence[charges.EarlyBird],
    *,
    amount_fen: int,
    paid_on: date,
    designated: Collection[int],
    principal_first: bool,
) -> tuple[list[charges.OpenCharge], allocation.Allocation]:
    """The open charges, less what the offers let off that this amount meets, and where it goes."""

    def pay(cut: Opened) -> allocation.Allocation:
        return allocate(
            cut,
            amount_fen=amount_fen,
            paid_on=paid_on,
            designated=designated,
            principal_first=principal_first,
        )

    cut = as_offered(opened, birds, pay=pay)
    return cut, pay(cut)


def as_offered(
    opened: Opened,
    birds: Sequence[charges.EarlyBird],
    *,
    pay: Callable[[Opened], allocation.Allocation],
) -> list[charges.OpenCharge]:
    """The open charges less what is let off by those offers that would be met so. `pay`: where money goes.

    An offer that is not met falls away, and with it what it let off; then the others are looked at again.
    """
    standing = list(birds)
    while standing:
        cut = _less(opened, standing)
        paid = _principal(pay(cut))
        met = [bird for bird in standing if _is_met(bird, cut, paid)]
        if len(met) == len(standing):
            return cut
        standing = met
    return list(opened)


def _less(opened: Opened, birds: Sequence[charges.EarlyBird]) -> list[charges.OpenCharge]:
    off = {charge_id: fen for bird in birds for charge_id, fen in bird.off.parts.items()}
    return [one._replace(unpaid_fen=one.unpaid_fen - off.get(one.charge_id, 0)) for one in opened]


def _is_met(bird: charges.EarlyBird, cut: Opened, paid: Mapping[int, int]) -> bool:
    """All of the year's charges and of what is older must be paid; which of them is open, `cut` says."""
    wanted = bird.before | bird.off.charge_ids
    return all(paid.get(one.charge_id, 0) == one.unpaid_fen for one in cut if one.charge_id in wanted)


def _principal(found: allocation.Allocation) -> dict[int, int]:
    return {line.charge_id: line.amount_fen for line in found.lines if line.part is allocation.Part.PRINCIPAL}
