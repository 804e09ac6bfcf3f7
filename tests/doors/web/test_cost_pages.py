"""Costs of collection on screen: booked from the unit, shown with their proof, taken back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from billing.charges.models import Charge
from tenancy.kernel import clock
from tests.money import owe

ROOM = "3-1-1602"
TODAY = date(2026, 8, 19)


def asked(**given):
    said = {"kind": "EMS", "amount": "22.00", "reference": "EMS 1033", "note": "催款函"}
    return said | {"incurred_on": "2026-04-10"} | given


def text(response):
    return response.content.decode()


@pytest.fixture
def company(cast, monkeypatch):
    """2,520.24, two hundred days late."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    with cast.jinxiu.open():
        owe(cast.jinxiu, 252_024, TODAY - timedelta(200))
    return cast.jinxiu


def account(company):
    return company.accounts[ROOM].pk


def costs(company):
    with company.open():
        return list(Charge.objects.filter(kind="COST").order_by("pk"))


def test_a_cost_is_booked_stands_on_the_statement_and_is_taken_back(company, log_in):
    client, url = log_in(company, "project_manager"), f"/accounts/{account(company)}/cost/"
    statement = f"/units/{company.units[ROOM].pk}/statement/"
    assert url in text(client.get(statement))
    assert "2,520.24" in text(client.get(url))
    assert client.post(url, asked()).status_code == 302
    (cost,) = costs(company)
    assert "催收费用" in text(client.get(statement))
    assert "EMS 1033" in text(client.get(f"/charges/{cost.pk}/why/"))
    assert "EMS 1033" in text(client.get(url))
    assert client.post(f"/costs/{cost.pk}/take-back/", {"reason": "记错户"}).status_code == 302
    assert costs(company)[0].reversed_on == TODAY


@pytest.mark.parametrize("amount", ["-22", "1.234", "abc", "0"])
def test_a_wrong_amount_stays_in_the_form_and_nothing_is_booked(company, log_in, amount):
    client = log_in(company, "project_manager")
    answer = client.post(f"/accounts/{account(company)}/cost/", asked(amount=amount))
    assert answer.status_code == 422
    assert costs(company) == []


def test_a_cost_without_a_reason_is_not_taken_back(company, log_in):
    client = log_in(company, "finance")
    client.post(f"/accounts/{account(company)}/cost/", asked())
    (cost,) = costs(company)
    client.post(f"/costs/{cost.pk}/take-back/", {"reason": " "})
    assert costs(company)[0].reversed_on is None


def test_beside_each_late_fee_stands_what_a_court_grants(company, log_in):
    client = log_in(company, "finance")
    with company.open():
        (charge,) = Charge.objects.all()
    why = text(client.get(f"/charges/{charge.pk}/why/"))
    assert "53.86" in why
    assert "165.71" in why
    assert "53.86" in text(client.get(f"/units/{company.units[ROOM].pk}/statement/"))
    assert "53.86" in text(client.get(f"/counter/?account={account(company)}"))
    assert "53.86" in text(client.get(f"/accounts/{account(company)}/ledger/"))


def test_a_collector_books_no_costs(company, log_in):
    assert log_in(company, "collector").get(f"/accounts/{account(company)}/cost/").status_code == 403
