"""pages, search: what a member of staff waits for, over HTTP under gunicorn, in a large company.

A page is also given as a ratio to an empty page of the same frame: log-in, company, navigation and template
are in both, so what is left is the page's own work.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from config.bench.figure import Figure, middle, p95
from config.bench.ladder import everybody_called
from config.bench.owner import Owner
from config.bench.town import PACKAGE, Town
from config.bench.web import Reader, reading
from reports.services import keep_figures
from tenancy.kernel import clock, sql
from tenancy.kernel.scope import acting_for

PAGES: Final = "pages"
SEARCH: Final = "search"
EMPTY: Final = "/search/"
LISTS: Final = (
    "/", "/units/", "/bills/", "/payments/", "/calls/", "/cases/", "/visits/", "/notices/", "/deliveries/",
    "/approvals/", "/court/", "/runs/", "/tariffs/", "/reports/ageing/", "/settings/audit/", "/jobs/",
    "/reports/dashboard/", "/board/", "/settings/", "/templates/", "/ladder/",
)  # fmt: skip
RECORDS: Final = (
    "/units/{unit}/", "/units/{unit}/statement/", "/units/{unit}/timeline/", "/units/{unit}/notices/",
    "/counter/?unit={unit}", "/bills/{bill}/", "/cases/{case}/", "/calls/{case}/",
)  # fmt: skip
_ANSWERS: Final = (HTTPStatus.OK, HTTPStatus.FOUND)  # a search for one record's number leads straight to it
_WARM, _TIMES = 3, 30


class Ids(NamedTuple):
    """Records from the middle of the company, and how people would look for them."""

    unit: int
    bill: int
    case: int
    room: str
    owner: str
    bill_number: str


def measure_pages(units: int, owner: Owner) -> Figure:
    """Every main page, warm; `seconds` is the slowest page's 95th percentile."""
    town = everybody_called(units, owner)
    with acting_for(town.tenant_id):
        keep_figures(as_of=clock.today(), at=clock.now())  # as every night does
    owner.settle_down()
    paths = [*LISTS, *(path.format(**_ids(town)._asdict()) for path in RECORDS)]
    found = _times(town, [EMPTY, *paths])
    empty = middle(found.pop(EMPTY))
    pages = {path: _page(times, empty) for path, times in found.items()}
    slowest = max(page["p95_ms"] for page in pages.values())
    return Figure(PAGES, units, slowest / 1000, {"empty_ms": round(empty, 1), "pages": pages})


def measure_search(units: int, owner: Owner) -> Figure:
    """The search of the top bar by room, owner, telephone and number of a bill."""
    town = everybody_called(units, owner)
    ids = _ids(town)
    words = [ids.room, ids.room.replace("-", ""), ids.owner, "0000", ids.bill_number]
    found = _times(town, [f"/search/?q={word}" for word in map(quote, words)])
    times = [one for several in found.values() for one in several]
    return Figure(SEARCH, units, p95(times) / 1000, {"p50_ms": round(middle(times), 1), **_each(found)})


def _times(town: Town, paths: list[str]) -> dict[str, list[float]]:
    with reading(town.tenant_id) as reader:
        return {path: _read(reader, path) for path in paths}


def _read(reader: Reader, path: str) -> list[float]:
    times = []
    for _time in range(_WARM + _TIMES):
        status, _text, milliseconds = reader.get(path)
        if status not in _ANSWERS:
            raise RuntimeError(f"{path} answered {status}")
        times.append(milliseconds)
    return times[_WARM:]


def _page(times: list[float], empty: float) -> dict[str, Any]:
    slow = p95(times)
    return {"p50_ms": round(middle(times), 1), "p95_ms": round(slow, 1), "ratio": round(slow / empty, 1)}


def _each(found: dict[str, list[float]]) -> dict[str, Any]:
    times = [one for several in found.values() for one in several]
    return {"p95_ms": round(p95(times), 1), "slowest_ms": round(max(map(middle, found.values())), 1)}


def _ids(town: Town) -> Ids:
    with acting_for(town.tenant_id):
        ((unit, bill, case, room, owner, number),) = sql.rows(PACKAGE, "pages_ids", {"half": town.units // 2})
    return Ids(unit, bill, case, room, owner, number)
