"""The statement of an account on the screen, as a workbook and over the API; the certificate."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from python_calamine import CalamineWorkbook

from tenancy.kernel import clock
from tests.money import owe, pay

ROOM = "3-1-1602"


@pytest.fixture
def account(cast):
    today = clock.today()
    with cast.jinxiu.open("cashier"):
        owe(cast.jinxiu, 63006, today - timedelta(100))
        pay(cast.jinxiu, 20000, paid_on=today, posted_on=today, at=clock.now())
    return cast.jinxiu.accounts[ROOM].pk


def text(response):
    return response.content.decode()


def test_the_page_shows_every_line_and_leads_to_why(cast, log_in, account):
    client = log_in(cast.jinxiu, "collector")
    page = text(client.get(f"/accounts/{account}/ledger/"))
    for shown in ("¥630.06", "¥200.00", "/why/", "/payments/", "对账单"):
        assert shown in page
    assert f"/accounts/{account}/ledger/" in text(
        client.get(f"/units/{cast.jinxiu.units[ROOM].pk}/statement/")
    )
    before = (clock.today() - timedelta(1)).isoformat()
    assert "¥200.00" not in text(client.get(f"/accounts/{account}/ledger/?as_of={before}"))


@pytest.mark.parametrize("day", ["gestern", "0001-01-01", "9999-12-31", ""])
def test_a_day_that_is_none_is_today(cast, log_in, account, day):
    answer = log_in(cast.jinxiu, "collector").get(f"/accounts/{account}/ledger/?as_of={day}")
    assert answer.status_code == 200
    assert "¥200.00" in text(answer)


def test_the_workbook_says_the_same(cast, log_in, account):
    manager = log_in(cast.jinxiu, "project_manager")
    answer = manager.get(f"/accounts/{account}/ledger.xlsx")
    table = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert table[1][4] == 630.06
    assert table[-1][5] == 200
    assert log_in(cast.jinxiu, "collector").get(f"/accounts/{account}/ledger.xlsx").status_code == 403


def test_the_api_says_the_same(cast, log_in, account):
    body = log_in(cast.jinxiu, "collector").get(f"/api/v1/accounts/{account}/ledger/").json()
    assert (body["owed"], body["received"]) == ("648.96", "200.00")
    assert body["lines"][-1]["balance"] == body["balance"] == "448.96"


def test_a_certificate_is_refused_with_the_sum_and_issued_when_paid(cast, log_in, account):
    client = log_in(cast.jinxiu, "collector")
    today = clock.today().isoformat()
    refused = client.post(f"/accounts/{account}/clearance/", {"as_of": today})
    assert refused.status_code == 422
    assert "448.96" in text(refused)
    with cast.jinxiu.open("cashier"):
        pay(cast.jinxiu, None, key="k2", paid_on=clock.today(), posted_on=clock.today(), at=clock.now())
    issued = client.post(f"/accounts/{account}/clearance/", {"as_of": today})
    assert issued.status_code == 302
    assert client.get(issued.url)["Content-Type"] == "application/pdf"
    assert "CLEARANCE-JX" in text(client.get(f"/accounts/{account}/ledger/"))
    for bad in ("", "x", "2999-01-01"):
        assert client.post(f"/accounts/{account}/clearance/", {"as_of": bad}).status_code == 422
