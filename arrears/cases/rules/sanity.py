"""Days that people type: what nobody can mean, and why. Each answer names the field it stands beside."""

from datetime import date, timedelta
from typing import Final, NamedTuple

from values.because import Because, because
from values.period import add_months

# A case is spoken to twice a week (R000-I14); who shall be left alone for longer has a hold with a reason.
CALL_AGAIN_DAYS: Final = 31
# Three months are the ladder up to the legal review; a later day is a deferral and needs approval (3.3).
PROMISE_DAYS: Final = 90
# A hold may begin while its papers are still on their way, and a deferral is applied for in advance (A10).
HOLD_BACK_DAYS: Final = 31
HOLD_AHEAD_DAYS: Final = 92
# Deferrals and plans reach twelve months (3.3); whatever lasts longer has no end yet, or is set again.
HOLD_MONTHS: Final = 12


class Wrong(NamedTuple):
    """A field and why its day cannot be."""

    field: str
    because: Because


def refuse_visit_day(on: date, *, opened_on: date, as_of: date) -> Wrong | None:
    """A visit lies between the opening of its case and today.

    >>> refuse_visit_day(date(2026, 1, 31), opened_on=date(2026, 2, 1), as_of=date(2026, 3, 1)).because.code
    'visit_before_case'
    """
    if on > as_of:
        return Wrong("on", because("visit_in_future"))
    if on < opened_on:
        return Wrong("on", because("visit_before_case", opened_on=opened_on))
    return None


def refuse_call_again(next_on: date | None, *, called_on: date) -> Wrong | None:
    """The next call lies within a month of this one.

    >>> refuse_call_again(date(2026, 6, 1), called_on=date(2026, 5, 1)) is None
    True
    >>> refuse_call_again(date(2026, 6, 2), called_on=date(2026, 5, 1)).because.params["latest_on"]
    '2026-06-01'
    """
    if next_on is None:
        return None
    if next_on < called_on:
        return Wrong("next_on", because("call_again_in_past"))
    latest_on = called_on + timedelta(days=CALL_AGAIN_DAYS)
    if next_on <= latest_on:
        return None
    return Wrong("next_on", because("call_again_too_far", latest_on=latest_on))


def refuse_word(promised_on: date | None, *, made_on: date) -> Wrong | None:
    """A promised day beyond three months is no promise; within them it is noted, even where it holds nothing.

    >>> refuse_word(date(2026, 8, 1), made_on=date(2026, 5, 2)).because.code
    'promise_is_deferral'
    """
    latest_on = made_on + timedelta(days=PROMISE_DAYS)
    if promised_on is None or promised_on <= latest_on:
        return None
    return Wrong("promised_on", because("promise_is_deferral", latest_on=latest_on))


def refuse_hold_days(from_on: date, to_on: date | None, *, as_of: date) -> Wrong | None:
    """A hold begins about now and ends, if its end is known, within a year.

    >>> refuse_hold_days(date(2026, 5, 1), date(2036, 5, 1), as_of=date(2026, 5, 1)).field
    'to_on'
    """
    earliest_on = as_of - timedelta(days=HOLD_BACK_DAYS)
    begins_by = as_of + timedelta(days=HOLD_AHEAD_DAYS)
    if from_on < earliest_on:
        return Wrong("from_on", because("hold_too_early", earliest_on=earliest_on))
    if from_on > begins_by:
        return Wrong("from_on", because("hold_begins_too_late", latest_on=begins_by))
    if to_on is None:
        return None
    if to_on < from_on:
        return Wrong("to_on", because("hold_ends_first"))
    latest_on = add_months(from_on, HOLD_MONTHS)
    return Wrong("to_on", because("hold_too_long", latest_on=latest_on)) if to_on > latest_on else None
