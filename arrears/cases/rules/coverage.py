"""Which charges a rung is about: a later document never claims more than the one before it proved."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import NamedTuple

from arrears.cases.rules.ladder import FORMAL_FROM_LEVEL

OPENING = "OPENING"


class LateCharge(NamedTuple):
    """A charge with principal past due. `bill_delivered_on`: when its bill arrived, None while it has not."""

    charge_id: int
    kind: str
    due_on: date
    bill_delivered_on: date | None


def may_be_demanded(charge: LateCharge, *, lead_days: int, as_of: date) -> bool:
    """Whether a document may ask for it: past due, and its bill lay `lead_days` with its reader (G4).

    >>> bill = LateCharge(1, "PERIODIC", date(2026, 1, 31), date(2026, 1, 25))
    >>> [may_be_demanded(bill, lead_days=10, as_of=date(2026, 2, day)) for day in (4, 5)]
    [False, True]
    """
    if charge.kind == OPENING:
        return charge.due_on < as_of
    if charge.bill_delivered_on is None:
        return False
    return max(charge.due_on, charge.bill_delivered_on + timedelta(days=lead_days)) < as_of


def charges_of(
    level: int, late: Iterable[LateCharge], *, proved: Collection[int], lead_days: int, as_of: date
) -> tuple[int, ...]:
    """The charges of a step that opens on `level`. `proved`: those of the rung before, as it was taken.

    Reminder and call: all past due. The demand: all that may be demanded. Beyond it: what the rung before
    listed, as far as it is still owed.

    >>> late = [LateCharge(n, OPENING, date(2026, 1, 31), None) for n in (1, 2, 3)]
    >>> charges_of(5, late, proved={2, 3, 9}, lead_days=10, as_of=date(2026, 5, 1))
    (2, 3)
    """
    if level < FORMAL_FROM_LEVEL:
        return tuple(charge.charge_id for charge in late)
    asked = [charge.charge_id for charge in late if may_be_demanded(charge, lead_days=lead_days, as_of=as_of)]
    if level == FORMAL_FROM_LEVEL:
        return tuple(asked)
    return tuple(charge_id for charge_id in asked if charge_id in proved)
