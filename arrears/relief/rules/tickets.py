"""Service tickets (工单): who answers, until when, and what may follow what (R000-D12, R001-12)."""

from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from values.because import Because, because
from values.holidays import is_workday as known_workday

# An owner who has his answer has a week to say that he does not agree; then collection goes on by itself.
REPLY_DAYS: Final = 7
# Nobody's money waits longer for an answer: after that the project manager decides (domain 6.1).
MOST_WORKDAYS: Final = 15
EXTENSION_WORKDAYS: Final = 5
# A claim that expires so soon must not wait in silence (G12).
ALERT_DAYS: Final = 90


class Department(StrEnum):
    """Who is responsible."""

    ENGINEERING = "ENGINEERING"
    SECURITY = "SECURITY"
    CLEANING = "CLEANING"
    CUSTOMER_SERVICE = "CUSTOMER_SERVICE"
    FINANCE = "FINANCE"
    OTHER = "OTHER"


class Finding(StrEnum):
    """What the check came to."""

    FOUNDED = "FOUNDED"
    PARTLY = "PARTLY"
    UNFOUNDED = "UNFOUNDED"


class TicketState(StrEnum):
    """OPEN: being looked into. ANSWERED: the owner may reply. DECIDING: before the project manager."""

    OPEN = "OPEN"
    ANSWERED = "ANSWERED"
    DECIDING = "DECIDING"
    CLOSED = "CLOSED"


WORKDAYS: Final = MappingProxyType(
    {
        Department.ENGINEERING: 10,
        Department.SECURITY: 5,
        Department.CLEANING: 3,
        Department.CUSTOMER_SERVICE: 3,
        Department.FINANCE: 5,
        Department.OTHER: 5,
    }
)


def after_workdays(start: date, days: int, *, workday: Callable[[date], bool] = known_workday) -> date:
    """The day so many working days after `start`, which itself does not count.

    >>> after_workdays(date(2026, 4, 29), 3)
    datetime.date(2026, 5, 7)
    """
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= workday(day)
    return day


def deadline(department: Department, opened_on: date) -> date:
    """Until when a ticket is answered unless somebody says otherwise.

    >>> deadline(Department.CLEANING, date(2026, 11, 20))
    datetime.date(2026, 11, 25)
    """
    return after_workdays(opened_on, WORKDAYS[department])


def refuse_deadline(deadline_on: date, *, opened_on: date, as_of: date) -> Because | None:
    """Why a ticket cannot wait until a day; None when it can.

    >>> refuse_deadline(date(2027, 1, 4), opened_on=date(2026, 11, 20), as_of=date(2026, 11, 20)).code
    'ticket_too_late'
    """
    if deadline_on < as_of:
        return because("ticket_deadline_past")
    latest_on = after_workdays(opened_on, MOST_WORKDAYS)
    if deadline_on > latest_on:
        return because("ticket_too_late", latest_on=latest_on, most=MOST_WORKDAYS)
    return None


def reply_until(answered_on: date) -> date:
    """The last day on which the owner may say that he does not agree.

    >>> reply_until(date(2026, 11, 20))
    datetime.date(2026, 11, 27)
    """
    return answered_on + timedelta(days=REPLY_DAYS)


def refuse_finding(finding: Finding, *, reduced_fen: int) -> Because | None:
    """A price is reduced only where something was found; None when both fit.

    >>> refuse_finding(Finding.UNFOUNDED, reduced_fen=100).code
    'reduction_without_ground'
    """
    if finding is Finding.UNFOUNDED and reduced_fen:
        return because("reduction_without_ground")
    return None
