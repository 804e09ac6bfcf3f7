"""Who pays for a unit, on the screen and over the API."""

from __future__ import annotations

import pytest

from owners.models import Ownership
from tenancy.kernel import clock
from tests.meters import run

ROOM = "3-1-1602"


@pytest.fixture
def page(cast):
    return f"/units/{cast.jinxiu.units[ROOM].pk}/payer/"


def text(answer):
    return answer.content.decode()


def start(client, page, **more):
    said = {"name": "钱七", "phone": "", "from_on": clock.today().isoformat(), "basis": "租赁合同"} | more
    return client.post(f"{page}start/", said)


def test_an_occupant_pays_and_the_owner_is_named_as_liable(cast, log_in, page):
    company, today = cast.jinxiu, clock.today()
    manager = log_in(company, "project_manager")
    assert page in text(manager.get(f"/units/{company.units[ROOM].pk}/"))
    assert "由业主本人缴费" in text(manager.get(page))
    assert start(manager, page).status_code == 302
    assert "钱七" in text(manager.get(page))
    with company.open("finance"):
        run(company, today.year, today.month)
    shown = text(manager.get(f"/units/{company.units[ROOM].pk}/statement/"))
    assert "连带责任人" in shown
    with company.open("finance"):
        agreement = Ownership.objects.get(pays=True).pk
    assert manager.post(f"{page}{agreement}/stop/", {"end_on": "x"}).status_code == 422
    assert start(manager, page, basis="").status_code == 422


def test_who_may_not_edit_a_unit_only_looks(cast, log_in, page):
    collector = log_in(cast.jinxiu, "collector")
    assert collector.get(page).status_code == 200
    assert start(collector, page).status_code == 403


def test_the_api_does_the_same(cast, log_in):
    client, today = log_in(cast.jinxiu, "project_manager"), clock.today().isoformat()
    address = f"/api/v1/units/{cast.jinxiu.units[ROOM].pk}/payers/"
    body = {"name": "钱七", "from_on": "2026-01-01", "basis": "租赁合同"}
    (row,) = client.post(address, body, content_type="application/json").json()
    assert row["to_on"] is None
    ended = client.post(f"{address}{row['id']}/end/", {"end_on": today}, content_type="application/json")
    assert ended.json()[0]["to_on"] == today
    assert client.get(address).json()[0]["id"] == row["id"]
