"""payments: taken by eight cashiers at once through the service, by raw SQL, and over the API under gunicorn.

The raw transaction writes the same rows with the same triggers and decides nothing: what is above it is ours.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from functools import partial
from http import HTTPStatus
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from django.db import connection

from billing.charges.queries import accounts
from billing.payments.services import open_cash_point, take_payment
from config.bench import bill_run
from config.bench.figure import Figure, timed
from config.bench.owner import Owner
from config.bench.town import PACKAGE, Town, build
from config.bench.web import Reader, served
from tenancy.kernel import clock, sql
from tenancy.kernel.permissions import Role
from tenancy.kernel.scope import acting_for
from tenancy.people.services import members, tokens
from values.period import Period

NAME: Final = "payments"
CASHIERS: Final = 8
_WARM: Final = 16
_MOST: Final = 6000  # three parts of it; more say nothing new
_JANUARY: Final = Period.month(2026, 1)
_ON: Final = date(2026, 1, 20)
_AT: Final = datetime(2026, 1, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
_TABLES: Final = (
    "payments_payment", "payments_allocation", "payments_receipt", "charges_movement", "people_auditentry",
)  # fmt: skip


class Counter(NamedTuple):
    """Where the cashiers stand."""

    town: Town
    desk_id: int
    user_id: int
    key: str


def measure(units: int, owner: Owner) -> Figure:
    """A third of the accounts pays through the service, a third by raw SQL, a third over HTTP."""
    town = build(min(units, _MOST), owner)
    bill_run.issue(town, _JANUARY)
    owner.settle_down("charges_bill", "charges_charge")
    counter = _open(town)
    with acting_for(town.tenant_id):
        ids = [row.account_id for row in accounts()]
    warm = min(_WARM, len(ids) // 4)
    _at_once(partial(_through_service, counter), ids[:warm])
    owner.settle_down(*_TABLES, "notices_notice")  # or every plan would be one for empty tables
    ids = ids[warm:]
    third = len(ids) // 3
    before = _count(owner)
    seconds, _done = timed(partial(_at_once, partial(_through_service, counter), ids[:third]))
    between = _count(owner)
    raw, _done = timed(partial(_at_once, partial(_through_sql, counter), ids[third : 2 * third]))
    after = _count(owner)
    if [b - a for a, b in zip(before, between, strict=True)] != [
        b - a for a, b in zip(between, after, strict=True)
    ]:
        raise RuntimeError(f"not the same rows: {before}, {between}, {after}")
    over_http = _over_http(counter, ids[2 * third :])
    more = {
        "cashiers": CASHIERS,
        "payments_per_s": round(third / seconds),
        "raw_per_s": round(third / raw),
        "api_per_s": round(over_http),
        "ratio_to_raw": round(seconds / raw, 2),
    }
    return Figure(NAME, third, seconds, more)


def _open(town: Town) -> Counter:
    username = f"cashier-{town.tenant_id}"
    user = members.create_user(username=username, name="收款员", password=username, check=False)
    members.join(tenant_id=town.tenant_id, user_id=user.pk, roles=(Role.CASHIER,))
    with acting_for(town.tenant_id, user_id=user.pk):
        desk_id = open_cash_point(community_id=town.community_id, code="01", name="前台")
        _token, key = tokens.issue_token(name="bench", user_id=user.pk)
    return Counter(town, desk_id, user.pk, key)


def _at_once(pay: Callable[[int], None], account_ids: Sequence[int]) -> None:
    """Eight threads, a connection each, one payment after the other."""

    def work(mine: Sequence[int]) -> None:
        try:
            for account_id in mine:
                pay(account_id)
        finally:
            connection.close()

    with ThreadPoolExecutor(CASHIERS) as pool:
        list(pool.map(work, [account_ids[n::CASHIERS] for n in range(CASHIERS)]))


def _through_service(counter: Counter, account_id: int) -> None:
    with acting_for(counter.town.tenant_id, user_id=counter.user_id):
        take_payment(
            account_id=account_id,
            amount_fen=None,
            method="CASH",
            paid_on=_ON,
            posted_on=_ON,
            at=_AT,
            cash_point_id=counter.desk_id,
            idempotency_key=f"service-{account_id}",
        )


def _through_sql(counter: Counter, account_id: int) -> None:
    asked = {
        "account_id": account_id,
        "desk_id": counter.desk_id,
        "on": _ON,
        "key": f"raw-{account_id}",
    }
    with acting_for(counter.town.tenant_id, user_id=counter.user_id):
        sql.run(PACKAGE, "raw_payment", asked)


def _over_http(counter: Counter, account_ids: Sequence[int]) -> float:
    """Payments a second over the API, taken by two gunicorn workers with four threads each."""
    with served() as port:

        def work(mine: Sequence[int]) -> None:
            reader = Reader(port)
            for account_id in mine:
                said = {
                    "account": account_id,
                    "method": "TRANSFER",
                    "paid_on": clock.today().isoformat(),
                    "reference": f"B{account_id}",
                    "idempotency_key": f"api-{account_id}",
                }
                status, text = reader.send("/api/v1/payments/", json.dumps(said), key=counter.key)
                if status != HTTPStatus.CREATED:
                    raise RuntimeError(f"{status}: {text[:300]}")

        def everybody() -> None:
            with ThreadPoolExecutor(CASHIERS) as pool:
                list(pool.map(work, [account_ids[n::CASHIERS] for n in range(CASHIERS)]))

        seconds, _done = timed(everybody)
    return len(account_ids) / seconds


def _count(owner: Owner) -> list[int]:
    return [int(owner.rows(f"SELECT count(*) FROM {table}")[0][0]) for table in _TABLES]  # noqa: S608
