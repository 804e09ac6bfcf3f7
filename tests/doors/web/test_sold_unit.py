"""A unit was sold: the call list, the desk, the unit's page and the API say whose debt is whose."""

from __future__ import annotations

import re
from datetime import date

import pytest

from arrears.cases.models import Case
from billing.charges.models import Account
from billing.payments.services import settle_transfer
from owners.services import NewHolder, hand_over
from tests import ladder
from tests.ladder import at, on, walk

ROOM, SOLD = "3-1-1602", date(2026, 2, 2)
BUYERS = "137****7000"


@pytest.fixture
def sold(late, now):
    """张三 owes January; 赵六 came on D2 and was billed for his part of February."""
    unit = late.units[ROOM].pk
    with late.open("finance"):
        hand_over(unit_id=unit, on=SOLD, holders=[NewHolder(name="赵六", phone="13700137000")])
        settle_transfer(unit_id=unit, changed_on=SOLD, on=on(3), at=at(on(3)))
    with late.open():
        walk(3)
    now(3)
    return late


def text(answer):
    return answer.content.decode()


def test_the_seller_is_called_for_his_month_and_the_buyer_is_not(sold, english):
    client = english(sold, "collector")
    with sold.open():
        case = ladder.case(sold).pk
        buyer = Account.objects.get(unit=sold.units[ROOM], party__name="赵六").pk
        assert not Case.objects.filter(account_id=buyer).exists()
    page = text(client.get("/calls/"))
    assert f'data-open href="/calls/{case}/"' in page
    assert BUYERS not in page
    desk = text(client.get(f"/calls/{case}/"))
    for shown in ("张三", "¥210.02", "您好，请问是张三吗？"):
        assert shown in desk
    assert BUYERS not in desk
    rows = client.get("/api/v1/cases/").json()["results"]
    assert [row["party_name"] for row in rows if row["unit_code"] == ROOM] == ["张三"]


def test_the_units_statement_says_whose_debt_it_is(sold, english):
    client = english(sold, "cashier")
    shown = text(client.get(f"/units/{sold.units[ROOM].pk}/statement/"))
    heads = re.findall(r"<h2><span class=\"name\">(.+?)</span> · Owed .*?(¥[\d.,]+)", shown, re.DOTALL)
    assert dict(heads) == {"赵六": "¥202.52", "张三": "¥210.21"}
    assert "Liable with him" not in shown
