"""Money that is on its way: how long the ladder waits for it (6.1 PAYMENT_PENDING, G2)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from values.holidays import is_workday as known_workday

WAIT_WORKDAYS: Final = 3
TRANSFER: Final = "transfer_on_its_way"
DEBIT: Final = "debit_on_its_way"


def waits_until(as_of: date, *, workday: Callable[[date], bool] = known_workday) -> date:
    """The last day of waiting: three working days, the day itself among them.

    >>> waits_until(date(2026, 4, 30))
    datetime.date(2026, 5, 7)
    """
    day, worked = as_of, int(workday(as_of))
    while worked < WAIT_WORKDAYS:
        day += timedelta(days=1)
        worked += workday(day)
    return day
