"""Meters, readings, shared costs and the taking back of a run as JSON."""

from __future__ import annotations

from datetime import date

import pytest

from billing.charges.models import MeterReading
from billing.charges.services import issue_bills
from tests.meters import pass_through_item, water_meter, water_tariff
from values.period import Period

BASE = "/api/v1"


@pytest.fixture
def metered(cast):
    company = cast.jinxiu
    with company.open():
        company.water = water_tariff(company)
        company.meter = water_meter(company, company.water, start=100, on=date(2026, 1, 1))
        company.lift = pass_through_item()
    return company


def test_readings_are_taken_one_by_one(metered, log_in):
    client = log_in(metered, "cashier")
    body = {"readings": [
        {"meter": metered.meter, "read_on": "2026-02-01", "value": "112.5"},
        {"meter": 999_999, "read_on": "2026-02-01", "value": "1"},
    ]}  # fmt: skip
    answer = client.post(f"{BASE}/readings/", body, content_type="application/json")
    assert answer.status_code == 200, answer.content
    assert answer.json()["taken"] == 1
    assert answer.json()["refused"][0]["code"] == "no_such_meter"
    card = client.get(f"{BASE}/meters/{metered.meter}/").json()
    assert card["meter"]["value"] == "112.5"
    assert [row["usage"] for row in card["readings"]] == ["12.5", ""]


def test_a_reading_is_corrected(metered, log_in):
    with metered.open():
        first = MeterReading.objects.get().pk
    url = f"{BASE}/readings/{first}/correct/"
    client = log_in(metered, "finance")
    assert (
        client.post(url, {"value": "99", "reason": "看错"}, content_type="application/json").status_code
        == 201
    )
    assert (
        client.post(url, {"value": "98", "reason": "又错"}, content_type="application/json").status_code
        == 409
    )


def test_a_meter_is_put_in_and_changed(metered, log_in):
    client = log_in(metered, "finance")
    body = {
        "unit": metered.units["3-1-1702"].pk, "fee_item": metered.water[0], "installed_on": "2026-01-01", "serial": "W-2",
    }  # fmt: skip
    made = client.post(f"{BASE}/meters/", body, content_type="application/json")
    assert made.status_code == 201, made.content
    meter = made.json()["meter"]["id"]
    change = {"on": "2026-01-16", "end": "9", "new": {"serial": "W-3", "start": "1"}}
    changed = client.post(f"{BASE}/meters/{meter}/change/", change, content_type="application/json")
    assert changed.json()["meter"]["serial"] == "W-3"
    listed = client.get(f"{BASE}/meters/", {"community": metered.community.pk}).json()
    assert {row["serial"] for row in listed["results"]} == {"W-3-1-1602", "W-3"}
    assert client.get(f"{BASE}/meters/", {"removed": "true"}).json()["results"][0]["serial"] == "W-2"
    out = client.post(
        f"{BASE}/meters/{changed.json()['meter']['id']}/change/",
        {"on": "2026-02-01", "end": "3"},
        content_type="application/json",
    )
    assert out.json()["meter"]["removed_on"] == "2026-02-01"


def test_a_shared_cost_is_entered_asked_about_and_taken_back(metered, log_in):
    client = log_in(metered, "finance")
    body = {
        "community": metered.community.pk, "fee_item": metered.lift, "name": "电梯用电", "from_on": "2026-01-01",
        "last_on": "2026-01-31", "usage": "1000", "price": "0.6", "measure": "kWh", "method": "AREA", "document": "电费单",
    }  # fmt: skip
    made = client.post(f"{BASE}/pools/", body, content_type="application/json")
    assert made.status_code == 201, made.content
    pool = made.json()
    assert (pool["amount"], pool["state"]) == ("600.00", "ENTERED")
    wrong = client.post(f"{BASE}/pools/", body | {"last_on": "2025-01-31"}, content_type="application/json")
    assert wrong.status_code == 422
    assert client.post(f"{BASE}/pools/{pool['id']}/ask/").status_code == 201
    assert client.post(f"{BASE}/pools/{pool['id']}/ask/").status_code == 409
    shares = client.get(f"{BASE}/pools/{pool['id']}/shares/").json()["results"]
    assert sum(float(share["amount"]) for share in shares) == 600
    assert set(shares[0]) == {"unit_code", "weight", "amount"}
    taken = client.post(
        f"{BASE}/pools/{pool['id']}/withdraw/", {"reason": "重复"}, content_type="application/json"
    )
    assert taken.json()["state"] == "WITHDRAWN"
    assert client.get(f"{BASE}/pools/").json()["count"] == 1


def test_a_run_is_taken_back_only_after_somebody_agreed(metered, log_in):
    with metered.open("finance"):
        run = issue_bills(
            community_id=metered.community.pk, period=Period.month(2026, 1), issued_on=date(2026, 1, 5)
        ).run_id
    client = log_in(metered, "finance")
    assert (
        client.post(
            f"{BASE}/runs/{run}/ask-cancel/", {"reason": "错"}, content_type="application/json"
        ).status_code
        == 201
    )
    assert client.post(f"{BASE}/runs/{run}/cancel/").json()["code"] == "charges.cancel_not_agreed"


def test_a_metered_tariff_carries_its_steps(metered, log_in):
    client = log_in(metered, "finance")
    found = client.get(f"{BASE}/tariffs/{metered.water[1]}/").json()
    assert found["versions"][0]["steps"]["tiers"][0] == {"up_to": "180.000", "rate": "3.20"}
    body = {
        "from_on": "2027-01-01", "rate": "3.5",
        "steps": {"tiers": [{"up_to": "200", "rate": "3.50"}, {"up_to": None, "rate": "5.00"}]},
    }  # fmt: skip
    new = client.post(f"{BASE}/tariffs/{metered.water[1]}/versions/", body, content_type="application/json")
    assert new.status_code == 201, new.content
    assert new.json()["versions"][0]["steps"]["tiers"][1] == {"up_to": None, "rate": "5.00"}
