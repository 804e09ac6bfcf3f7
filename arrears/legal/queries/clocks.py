"""The limitation clocks of a case's charges: demands, payments, agreements and proceedings, read together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from arrears.cases.queries.standing import noted_events
from arrears.cases.rules.limitation import Clock, Interruption, LimitationEvent, clock
from billing.charges.queries import OpenCharge
from billing.payments.queries.history import paid_on_charges
from notices.queries import DocumentFact


def clocks_of(
    charges: Sequence[OpenCharge], documents: Sequence[DocumentFact], *, as_of: date
) -> dict[int, Clock]:
    """Charge id -> its clock as of a day; two reads."""
    ids = [charge.charge_id for charge in charges]
    events = noted_events(ids)
    for one in paid_on_charges(ids):
        events[one.charge_id].append(LimitationEvent(Interruption.PART_PAYMENT, one.paid_on))
    for fact in documents:
        if fact.interrupted_on is not None:
            for charge_id in fact.charge_ids:
                events[charge_id].append(LimitationEvent(Interruption.DEMAND, fact.interrupted_on))
    return {
        charge.charge_id: clock(charge.due_on, events[charge.charge_id], as_of=as_of) for charge in charges
    }
