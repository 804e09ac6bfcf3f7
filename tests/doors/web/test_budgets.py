"""Every page, staff and owner, screen and API: its budget of statements, and no more of them for more rows."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.test.utils import CaptureQueriesContext

from billing.charges.models import Subscription
from owners.models import Building, Unit
from tenancy.kernel import clock
from tenancy.kernel.permissions import Permission, Role
from tenancy.people.models import Membership
from tenancy.people.services import portal
from tests.cast import FROM, Cast, Company
from tests.crowd import crowd
from tests.house.doors import Door, doors
from tests.house.world import world
from tests.long_life import long_life

TODAY = date(2026, 3, 12)
FEW, MANY = 3, 30
ZHANG = "13800138000"
# What a page may read in all, log-in, navigation and frame included; the heavier ones say so here.
BUDGET = 25
BUDGETS = {
    # Disputes, quiet days, promises kept and the case's own policy, each read once.
    "cases:call": 53,
    "cases:case": 47,  # who is liable with the debtor besides
    "cases:case_facts": 35,  # which night is the next
    "cases:relax": 37,
    "cases:visit": 37,
    "cases:unit_timeline": 28,
    "cases_api:case": 36,
    "cases_api:case_facts": 32,
    "charges:run": 30,  # the city's rule, meters and pools besides, each once a block
    # Every gate looks at facts of its own, each read once.
    "legal:case_gates": 38,
    "legal:draft": 42,
    "legal:gates": 38,
    "legal_api:draft": 40,
    "legal:review": 48,
    "legal_api:gates": 36,
    "payments:preview": 26,  # what a court would grant, by the day's rules
    # One figure for each kind of work that the member does, each counted once.
    "reports:today": 34,
    "reports_api:today": 31,
    "reports:day": 28,
    "reports_api:day": 27,
}
MONTH = "?community={community_id}&month=2026-03&issued_on=2026-03-05"
ASKED = {
    "legal_api:fees": "?claim=18650.40",
    "payments:counter": "?unit={unit_id}",
    "payments:preview": "?account={account_id}",
    "reports:search": "?q=31602",
    "reports_api:search": "?q=31602",
    "charges:run": MONTH,
    "charges:run_changes": MONTH,
    "charges_api:run_preview": MONTH,
    "charges_api:run_month": MONTH,
    "charges:import_batch": "?weight=ERROR",
    "cases:board": "?community={community_id}",
    "cases_api:ladder_compare": "?before={ladder_id}&after={ladder_id}",
    "cases_api:board": "?community={community_id}",
    "legal:papers": "?filed=true",
    "legal_api:papers": "?filed=true",
    "notices:delivery_round": "?community={community_id}&building={wing_id}&kind=DEMAND&issued_on=2026-03-12",
    "notices_api:papers": "?community={community_id}&kind=DEMAND",
}
# A line that says how many more there are: one count, whatever their number.
COUNTS_THE_REST = {"notices:unit_notices"}


@pytest.fixture(autouse=True)
def _day(monkeypatch, settings, tmp_path) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    settings.MEDIA_ROOT = str(tmp_path)


def _open_doors() -> list[Door]:
    """Everything that is read with a GET and is no paper and no workbook."""
    return [
        door
        for door in doors()
        if "get" in door.methods
        and door.permission is not Permission.PUBLIC
        and not door.route.rstrip("/").endswith(("pdf", ".xlsx", "findings"))
        and door.name != "people:file"
    ]


def _key(company: Company) -> str:
    """An owner's key, as after his first log-in."""
    found = portal.Found(company.tenant.pk, company.parties["张三"].pk)
    asked = portal.ask_for_code(phone=ZHANG, address="127.0.0.1", at=clock.now())
    code = portal.make_code(request_id=asked, phone=ZHANG, found=[found])
    return portal.log_in(phone=ZHANG, code=code, at=clock.now()).text


def _subscribe(company: Company, wing: str) -> None:
    """Let the crowd of a wing pay from now on."""
    given = {
        "tariff": company.tariffs["property"],
        "fee_item": company.items["property"],
        "held": DateRange(FROM, None),
    }
    Subscription.objects.bulk_create(
        Subscription(unit=unit, **given) for unit in Unit.objects.filter(building__name=wing)
    )


def _statements(client: Client, door: Door, things: dict[str, Any], key: str) -> int | str:
    """How many statements a page needs once it is warm; its status when it does not open."""
    address = door.url(things) + ASKED.get(door.name, "").format(**things)
    owner = door.permission is Permission.OWNER
    headers = {"Authorization": f"Bearer {key}"} if owner else {}
    client = Client() if owner else client
    client.get(address, headers=headers)
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(address, headers=headers)
    return len(seen) if answer.status_code in {HTTPStatus.OK, HTTPStatus.FOUND} else f"{answer.status_code}"


def test_a_page_reads_as_much_for_thirty_rows_as_for_three(cast: Cast, log_in):
    company = cast.jinxiu
    things = world(company)
    Membership.objects.filter(user=company.people["company_admin"]).update(roles=sorted(Role))
    client, key = log_in(company, "company_admin"), _key(company)
    read: list[dict[str, int | str]] = []
    for wing, years in (("9", range(1991, 1991 + FEW)), ("8", range(1991 + FEW, 1991 + MANY))):
        with company.open("company_admin"):
            crowd(company, len(years), as_of=TODAY, wing=wing)
            _subscribe(company, wing)
            things["wing_id"] = Building.objects.get(name=wing).pk
        long_life(company, things, years)
        read.append({door.name: _statements(client, door, things, key) for door in _open_doors()})
    few, many = read
    grown = {name: (few[name], many[name]) for name in few if few[name] != many[name]}
    assert {name: counts for name, counts in grown.items() if name not in COUNTS_THE_REST} == {}
    assert {name: count for name, count in many.items() if isinstance(count, str)} == {}
    assert {name: count for name, count in many.items() if int(count) > BUDGETS.get(name, BUDGET)} == {}
    assert len(many) > 90
