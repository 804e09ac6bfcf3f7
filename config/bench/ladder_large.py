"""ladder_1m, worklist_p95: the nights and the call list of a company ten times as large as the others.

One account in five is in arrears, spread over all its communities. The company stands in a copy of the
database; what a night reads is loaded in bulk, what it writes meets every index, constraint and trigger. Each
night runs in a process of its own, whose memory is counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from http import HTTPStatus
from typing import Any, Final, NamedTuple

from arrears.cases.services import ensure_ladder
from billing.charges.services import seed_fee_items
from config.bench.apart import apart, unchecked, unindexed
from config.bench.figure import Figure, middle, p95, timed
from config.bench.ladder import DEMAND_DAYS, DUE_ON, QUIET_DAYS, hire, people_do
from config.bench.limit import Limit
from config.bench.outside import alone
from config.bench.owner import Owner
from config.bench.town import FILLED, FROM_ON, PACKAGE, Town, build, build_more
from config.bench.web import Reader, reading
from tenancy.kernel import sql
from tenancy.kernel.scope import acting_for

NAME: Final = "ladder_1m"
WORKLIST: Final = "worklist_p95"
TIMES_LARGER: Final = 10
ONE_IN: Final = 5
_TENTH: Final = 10
_COMMUNITY: Final = 10_000
_COLLECTORS: Final = 100
_MONTHLY: Final = ("charges_bill", "charges_charge")
_MONTH: Final = {
    "from_on": date(2026, 1, 1),
    "to_on": date(2026, 2, 1),
    "issued_on": date(2026, 1, 5),
    "due_on": DUE_ON,
    "one_in": ONE_IN,
}
_WARM, _TIMES = 3, 30


class Night(NamedTuple):
    """A walk in a process of its own."""

    seconds: float
    memory_mb: int


class Nights(NamedTuple):
    """The nights of one company; `load_seconds` to build it, `limit_seconds` to copy its demands."""

    accounts: int
    load_seconds: float
    reminders: Night
    calls: Night
    quiet: Night
    demands: Night
    limit_seconds: float


def measure(total: int, owner: Owner, names: Sequence[str]) -> Iterator[Figure]:
    """A company of a tenth, then the large one, whose call list is read while every call is due."""
    small = _nights(total // _TENTH, owner) if NAME in names else None
    with _company(total, owner) as (town, load_seconds, there):
        nights, lists = _walk(town, total, load_seconds, there, WORKLIST in names)
    if small is not None:
        yield _figure(nights, small)
    if lists is not None:
        yield lists


def _nights(total: int, owner: Owner) -> Nights:
    with _company(total, owner) as (town, load_seconds, there):
        return _walk(town, total, load_seconds, there, False)[0]


@contextmanager
def _company(total: int, owner: Owner) -> Iterator[tuple[Town, float, Owner]]:
    """A company of `total` accounts in a copy of the database, billed for January; the seconds it took."""
    with apart(owner) as there:
        seconds, town = timed(partial(_load, total, there))
        yield town, seconds, there


def _load(total: int, owner: Owner) -> Town:
    unchecked(owner, [*FILLED, *_MONTHLY])
    communities = max(2, total // _COMMUNITY)
    town = last = build(total // communities, owner)
    for _community in range(1, communities):
        last = build_more(last)
    owner.settle_down(*FILLED)
    hire(town, _COLLECTORS)
    with acting_for(town.tenant_id):
        ensure_ladder(active_from=FROM_ON)
        month = {**_MONTH, "fee_item_id": seed_fee_items()["property"]}
    with unindexed(owner, _MONTHLY):
        for rows in ("bills", "charges"):
            with acting_for(town.tenant_id):
                sql.run(PACKAGE, f"large_{rows}", month)
    with acting_for(town.tenant_id):
        sql.run(PACKAGE, "large_notices")
    owner.settle_down(*_MONTHLY, "notices_notice")
    return town


def _walk(
    town: Town, total: int, load_seconds: float, owner: Owner, lists: bool
) -> tuple[Nights, Figure | None]:
    """Remind on D1, call on D2, wait some days, demand on D16: a fifth of the company each time."""
    late = total // ONE_IN
    reminders = _night(town, 1, {"REMINDER": late})
    people_do(town, 1, "ladder_reminders_sent")
    owner.settle_down("notices_notice", "cases_case", "cases_step")
    calls = _night(town, 2, {"CALL": late})
    owner.settle_down("cases_step", "cases_task")
    waiting = _worklist(town, total) if lists else None
    people_do(town, 2, "ladder_calls", "ladder_calls_taken", "ladder_calls_done")
    owner.settle_down("cases_case", "cases_step", "cases_task", "cases_call")
    days = range(DEMAND_DAYS - QUIET_DAYS, DEMAND_DAYS)
    quiet = [_night(town, day, {}) for day in days]
    slowest = Night(middle([night.seconds for night in quiet]), max(night.memory_mb for night in quiet))
    limit = Limit(owner)
    demands = _night(town, DEMAND_DAYS, {"DEMAND": late})
    nights = Nights(total, load_seconds, reminders, calls, slowest, demands, limit.copy().seconds)
    return nights, waiting


def _night(town: Town, days: int, expected: dict[str, int]) -> Night:
    day = DUE_ON + timedelta(days)
    found = alone("config.bench.walk_alone", str(town.tenant_id), day.isoformat())
    if found["walk"]["steps"] != expected:
        raise RuntimeError(f"D{days} was to bring {expected} and brought {found['walk']}")
    return Night(found["seconds"], found["memory_mb"])


def _figure(large: Nights, small: Nights) -> Figure:
    more: dict[str, Any] = {
        "in_arrears": large.accounts // ONE_IN,
        "load_seconds": round(large.load_seconds),
        "ratio_to_limit": round(large.demands.seconds / large.limit_seconds, 2),
        "ratio_to_limit_of_a_tenth": round(small.demands.seconds / small.limit_seconds, 2),
        "growth": {
            name: round(_each(large, name) / _each(small, name), 2)
            for name in ("reminders", "calls", "quiet", "demands")
        },
    }
    for name in ("reminders", "calls", "quiet", "demands"):
        night: Night = getattr(large, name)
        more[f"{name}_seconds"] = round(night.seconds, 1)
        more[f"{name}_memory_mb"] = night.memory_mb
    return Figure(NAME, large.accounts, large.demands.seconds, more)


def _each(nights: Nights, name: str) -> float:
    night: Night = getattr(nights, name)
    return night.seconds / nights.accounts


def _worklist(town: Town, total: int) -> Figure:
    """The lists people work from while every account in arrears waits for a call, over HTTP.

    The figure is a collector's own queue; beside it everybody's calls, and the cases, in one list.
    """
    with acting_for(town.tenant_id):
        [(collector, queue)] = sql.rows(PACKAGE, "large_busiest", {})
    paths = {"own_queue": f"/calls/?collector={collector}", "all_calls": "/calls/", "all_cases": "/cases/"}
    with reading(town.tenant_id) as reader:
        found = {name: _read(reader, path) for name, path in paths.items()}
    more: dict[str, Any] = {"open_cases": total // ONE_IN, "queue": queue}
    for name, times in found.items():
        more[name] = {"p50_ms": round(middle(times), 1), "p95_ms": round(p95(times), 1)}
    return Figure(WORKLIST, total, p95(found["own_queue"]) / 1000, more)


def _read(reader: Reader, path: str) -> list[float]:
    times = []
    for _time in range(_WARM + _TIMES):
        status, _text, milliseconds = reader.get(path)
        if status != HTTPStatus.OK:
            raise RuntimeError(f"{path} answered {status}")
        times.append(milliseconds)
    return times[_WARM:]
