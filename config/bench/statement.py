"""statement_1m: the statement of a unit and the search for one in a company ten times as large as the others.

Its year is billed by the month and nobody has paid: twelve charges with late fee for each unit. The company
stands in a copy of the database, loaded in bulk and thrown away; everything is read as the product reads it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from http import HTTPStatus
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from django.db import connection

from billing.charges.queries import statement
from billing.charges.services import seed_fee_items
from config.bench.apart import apart, unchecked, unindexed
from config.bench.figure import Figure, middle, p95, timed
from config.bench.owner import Owner
from config.bench.town import FILLED, PACKAGE, Town, build, build_more
from config.bench.web import Reader, reading
from owners.queries.search import find_units
from tenancy.kernel import sql
from tenancy.kernel.scope import acting_for

NAME: Final = "statement_1m"
TIMES_LARGER: Final = 10
_COMMUNITY: Final = 10_000  # units of one
_ASKED: Final = 100
_WARM: Final = 5
_YEAR: Final = {"from_on": date(2025, 1, 1), "to_on": date(2026, 1, 1)}
_AS_OF: Final = date(2026, 2, 10)
_LIMIT: Final = 20
_MONTHLY: Final = ("charges_bill", "charges_charge")


class Unit(NamedTuple):
    """One that is asked for."""

    unit_id: int
    code: str
    owner: str

    def words(self, turn: int) -> str:
        """How it is looked for: by room, by its digits alone, by its owner, by a telephone."""
        return (self.code, self.code.replace("-", ""), self.owner, f"{self.unit_id % 10_000:04}")[turn % 4]


def measure(total: int, owner: Owner) -> Figure:
    """Load the company, then ask for units from everywhere in it, each once."""
    with apart(owner) as there:
        loading, town = timed(partial(_load, total, there))
        ((gigabytes,),) = there.rows("SELECT round(pg_database_size(current_database()) / 1e9, 1)")
        ((charges,),) = there.rows("SELECT count(*) FROM charges_charge")
        asked = _asked(town, total)
        pages = {"statement": [f"/units/{unit.unit_id}/statement/" for unit in asked]}
        pages["search"] = [f"/search/?q={quote(unit.words(n))}" for n, unit in enumerate(asked)]
        in_database = {
            "statement": _in_database(town, [partial(statement, unit.unit_id, _AS_OF) for unit in asked]),
            "search": _in_database(
                town, [partial(find_units, unit.words(n), limit=_LIMIT) for n, unit in enumerate(asked)]
            ),
        }
        with reading(town.tenant_id) as reader:
            over_http = {name: _times(reader, paths) for name, paths in pages.items()}
    more: dict[str, Any] = {
        "charges": charges,
        "load_seconds": round(loading),
        "gigabytes": round(float(gigabytes), 1),
    }
    for name, times in over_http.items():
        more[name] = {"database": _figures(in_database[name]), "http": _figures(times)}
    return Figure(NAME, total, max(map(p95, over_http.values())) / 1000, more)


def _load(total: int, owner: Owner) -> Town:
    """Communities one after the other, then their year in two statements."""
    unchecked(owner, [*FILLED, *_MONTHLY])
    communities = max(2, total // _COMMUNITY)
    town = last = build(total // communities, owner)
    for _community in range(1, communities):
        last = build_more(last)
    owner.settle_down(*FILLED)
    with acting_for(town.tenant_id):
        year = {**_YEAR, "fee_item_id": seed_fee_items()["property"]}
    with unindexed(owner, _MONTHLY):
        for rows in _MONTHLY:
            with acting_for(town.tenant_id):
                sql.run(PACKAGE, rows.replace("charges_", "statement_") + "s", year)
    owner.settle_down(*_MONTHLY)
    return town


def _asked(town: Town, total: int) -> list[Unit]:
    with acting_for(town.tenant_id):
        return [Unit(*row) for row in sql.rows(PACKAGE, "statement_ids", {"step": max(total // _ASKED, 1)})]


def _in_database(town: Town, reads: Iterable[Callable[[], Any]]) -> list[float]:
    """Milliseconds that each read waited for its statements."""
    return [_waited(town, read) for read in reads]


def _waited(town: Town, read: Callable[[], Any]) -> float:
    waited = 0.0

    def watch(execute: Callable[..., Any], *args: Any) -> Any:
        nonlocal waited
        started = time.perf_counter()
        try:
            return execute(*args)
        finally:
            waited += time.perf_counter() - started

    with acting_for(town.tenant_id), connection.execute_wrapper(watch):
        read()
    return waited * 1000


def _times(reader: Reader, paths: list[str]) -> list[float]:
    """Milliseconds of each page, once a few others have warmed the workers up."""
    times = []
    for path in [*paths[:_WARM], *paths]:
        status, _text, milliseconds = reader.get(path)
        if status not in (HTTPStatus.OK, HTTPStatus.FOUND):
            raise RuntimeError(f"{path} answered {status}")
        times.append(milliseconds)
    return times[_WARM:]


def _figures(times: list[float]) -> dict[str, float]:
    return {"p50_ms": round(middle(times), 1), "p95_ms": round(p95(times), 1)}
