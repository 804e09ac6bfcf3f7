"""Costs of collection and the court-safe late fee as JSON."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from billing.charges.models import Charge
from tenancy.kernel import clock
from tests.money import owe

BASE = "/api/v1"
ROOM = "3-1-1602"
TODAY = date(2026, 8, 19)


@pytest.fixture
def company(cast, monkeypatch):
    """2,520.24, two hundred days late."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    with cast.jinxiu.open():
        owe(cast.jinxiu, 252_024, TODAY - timedelta(200))
    return cast.jinxiu


def test_a_cost_is_booked_and_taken_back(company, log_in):
    client, account = log_in(company, "finance"), company.accounts[ROOM].pk
    said = {"kind": "NOTARY", "amount": "300.00", "reference": "公证2026-8", "incurred_on": "2026-04-10"}
    made = client.post(f"{BASE}/accounts/{account}/costs/", said, content_type="application/json")
    assert made.status_code == 201, made.content
    body = made.json()
    assert (body["kind"], body["amount"], body["court"]) == ("COST", "300.00", None)
    back = f"{BASE}/costs/{body['id']}/take-back/"
    gone = client.post(back, {"reason": "记错户"}, content_type="application/json")
    assert gone.json()["reversed_on"] == "2026-08-19"
    assert client.post(back, {"reason": "again"}, content_type="application/json").status_code == 404


@pytest.mark.parametrize("amount", ["-1.00", "0.00", "1.234", 22, "22 USD"])
def test_a_sum_that_is_none_is_refused_and_nothing_is_kept(company, log_in, amount):
    client, account = log_in(company, "finance"), company.accounts[ROOM].pk
    said = {"kind": "EMS", "amount": amount, "reference": "EMS 1", "incurred_on": "2026-04-10"}
    answer = client.post(f"{BASE}/accounts/{account}/costs/", said, content_type="application/json")
    assert answer.status_code == 422
    with company.open():
        assert Charge.objects.filter(kind="COST").count() == 0


def test_the_court_safe_figure_stands_beside_every_late_fee(company, log_in):
    client, account = log_in(company, "finance"), company.accounts[ROOM].pk
    unit = company.units[ROOM].pk
    assert client.get(f"{BASE}/accounts/{account}/").json()["court_safe_late_fee"] == "53.86"
    assert client.get(f"{BASE}/accounts/{account}/ledger/").json()["court_safe_late_fee"] == "53.86"
    found = client.get(f"{BASE}/units/{unit}/statement/").json()
    assert found["accounts"][0]["open"][0]["court_safe_late_fee"] == "53.86"
    charge = found["accounts"][0]["open"][0]["charge"]
    court = client.get(f"{BASE}/charges/{charge}/").json()["court"]
    assert (court["safe"], court["four_lpr"], court["quarter"]) == ("53.86", "165.71", "331.43")
    assert (court["lpr"], court["k"], court["flagged"]) == ("0.0300", "1.30", False)
