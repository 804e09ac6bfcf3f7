"""limitation: whose clocks run out, in a company where every account has a case and ten unpaid charges."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any, Final

from arrears.cases.queries.limitation import ClockFilter, clock_figures, clock_lines, find_running_out
from arrears.cases.services import watch_clocks
from billing.charges.services import seed_fee_items
from config.bench.figure import Figure, middle, timed
from config.bench.owner import Owner
from config.bench.town import PACKAGE, build
from tenancy.kernel import sql
from tenancy.kernel.scope import acting_for

NAME: Final = "limitation"
_AS_OF: Final = date(2026, 3, 1)
_FILLS: Final = {
    "charges": "charges_charge",
    "cases": "cases_case",
    "papers": "notices_notice",
    "deliveries": "notices_delivery",
}
_PAGE, _TIMES = 50, 3


def measure(units: int, owner: Owner) -> Figure:
    """The list, a page of it, the tile and the night; `seconds` is the list's."""
    town = build(units, owner)
    with acting_for(town.tenant_id):
        told = {"as_of": _AS_OF, "fee_item_id": seed_fee_items()["property"]}
    for rows, table in _FILLS.items():
        with acting_for(town.tenant_id):
            sql.run(PACKAGE, f"limitation_{rows}", told)
        owner.settle_down(table)
    with acting_for(town.tenant_id):
        times = [timed(partial(find_running_out, ClockFilter(), as_of=_AS_OF)) for _time in range(_TIMES)]
        found = times[-1][1]
        paging, _lines = timed(partial(clock_lines, found[:_PAGE], as_of=_AS_OF))
        tile, figures = timed(partial(clock_figures, as_of=_AS_OF))
    with acting_for(town.tenant_id):
        night, done = timed(partial(watch_clocks, as_of=_AS_OF))
    with acting_for(town.tenant_id):
        again, _done = timed(partial(watch_clocks, as_of=_AS_OF))
    more: dict[str, Any] = {
        "charges": units * 10,
        "accounts_found": {str(one.within): one.accounts for one in figures},
        "page_ms": round(paging * 1000, 1),
        "tile_seconds": round(tile, 3),
        "night_seconds": round(night, 3),
        "second_night_seconds": round(again, 3),
        "night": done.as_json(),
    }
    return Figure(NAME, units, middle([seconds for seconds, _found in times]), more)
