"""When a bill is issued and when it must be paid, and what is wrong with a timetable."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from values.because import Because, because
from values.period import Period, add_months, month_end, month_start

ISSUE_DAY: Final = 5
LEAD_DAYS: Final = 10


class DueKind(StrEnum):
    """How a community fixes the due day; `n` of the rule is the number in the name."""

    MONTH_END = "MONTH_END"
    DAY_OF_MONTH = "DAY_OF_MONTH"
    DAYS_AFTER_START = "DAYS_AFTER_START"


class DueRule(NamedTuple):
    """A community's rule. `n`: the day of the month (clamped to its last), or the days after the start."""

    kind: DueKind = DueKind.MONTH_END
    n: int = 0


DEFAULT_RULE: Final = DueRule()


def anchor_month(period: Period, *, in_arrears: bool = False) -> date:
    """First day of the month the timetable hangs on: the period's first, or the one after it in arrears."""
    if in_arrears:
        return add_months(month_start(period.last_day), 1)
    return month_start(period.start)


def due_on(period: Period, *, in_arrears: bool = False, rule: DueRule = DEFAULT_RULE) -> date:
    """The day a charge must be paid by; no shift for weekends (K11).

    By default the last day of the period's first month; for items billed in arrears, of the month after it.

    >>> due_on(Period.of_months(date(2026, 1, 1), 3))
    datetime.date(2026, 1, 31)
    >>> due_on(Period.month(2026, 1), in_arrears=True)
    datetime.date(2026, 2, 28)
    >>> due_on(Period.month(2026, 1), rule=DueRule(DueKind.DAY_OF_MONTH, 20))
    datetime.date(2026, 1, 20)
    """
    month = anchor_month(period, in_arrears=in_arrears)
    if rule.kind is DueKind.DAY_OF_MONTH:
        return _day_of(month, rule.n)
    if rule.kind is DueKind.DAYS_AFTER_START:
        return (period.end if in_arrears else period.start) + timedelta(days=rule.n)
    return month_end(month)


def issue_on(period: Period, *, in_arrears: bool = False, day: int = ISSUE_DAY) -> date:
    """The day the bill is issued: the 5th of the month the due day hangs on.

    >>> issue_on(Period.month(2026, 2))
    datetime.date(2026, 2, 5)
    """
    return _day_of(anchor_month(period, in_arrears=in_arrears), day)


def check_rule(rule: DueRule, *, issue_day: int = ISSUE_DAY, lead_days: int = LEAD_DAYS) -> Because | None:
    """Whether a community may have the rule; None when it may.

    Codes: `due_day_out_of_range` (n), `issue_day_out_of_range` (n), `lead_below_minimum` (days, needed;
    R000-I3), `lead_too_short` (days, needed) in the shortest month there is.
    """
    if lead_days < LEAD_DAYS:
        return because("lead_below_minimum", days=lead_days, needed=LEAD_DAYS)
    if not 1 <= issue_day <= 28:
        return because("issue_day_out_of_range", n=issue_day)
    if rule.kind is DueKind.DAY_OF_MONTH and not 1 <= rule.n <= 31:
        return because("due_day_out_of_range", n=rule.n)
    if rule.kind is DueKind.DAYS_AFTER_START and not 0 <= rule.n <= 366:
        return because("due_day_out_of_range", n=rule.n)
    shortest = Period.month(2026, 2)
    return check_lead(
        issued_on=issue_on(shortest, day=issue_day), due_on=due_on(shortest, rule=rule), lead_days=lead_days
    )


def check_lead(*, issued_on: date, due_on: date, lead_days: int = LEAD_DAYS) -> Because | None:
    """Whether a bill, issued or delivered, leaves its reader enough days (R000-I3); else `lead_too_short`.

    >>> check_lead(issued_on=date(2026, 1, 25), due_on=date(2026, 1, 31))
    Because(code='lead_too_short', params={'days': 6, 'needed': 10})
    """
    days = (due_on - issued_on).days
    return None if days >= lead_days else because("lead_too_short", days=days, needed=lead_days)


def with_lead(day: date, *, issued_on: date) -> date:
    """The due day of what is billed late: nobody owes before the days are over that a bill leaves (R000-I3).

    >>> with_lead(date(2026, 1, 31), issued_on=date(2026, 3, 5))
    datetime.date(2026, 3, 15)
    """
    return max(day, issued_on + timedelta(LEAD_DAYS))


def check_round(*, first_on: date, last_on: date) -> Because | None:
    """Whether a delivery round ended on the day it began (R000-I3); else `round_too_long` (days)."""
    days = (last_on - first_on).days + 1
    return None if days == 1 else because("round_too_long", days=days)


def _day_of(month: date, day: int) -> date:
    return month.replace(day=min(day, month_end(month).day))
