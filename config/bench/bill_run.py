"""bill_run: a month's bills of a whole company, against copying the rows and against a row at a time."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any, Final

from django.apps import apps
from django.db.backends.postgresql.psycopg_any import DateRange

from billing.charges.services import Issued, issue_bills
from config.bench.figure import Figure, Measured, middle, timed
from config.bench.limit import Limit
from config.bench.owner import Owner
from config.bench.town import Town, build
from owners.services import take_numbers
from tenancy.kernel.scope import acting_for
from values.period import Period

NAME: Final = "bill_run"
RUNS: Final = 3
_NAIVE_UNITS: Final = 2000


def measure(units: int, owner: Owner) -> Figure:
    """Issue three months one after the other; each run's limit is measured right behind it."""
    town = build(units, owner)
    runs = [_run(town, month, owner) for month in range(1, RUNS + 1)]
    seconds = middle([run.seconds for run in runs])
    naive = _naive_seconds_per_bill(town)
    more = {
        "bills_per_s": round(units / seconds),
        "limit_seconds": round(middle([run.limit.seconds for run in runs]), 3),
        "ratio_to_limit": round(middle([run.ratio or 0 for run in runs]), 2),
        "rows": runs[-1].limit.rows,
        "naive_speedup": round(naive * units / seconds, 1),
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


class _Undo(Exception):
    """Leaves a transaction without a trace."""


def _naive_seconds_per_bill(town: Town) -> float:
    """The finished rows of a few bills once more by Model.objects.create, a row at a time, and rolled back.

    Nothing is read or priced here, so the true cost of a naive run is higher.
    """
    try:
        with acting_for(town.tenant_id):
            rows = _finished_rows(town)
            seconds, _done = timed(partial(_create_each, rows))
            raise _Undo
    except _Undo:
        return seconds / len(rows)


def _finished_rows(town: Town) -> list[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]]:
    """A bill, its charge and its notice, with a period, number and key that nothing else has."""
    bill, charge, notice = (_model("Bill"), _model("Charge"), apps.get_model("notices", "Notice").objects)
    last = date(2026, RUNS, 5)
    bills = list(bill.filter(community_id=town.community_id, issued_on=last).values()[:_NAIVE_UNITS])
    charges = {
        row["bill_id"]: row for row in charge.filter(bill_id__in=[row["id"] for row in bills]).values()
    }
    notices = {
        row["number"]: row for row in notice.filter(number__in=[row["number"] for row in bills]).values()
    }
    later = DateRange(date(2099, 1, 1), date(2099, 2, 1))
    rows = []
    for row in bills:
        of_bill, number = charges[row["id"]], f"NAIVE-{row['number']}"
        paper = notices[row["number"]] | {"number": number, "unique_key": number}
        for made in (row, of_bill, paper):
            del made["id"]
        del of_bill["bill_id"], of_bill["ends_on"]
        rows.append((row | {"number": number, "period": later}, of_bill | {"period": later}, paper))
    return rows


def _create_each(rows: list[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]]) -> None:
    bills, charges, notices = _model("Bill"), _model("Charge"), apps.get_model("notices", "Notice").objects
    for bill, charge, notice in rows:
        take_numbers(community_id=bill["community_id"], series="NAIVE", year=2099, count=1)
        made = bills.create(**bill)
        charges.create(bill_id=made.pk, **charge)
        notices.create(**notice)


def _model(name: str) -> Any:
    # By name: the tables of another app are its own, and only a measurement may write past its services.
    return apps.get_model("charges", name).objects
