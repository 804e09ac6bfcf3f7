"""bill_run: a month's bills of a whole company, against copying the rows and against a row at a time."""

from __future__ import annotations

from functools import partial
from typing import Final

from billing.charges.services import Issued, issue_bills
from config.bench import naive
from config.bench.figure import Figure, Measured, middle, timed
from config.bench.limit import Limit
from config.bench.owner import Owner
from config.bench.town import Town, build
from tenancy.kernel.scope import acting_for
from values.period import Period

NAME: Final = "bill_run"
RUNS: Final = 3


def measure(units: int, owner: Owner) -> Figure:
    """Issue three months one after the other; each run's limit is measured right behind it."""
    town = build(units, owner)
    runs = [_run(town, month, owner) for month in range(1, RUNS + 1)]
    seconds = middle([run.seconds for run in runs])
    by_row = naive.seconds_per_bill(town, Period.month(2026, RUNS))
    more = {
        "bills_per_s": round(units / seconds),
        "limit_seconds": round(middle([run.limit.seconds for run in runs]), 3),
        "ratio_to_limit": round(middle([run.ratio or 0 for run in runs]), 2),
        "rows": runs[-1].limit.rows,
        "naive_speedup": round(by_row * units / seconds, 1),
    }
    return Figure(NAME, units, seconds, more)


def issue(town: Town, month: Period) -> Issued:
    """A month's bills in a transaction of their own, issued as a community's timetable does."""
    with acting_for(town.tenant_id):
        return issue_bills(community_id=town.community_id, period=month, issued_on=month.start.replace(day=5))


def _run(town: Town, number: int, owner: Owner) -> Measured:
    limit = Limit(owner)
    seconds, issued = timed(partial(issue, town, Period.month(2026, number)))
    if issued.bills != town.units:
        raise RuntimeError(f"{issued.bills} bills for {town.units} units")
    return Measured(seconds, limit.copy())
