"""A home was sold: the buyer's telephone shows his own money, and the seller's debts at no door at all."""

from __future__ import annotations

import pytest

from billing.charges.models import Account, Bill
from billing.payments.services import settle_transfer
from notices.models import Notice
from owners.services import NewHolder, hand_over
from tenancy.kernel import clock
from tests.meters import run
from values.period import add_months, month_start

ROOM, SELLER, BUYER = "3-1-1602", "13800138000", "13700137000"


@pytest.fixture
def sold(cast):
    """张三 owes three months; 赵六 came on the first day of this one, which he is billed for."""
    company, first = cast.jinxiu, month_start(clock.today())
    unit = company.units[ROOM].pk
    with company.open("finance"):
        for back in (3, 2, 1, 0):
            month = add_months(first, -back)
            run(company, month.year, month.month)
        hand_over(unit_id=unit, on=first, holders=[NewHolder(name="赵六", phone=BUYER)])
        settle_transfer(unit_id=unit, changed_on=first, on=clock.today(), at=clock.now())
    return company


def test_no_door_shows_the_buyer_what_the_seller_owes(sold, phone):
    home = sold.units[ROOM].pk
    with sold.open("finance"):
        theirs = Account.objects.get(unit_id=home, party__name="赵六")
        old_bills = list(Bill.objects.filter(account=sold.accounts[ROOM]).values_list("pk", flat=True))
        papers = Notice.objects.filter(account_id=sold.accounts[ROOM].pk).values_list("pk", flat=True)
        old_papers = list(papers)
    assert len(old_bills) == 4
    assert old_papers
    buyer = phone(BUYER).log_in()
    (bought,) = buyer.get("units/").json()
    assert (bought["code"], bought["role"], bought["billed_to"]) == (ROOM, "OWNER", "")
    assert bought["owed"]["principal"] == "210.02"
    (charge,) = buyer.get(f"units/{home}/").json()["charges"]
    assert charge["unpaid"] == "210.02"
    (bill,) = buyer.get(f"units/{home}/bills/").json()
    with sold.open("finance"):
        assert Bill.objects.get(pk=bill["id"]).account_id == theirs.pk
    assert buyer.get("payments/").json() == []
    assert {row["id"] for row in buyer.get("notices/").json()}.isdisjoint(old_papers)
    for place in [f"bills/{pk}/" for pk in old_bills] + [f"notices/{pk}/notice.pdf" for pk in old_papers]:
        assert buyer.get(place).status_code == 404
    places = ["me/", "units/", f"units/{home}/", f"units/{home}/bills/", f"units/{home}/ahead/", "credit/"]
    for place in [*places, "payments/", "notices/", f"bills/{bill['id']}/"]:
        said = buyer.get(place).content.decode()
        assert "张三" not in said
        assert "630.06" not in said


def test_the_seller_still_sees_and_owes_his_own(sold, phone):
    home = sold.units[ROOM].pk
    seller = phone(SELLER).log_in()
    shown = seller.get(f"units/{home}/").json()
    assert (shown["role"], shown["owed"]["principal"], shown["owed"]["months"]) == ("FORMER", "630.06", 3)
    assert len(shown["charges"]) == 3
