"""Which charges a rung is about: a later document never claims more than the one before it proved."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from arrears.cases.rules.ladder import FORMAL_FROM_LEVEL
from values.because import Because, because

OPENING = "OPENING"


class LateCharge(NamedTuple):
    """A charge with principal past due, what of it and of its late fee is unpaid as of a day."""

    charge_id: int
    kind: str
    due_on: date
    unpaid_fen: int = 0
    late_fee_fen: int = 0


def may_be_demanded(
    charge: LateCharge, *, bill_delivered_on: date | None, lead_days: int, as_of: date
) -> bool:
    """Whether a document may ask for it: past due, and its bill lay `lead_days` with its reader (G4).

    >>> bill, arrived = LateCharge(1, "PERIODIC", date(2026, 1, 31)), date(2026, 1, 25)
    >>> days = [date(2026, 2, 4), date(2026, 2, 5)]
    >>> [may_be_demanded(bill, bill_delivered_on=arrived, lead_days=10, as_of=day) for day in days]
    [False, True]
    """
    if charge.kind == OPENING:
        return charge.due_on < as_of
    if bill_delivered_on is None:
        return False
    return max(charge.due_on, bill_delivered_on + timedelta(days=lead_days)) < as_of


def charges_of(
    level: int,
    late: Iterable[LateCharge],
    *,
    delivered: Mapping[int, date],
    proved: Collection[int],
    lead_days: int,
    as_of: date,
) -> tuple[LateCharge, ...]:
    """The charges of a step that opens on `level`.

    Reminder and call: all past due. The demand: all that may be demanded. Beyond it: what the rung before
    listed, as far as it is still owed. `delivered`: charge id -> the day its bill arrived; `proved`: the
    charges of the rung before, as it was taken.

    >>> late = [LateCharge(n, OPENING, date(2026, 1, 31)) for n in (1, 2, 3)]
    >>> told = {"delivered": {}, "lead_days": 10, "as_of": date(2026, 5, 1)}
    >>> [charge.charge_id for charge in charges_of(5, late, proved={2, 3, 9}, **told)]
    [2, 3]
    """
    if level < FORMAL_FROM_LEVEL:
        return tuple(late)
    return tuple(
        charge
        for charge in late
        if (level == FORMAL_FROM_LEVEL or charge.charge_id in proved)
        and may_be_demanded(
            charge, bill_delivered_on=delivered.get(charge.charge_id), lead_days=lead_days, as_of=as_of
        )
    )


def why_left_out(
    charge: LateCharge, *, bill_delivered_on: date | None, lead_days: int, asked_on: date
) -> Because:
    """Why a step from the demand on, asked for on a day, is not about a charge that is past due now.

    >>> told = {"lead_days": 10, "asked_on": date(2026, 5, 1)}
    >>> old = LateCharge(1, OPENING, date(2026, 1, 31))
    >>> why_left_out(old, bill_delivered_on=None, **told).code
    'left_out_not_demanded'
    >>> why_left_out(old._replace(kind="PERIODIC"), bill_delivered_on=None, **told).code
    'left_out_bill_undelivered'
    """
    if charge.due_on >= asked_on:
        return because("left_out_due_later", due_on=charge.due_on)
    if charge.kind != OPENING:
        if bill_delivered_on is None:
            return because("left_out_bill_undelivered")
        from_on = bill_delivered_on + timedelta(days=lead_days)
        if from_on >= asked_on:
            return because("left_out_bill_late", delivered_on=bill_delivered_on, lead_days=lead_days)
    return because("left_out_not_demanded")
