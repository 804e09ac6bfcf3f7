"""Which of some charges expire soon: a dispute does not stop the three years (domain 2.5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from arrears.cases.queries.clock_events import clock_events
from arrears.cases.queries.evidence import demands_sent
from arrears.cases.rules.limitation import Interruption, LimitationEvent, clock
from arrears.relief.rules.tickets import ALERT_DAYS
from billing.charges.queries import open_charges
from billing.payments.queries import paid_on_charges


def last_days(account_ids: Collection[int], charge_ids: Collection[int], *, as_of: date) -> dict[int, date]:
    """Charge id -> its last day to sue, of those charges that expire within 90 days or have."""
    events = _events(account_ids, charge_ids)
    wanted = frozenset(charge_ids)
    found = {}
    for charge in open_charges(account_ids=sorted(account_ids), as_of=as_of):
        if charge.charge_id not in wanted or charge.unpaid_fen <= 0:
            continue
        stands = clock(charge.due_on, events[charge.charge_id], as_of=as_of)
        if stands.last_on is not None and (stands.last_on - as_of).days <= ALERT_DAYS:
            found[charge.charge_id] = stands.last_on
    return found


def _events(
    account_ids: Collection[int], charge_ids: Collection[int]
) -> defaultdict[int, list[LimitationEvent]]:
    found: defaultdict[int, list[LimitationEvent]] = defaultdict(list)
    for one in paid_on_charges(list(charge_ids)):
        found[one.charge_id].append(LimitationEvent(Interruption.PART_PAYMENT, one.paid_on))
    for facts in demands_sent(list(account_ids)).values():
        for fact in facts:
            if fact.interrupted_on is not None:
                for charge_id in fact.charge_ids:
                    found[charge_id].append(LimitationEvent(Interruption.DEMAND, fact.interrupted_on))
    for charge_id, known in clock_events(charge_ids).items():
        found[charge_id] += known
    return found
