"""The hold that keeps a rung from being taken."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from arrears.cases.queries.calling import active_holds
from arrears.cases.rules.holds import Hold, HoldKind, freezes


class Freeze(NamedTuple):
    """A hold that stands in the way. `until`: its last day; None while somebody has to end it."""

    kind: str
    until: date | None
    reason: str


def freeze_of(account_id: int, *, level: int, as_of: date) -> Freeze | None:
    """Why nothing of a rung goes out for an account on a day; None when it may."""
    for stored in active_holds(account_id, as_of=as_of):
        if stored.only_listed:
            continue
        if freezes(Hold(HoldKind(stored.kind), stored.to_on), level=level, spoken=False, as_of=as_of):
            return Freeze(stored.kind, stored.to_on, stored.reason)
    return None
