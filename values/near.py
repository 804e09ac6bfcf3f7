"""A day that lies so far from today that only a slip of the pen explains it: the year 0026, 9999."""

from datetime import date
from typing import Final

MOST_DAYS: Final = 3653  # ten years


def is_near(day: date, *, to: date) -> bool:
    """Whether one day lies within ten years of another.

    >>> is_near(date(2020, 1, 1), to=date(2026, 11, 22)), is_near(date(9999, 12, 31), to=date(2026, 11, 22))
    (True, False)
    """
    return abs((day - to).days) <= MOST_DAYS
