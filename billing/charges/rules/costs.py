"""What it costs to pursue a debt, and may be asked back from the debtor (民法典 561)."""

from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from values.period import Period

MOST_FEN: Final = (
    10_000_000  # 100,000 yuan: more than this was never a debtor's postage or lawyer, but a slip
)


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
    TOO_MUCH = "TOO_MUCH"
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
    >>> fault_of(ems._replace(amount_fen=10**19), oldest_due_on=date(2026, 1, 31), on=date(2026, 4, 10))
    <Fault.TOO_MUCH: 'TOO_MUCH'>
    """
    if cost.amount_fen <= 0:
        return Fault.AMOUNT
    if cost.amount_fen > MOST_FEN:
        return Fault.TOO_MUCH
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
