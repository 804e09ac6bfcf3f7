"""Which days are worked: the State Council's published years, and plain weekends beyond them."""

from datetime import date
from typing import Final

import chinese_calendar
from chinese_calendar import constants

# The library raises beyond its last year; a nightly run must go on and an alert says so instead.
_PUBLISHED: Final[frozenset[int]] = frozenset(day.year for day in constants.holidays)


def published(year: int) -> bool:
    """Whether the year's holidays are known; where not, `is_workday` knows weekends only.

    >>> published(2026), published(2099)
    (True, False)
    """
    return year in _PUBLISHED


def last_published() -> int:
    """The last year whose holidays are known, for the alert."""
    return max(_PUBLISHED)


def is_workday(day: date) -> bool:
    """Whether the day is worked, moved working Saturdays included.

    >>> is_workday(date(2026, 5, 1)), is_workday(date(2026, 5, 9)), is_workday(date(2099, 1, 1))
    (False, True, True)
    """
    if not published(day.year):
        return day.weekday() < 5
    return bool(chinese_calendar.is_workday(day))
