"""The limitation clocks of what is claimed in a case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from arrears.cases.queries import expiring
from arrears.cases.rules.limitation import Clock, clock
from billing.charges.queries import OpenCharge


def clocks_of(charges: Sequence[OpenCharge], *, as_of: date) -> dict[int, Clock]:
    """Charge id -> its clock as of a day; one read."""
    running = expiring.clocks_of({charge.account_id for charge in charges}, as_of=as_of)
    known = {one.charge_id: one.clock for one in running}
    # Of what is paid but for its late fee no clock is kept: it runs from its due day.
    return {
        charge.charge_id: known.get(charge.charge_id) or clock(charge.due_on, (), as_of=as_of)
        for charge in charges
    }
