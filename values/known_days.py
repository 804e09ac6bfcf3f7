"""The days that a person may ask for: what lies outside is a slip of the finger."""

from __future__ import annotations

from datetime import date
from typing import Final

EARLIEST: Final = date(1990, 1, 1)
LATEST: Final = date(2100, 12, 31)


def is_known(day: date) -> bool:
    """Whether anything of ours can lie on this day.

    >>> is_known(date(2026, 2, 28)), is_known(date(9999, 12, 31)), is_known(date(1, 1, 1))
    (True, False, False)
    """
    return EARLIEST <= day <= LATEST
