"""What restarted the three-year clock of charges, as far as no lower table tells it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from arrears.cases.models import ClockEvent
from arrears.cases.rules.limitation import Interruption, LimitationEvent


def clock_events(charge_ids: Collection[int]) -> dict[int, list[LimitationEvent]]:
    """Charge id -> its events; of one source the newest row counts."""
    newest: dict[tuple[int, str], LimitationEvent] = {}
    rows = ClockEvent.objects.filter(charge_id__in=list(charge_ids)).order_by("pk")
    for charge_id, kind, on, until, source in rows.values_list("charge_id", "kind", "on", "until", "source"):
        newest[charge_id, source] = LimitationEvent(Interruption(kind), on, until)
    found: dict[int, list[LimitationEvent]] = defaultdict(list)
    for (charge_id, _source), event in newest.items():
        found[charge_id].append(event)
    return found
