"""Settling a sale, ending a contract or a unit's tariff: on the screen and over the API."""

from __future__ import annotations

from datetime import timedelta

import pytest

from billing.charges.models import Contract, Subscription
from billing.charges.services import issue_ahead
from billing.payments.models import Transfer
from billing.payments.queries import credit_of
from reports.queries.funds import funds_report
from tenancy.kernel import clock
from tests.meters import run
from tests.services.test_transfers import ROOM, pay, sell
from values.period import add_months, month_start


@pytest.fixture
def sold(cast):
    """Twelve months were paid ahead; the room was sold on the first day of this month."""
    company, today = cast.jinxiu, clock.today()
    start = add_months(month_start(today), -2)
    with company.open("finance"):
        issue_ahead(account_id=company.accounts[ROOM].pk, months=12, on=start)
        pay(company, start + timedelta(4))
        for back in (2, 1, 0):
            month = add_months(month_start(today), -back)
            run(company, month.year, month.month)
        sell(company, on=month_start(today))
    return company


def page_of(company):
    return f"/units/{company.units[ROOM].pk}/transfer/"


def text(answer):
    return answer.content.decode()


def settle(client, company, **more):
    said = {"on": month_start(clock.today()).isoformat(), "registered_on": ""} | more
    return client.post(f"{page_of(company)}settle/", said)


def held(company):
    account = company.accounts[ROOM].pk
    with company.open("finance"):
        return credit_of([account])[account]


def test_the_units_page_leads_to_the_split_and_the_sheet(sold, log_in):
    client = log_in(sold, "cashier")
    assert page_of(sold) in text(client.get(f"/units/{sold.units[ROOM].pk}/"))
    shown = text(client.get(page_of(sold)))
    for said in ("张三", "赵六", "¥2,100.20", "¥210.02"):
        assert said in shown
    made = settle(client, sold)
    assert made.status_code == 302
    sheet = text(client.get(made.url))
    assert "TRANSFER-JX-" in sheet
    assert "¥2,100.20" in sheet
    assert client.get(f"{made.url}sheet.pdf")["Content-Type"] == "application/pdf"
    assert made.url in text(client.get(page_of(sold)))
    assert "TRANSFER-JX-" in text(client.get("/transfers/"))
    assert held(sold) == 210_020


def test_who_only_looks_does_not_settle(sold, log_in):
    collector = log_in(sold, "collector")
    assert collector.get(page_of(sold)).status_code == 200
    assert settle(collector, sold).status_code == 403


@pytest.mark.parametrize("bad", [{"on": ""}, {"on": "2001-01-01"}, {"registered_on": "9999-12-31"}])
def test_a_sheet_needs_its_day(sold, log_in, bad):
    assert settle(log_in(sold, "cashier"), sold, **bad).status_code in (404, 422)
    with sold.open("finance"):
        assert not Transfer.objects.exists()


def test_a_unit_that_was_not_sold_says_so(cast, log_in):
    client = log_in(cast.jinxiu, "cashier")
    answer = client.get(f"/units/{cast.jinxiu.units['3-1-1702'].pk}/transfer/?on=gestern")
    assert answer.status_code == 200
    assert "没有业主变更记录" in text(answer)


def test_the_api_says_and_does_the_same(sold, log_in):
    client = log_in(sold, "cashier")
    address = f"/api/v1/units/{sold.units[ROOM].pk}/transfers/"
    (split,) = client.get(address).json()
    assert (split["seller"], split["buyer"], split["becomes_credit"]) == ("张三", "赵六", "2100.20")
    assert {(line["seller"], line["buyer"]) for line in split["lines"]} == {("0.00", "210.02")}
    made = client.post(address, {"on": split["on"]}, content_type="application/json")
    assert made.status_code == 201
    sheet = made.json()
    assert (sheet["became_credit"], len(sheet["lines"])) == ("2100.20", 10)
    again = client.post(address, {"on": split["on"]}, content_type="application/json")
    assert (again.status_code, again.json()["code"]) == (409, "payments.transfer_there")
    assert client.get(f"/api/v1/transfers/{sheet['id']}/").json()["number"] == sheet["number"]
    assert client.get("/api/v1/transfers/").json()["results"][0]["id"] == sheet["id"]
    assert client.get(f"/api/v1/transfers/{sheet['id']}/pdf/")["Content-Type"] == "application/pdf"


def test_a_contracts_end_is_shown_asked_for_and_decided(sold, log_in):
    with sold.open("finance"):
        contract = Contract.objects.get().pk
    finance, last_on = log_in(sold, "finance"), clock.today().isoformat()
    assert f"/contracts/{contract}/end/" in text(finance.get(f"/contracts/{contract}/"))
    assert "¥" in text(finance.get(f"/contracts/{contract}/end/?last_on={last_on}"))
    assert finance.post(f"/contracts/{contract}/end/", {"last_on": last_on}).status_code == 422
    asked = finance.post(f"/contracts/{contract}/end/", {"last_on": last_on, "reason": "解聘"})
    assert asked.status_code == 302
    (request,) = log_in(sold, "branch_gm").get("/api/v1/approvals/").json()["results"]
    manager = log_in(sold, "branch_gm")
    shown = text(manager.get(f"/approvals/{request['approval']}/"))
    assert "解聘" in shown
    assert "服务截止日" in shown
    assert (
        manager.post(f"/approvals/{request['approval']}/", {"decision": "approve", "reason": ""}).status_code
        == 302
    )
    with sold.open("finance"):
        assert Contract.objects.get().held.upper == clock.today() + timedelta(1)
    assert held(sold) >= 9 * 21_002


def test_the_api_ends_a_contract_too(sold, log_in):
    with sold.open("finance"):
        contract = Contract.objects.get().pk
    client, last_on = log_in(sold, "finance"), clock.today().isoformat()
    shown = client.get(f"/api/v1/contracts/{contract}/end/?last_on={last_on}").json()
    assert (shown["contract"], shown["last_on"]) == (contract, last_on)
    body = {"last_on": last_on, "reason": "解聘"}
    asked = client.post(f"/api/v1/contracts/{contract}/end/", body, content_type="application/json")
    assert asked.status_code == 201
    assert asked.json()["approval"]


def test_a_units_tariff_ends_early_and_the_rest_is_credit(cast, log_in):
    company, today = cast.jinxiu, clock.today()
    bay, start = company.accounts["B1-001"].pk, month_start(today)
    with company.open("finance"):
        issue_ahead(account_id=bay, months=6, on=start)
        pay(company, today, account=bay)
        held_id = Subscription.objects.get(unit__code="B1-001").pk
    client, end_on = log_in(company, "finance"), add_months(start, 1).isoformat()
    refused = client.post(f"/subscriptions/{held_id}/end/", {"end_on": end_on})
    assert f"/subscriptions/{held_id}/end-early/?end_on={end_on}" in text(refused)
    assert end_on in text(client.get(f"/subscriptions/{held_id}/end-early/?end_on={end_on}"))
    assert client.post(f"/subscriptions/{held_id}/end-early/", {"end_on": "x"}).status_code == 422
    assert client.post(f"/subscriptions/{held_id}/end-early/", {"end_on": end_on}).status_code == 302
    with company.open("finance"):
        assert credit_of([bay])[bay] == 150_000
    again = client.post(
        f"/api/v1/subscriptions/{held_id}/end-early/",
        {"end_on": start.isoformat()},
        content_type="application/json",
    )
    assert again.json()[0]["becomes_credit"] == "300.00"


def test_the_daily_report_knows_what_was_set_free(sold, log_in):
    client = log_in(sold, "cashier")
    settle(client, sold)
    with sold.open("finance"):
        report = funds_report(sold.community.pk, clock.today())
    assert (report.beside.released, report.beside.released_fen) == (1, 210_020)
    assert report.figures.received_fen == 0
