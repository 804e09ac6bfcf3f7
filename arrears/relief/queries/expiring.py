"""Which of some charges expire soon: a dispute does not stop the three years (domain 2.5)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from arrears.cases.queries.expiring import clocks_of
from arrears.relief.rules.tickets import ALERT_DAYS


def last_days(account_ids: Collection[int], charge_ids: Collection[int], *, as_of: date) -> dict[int, date]:
    """Charge id -> its last day to sue, of those charges that expire within 90 days or have."""
    wanted = frozenset(charge_ids)
    return {
        one.charge_id: one.clock.last_on
        for one in clocks_of(account_ids, as_of=as_of)
        if one.charge_id in wanted
        and one.clock.last_on is not None
        and (one.clock.last_on - as_of).days <= ALERT_DAYS
    }
