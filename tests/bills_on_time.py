"""For tests of standing: an owner of whom 24 months know only good."""

from __future__ import annotations

from datetime import date

from tests.cast import Company
from tests.money import owe, paid_but
from values.period import add_months


def paid_on_time(company: Company, unit: str, day: date, *, bills: int = 3) -> None:
    """So many bills that fell due before the day, each paid on the day it was due."""
    for n in range(1, bills + 1):
        due_on = add_months(day, -n)
        paid_but(owe(company, 5_000, due_on, unit=unit, rate="0"), 0, paid_on=due_on)
