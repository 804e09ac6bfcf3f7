"""The review sheet as an act: until when it is decided, and what it costs at worst."""

from datetime import date, timedelta
from typing import Final

from arrears.legal.rules.court import CourtFees
from values.holidays import is_workday

# The branch's general manager decides within ten working days (domain 6, S6).
DECIDE_WORKDAYS: Final = 10


def decide_by(asked_on: date) -> date:
    """The tenth working day after it was asked.

    >>> decide_by(date(2026, 4, 27))
    datetime.date(2026, 5, 13)
    """
    day, left = asked_on, DECIDE_WORKDAYS
    while left:
        day += timedelta(days=1)
        left -= is_workday(day)
    return day


def cost_at_worst(fees: CourtFees | None) -> int:
    """What a court costs if it comes to an ordinary suit: the fee of a payment order is counted towards it.

    >>> from arrears.legal.rules.court import court_fees
    >>> cost_at_worst(court_fees(1_865_040)), cost_at_worst(None)
    (26626, 0)
    """
    return 0 if fees is None else int(fees.acceptance_fen)
