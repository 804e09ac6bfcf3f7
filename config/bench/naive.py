"""The bill run as it is written first: a unit at a time, each row by Model.objects.create."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any, Final, NamedTuple

from django.apps import apps
from django.db.backends.postgresql.psycopg_any import DateRange

from config.bench.figure import timed
from config.bench.town import Town
from owners.services import take_numbers
from tenancy.kernel.scope import acting_for
from values.period import Period

UNITS: Final = 2000
_LATER: Final = DateRange(date(2099, 1, 1), date(2099, 2, 1))


class Rows(NamedTuple):
    """What one unit gets in a run."""

    bill: dict[str, Any]
    charge: dict[str, Any]
    notice: dict[str, Any]


class _Undo(Exception):
    """Leaves a transaction without a trace."""


def seconds_per_bill(town: Town, month: Period) -> float:
    """The bills of a month once more for `UNITS` units, as if for a later month, and rolled back.

    For each unit the account with unit and owner and what it pays are read, and whether it is billed; a
    number is taken and three rows are made. What stands in them is taken from the finished run: pricing
    costs nothing here.
    """
    try:
        with acting_for(town.tenant_id):
            rows = _finished(town, month)
            seconds, _done = timed(partial(_issue_each, rows))
            raise _Undo
    except _Undo:
        return seconds / len(rows)


def _finished(town: Town, month: Period) -> list[Rows]:
    """Bills of the month with charge and notice, under a period, a number and a key that nothing else has."""
    found = _table("Bill").filter(community_id=town.community_id, period__contains=month.start)
    bills = list(found.values()[:UNITS])
    by_bill = {row["bill_id"]: row for row in _rows("Charge", bill_id__in=[bill["id"] for bill in bills])}
    by_number = {row["number"]: row for row in _rows("Notice", number__in=[bill["number"] for bill in bills])}
    return [_anew(Rows(bill, by_bill[bill["id"]], by_number[bill["number"]])) for bill in bills]


def _anew(rows: Rows) -> Rows:
    number = f"NAIVE-{rows.bill['number']}"
    for row in rows:
        del row["id"]
    del rows.charge["bill_id"], rows.charge["ends_on"]
    return Rows(
        rows.bill | {"number": number, "period": _LATER},
        rows.charge | {"period": _LATER},
        rows.notice | {"number": number, "unique_key": number},
    )


def _issue_each(rows: list[Rows]) -> None:
    bills, charges, notices = _table("Bill"), _table("Charge"), _table("Notice")
    accounts, subscriptions = _table("Account"), _table("Subscription")
    for bill, charge, notice in rows:
        account = accounts.select_related("unit", "party").get(pk=bill["account_id"])
        pays = subscriptions.select_related("tariff", "fee_item").get(unit_id=account.unit_id)
        if charges.filter(unit=account.unit, fee_item=pays.fee_item, period__overlap=_LATER).exists():
            continue
        take_numbers(community_id=account.community_id, series="NAIVE", year=2099, count=1)
        made = bills.create(**bill)
        charges.create(bill_id=made.pk, **charge)
        notices.create(**notice)


def _rows(name: str, **wanted: Any) -> list[dict[str, Any]]:
    return list(_table(name).filter(**wanted).values())


def _table(name: str) -> Any:
    # By name: an app's tables are its own, and only a measurement may write past its services.
    return apps.get_model("notices" if name == "Notice" else "charges", name).objects
