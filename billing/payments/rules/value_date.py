"""How far back money may be dated: what is settled earlier bears less late fee, so it needs a reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

# Cash is in the till the day it comes; a transfer is seen with the bank's next statement, once a month.
_WINDOW_DAYS: Final[Mapping[str, int]] = MappingProxyType({"TRANSFER": 31})
_DEFAULT_DAYS: Final = 7


def earliest(method: str, *, posted_on: date) -> date:
    """The first value date that whoever takes the money may enter by himself.

    >>> earliest("CASH", posted_on=date(2026, 5, 31)), earliest("TRANSFER", posted_on=date(2026, 5, 31))
    (datetime.date(2026, 5, 24), datetime.date(2026, 4, 30))
    """
    return posted_on - timedelta(days=_WINDOW_DAYS.get(method, _DEFAULT_DAYS))
