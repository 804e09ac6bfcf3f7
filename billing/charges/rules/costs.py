"""What it costs to pursue a debt, and may be asked back from the debtor (民法典 561)."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from values.period import Period


class CostKind(StrEnum):
    """What the money was spent on."""

    EMS = "EMS"
    NOTARY = "NOTARY"
    LAWYER = "LAWYER"
    COURT_FEE = "COURT_FEE"
    OTHER = "OTHER"


class Fault(StrEnum):
    """Why a cost cannot be booked."""

    AMOUNT = "AMOUNT"
    REFERENCE = "REFERENCE"
    LATER = "LATER"
    NOTHING_LATE = "NOTHING_LATE"


class Cost(NamedTuple):
    """An expense with its proof: the number of the waybill, the invoice, the court's notice."""

    kind: CostKind
    amount_fen: int
    incurred_on: date
    reference: str
    note: str = ""


def fault_of(cost: Cost, *, oldest_due_on: date | None, on: date) -> Fault | None:
    """What speaks against booking it on a day; None: nothing. Pursuing begins the day after a due day.

    >>> ems = Cost(CostKind.EMS, 2200, date(2026, 4, 10), "EMS 1033")
    >>> fault_of(ems, oldest_due_on=date(2026, 1, 31), on=date(2026, 4, 10)) is None
    True
    >>> fault_of(ems, oldest_due_on=None, on=date(2026, 4, 10))
    <Fault.NOTHING_LATE: 'NOTHING_LATE'>
    """
    if cost.amount_fen <= 0:
        return Fault.AMOUNT
    if not cost.reference.strip():
        return Fault.REFERENCE
    if cost.incurred_on > on:
        return Fault.LATER
    if oldest_due_on is None or oldest_due_on >= cost.incurred_on:
        return Fault.NOTHING_LATE
    return None


def day_of(on: date) -> Period:
    """A cost belongs to the day it is booked.

    >>> day_of(date(2026, 4, 10)).label
    '2026年4月10日'
    """
    return Period(on, date.fromordinal(on.toordinal() + 1))
