"""Paying ahead and offers on the phone: shown first, billed once, of the owner's own account only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from billing.charges import services as charging
from billing.charges.models import Bill, Waiver
from billing.charges.queries import early_birds, open_charges
from billing.charges.rules.local import LocalKind
from billing.charges.services.offers import NewOffer, add_offer
from billing.charges.services.waivers import Part, ask_waiver
from tenancy.kernel import clock
from tenancy.people.models import AuditEntry
from tests.bills_on_time import paid_on_time
from tests.cast import Cast, Company
from tests.doors.portal.test_money import BUYER, LI, ZHANG, _bill, _sell
from values.fen import parse_yuan
from values.period import add_months, month_start

HOME = "3-1-1602"


@pytest.fixture
def zhang(cast: Cast, phone: Callable[..., Any]) -> Any:
    return phone(ZHANG).log_in()


def _ahead(company: Company, code: str = HOME) -> str:
    return f"units/{company.units[code].pk}/ahead/"


def test_the_coming_months_are_shown_before_anything_is_billed(cast: Cast, zhang):
    seen = zhang.get(_ahead(cast.jinxiu)).json()
    assert (seen["months"], seen["most"], len(seen["lines"])) == (12, 12, 12)
    assert parse_yuan(seen["amount"]) == 12 * 21_002
    assert seen["lines"][0]["amount"] == "210.02"
    assert seen["waiting_bill_id"] is None
    with cast.jinxiu.open():
        assert not Bill.objects.exists()


def test_he_asks_for_three_months_and_finds_the_bill(cast: Cast, zhang):
    seen = zhang.get(f"{_ahead(cast.jinxiu)}?months=3").json()
    made = zhang.post(_ahead(cast.jinxiu), months=3, amount=seen["amount"])
    assert made.status_code == 201
    bill = zhang.get(f"bills/{made.json()['bill_id']}/").json()
    assert (bill["kind"], bill["amount"], bill["state"]) == ("PREPAYMENT", "630.06", "UNPAID")
    with cast.jinxiu.open():
        said = AuditEntry.objects.get(action="bill.asked_online")
        assert (said.user_id, said.object_id) == (None, made.json()["bill_id"])


def test_a_second_bill_waits_until_the_first_is_paid(cast: Cast, zhang):
    made = zhang.post(_ahead(cast.jinxiu), months=1, amount="210.02").json()["bill_id"]
    assert zhang.get(_ahead(cast.jinxiu)).json()["waiting_bill_id"] == made
    again = zhang.post(_ahead(cast.jinxiu), months=1, amount="210.02")
    assert (again.status_code, again.json()["code"]) == (409, "charges.ahead_waits")


def test_another_sum_than_was_shown_bills_nothing(cast: Cast, zhang):
    refused = zhang.post(_ahead(cast.jinxiu), months=3, amount="1.00")
    assert (refused.status_code, refused.json()["code"]) == (409, "charges.ahead_changed")
    with cast.jinxiu.open():
        assert not Bill.objects.exists()


def test_no_more_months_than_the_city_lets_him(cast: Cast, zhang):
    with cast.jinxiu.open():
        charging.add_local_rule(
            kind=LocalKind.PREPAY_MONTHS, value="6", from_on=date(2020, 1, 1), basis="条例"
        )
    assert zhang.get(_ahead(cast.jinxiu)).json()["months"] == 6
    refused = zhang.get(f"{_ahead(cast.jinxiu)}?months=7")
    assert (refused.status_code, refused.json()["code"]) == (422, "charges.too_far_ahead")
    assert zhang.post(_ahead(cast.jinxiu), months=0, amount="0.00").status_code in {400, 422}


def test_nobody_bills_a_strangers_months(cast: Cast, zhang, phone):
    li = phone(LI).log_in()
    assert li.get(_ahead(cast.jinxiu)).status_code == 404
    assert li.post(_ahead(cast.jinxiu), months=1, amount="210.02").status_code == 404


def test_who_sold_pays_nothing_ahead_and_the_buyer_pays_for_himself(cast: Cast, zhang, phone):
    _sell(cast.jinxiu, HOME, sold_on=clock.today())
    home = cast.jinxiu.units[HOME].pk
    assert zhang.get(_ahead(cast.jinxiu)).status_code == 404
    assert zhang.get(f"units/{home}/").json()["may_pay_ahead"] is False
    buyer = phone(BUYER).log_in()
    assert buyer.get(f"units/{home}/").json()["may_pay_ahead"] is True
    assert len(buyer.get(_ahead(cast.jinxiu)).json()["lines"]) == 12


def test_late_fee_that_may_be_let_off_is_told_with_its_last_day(cast: Cast, zhang):
    company, today = cast.jinxiu, clock.today()
    _bill(company)
    with company.open("collector"):
        owed = open_charges(account_ids=[company.accounts[HOME].pk], as_of=today)
        late = [charge for charge in owed if charge.late_fee_fen]
        waiver_id = ask_waiver(
            account_id=company.accounts[HOME].pk, kind="LATE_FEE",
            parts=[Part(charge.charge_id, "LATE_FEE") for charge in late], reason="首次逾期",
            offered_until=today + timedelta(5), by=company.staff("collector"), on=today, at=clock.now(),
        )  # fmt: skip
        Waiver.objects.filter(pk=waiver_id).update(state=Waiver.State.OFFERED)
    (offer,) = zhang.get(f"units/{company.units[HOME].pk}/").json()["offers"]
    assert (offer["kind"], offer["last_on"]) == ("LATE_FEE", (today + timedelta(5)).isoformat())
    assert parse_yuan(offer["off"]) == sum(charge.late_fee_fen for charge in late)
    assert parse_yuan(offer["pay"]) == sum(charge.unpaid_fen for charge in late)


def test_a_year_that_is_paid_early_is_told_before_and_after_it_is_billed(cast: Cast, zhang):
    company, today = cast.jinxiu, clock.today()
    year, last_on = today.year + 1, date(today.year, 12, 31)
    with company.open("finance"):
        rule = {"kind": LocalKind.PREPAY_MONTHS, "from_on": date(2020, 1, 1), "basis": "条例"}
        charging.add_local_rule(value="24", **rule)
        offer = NewOffer(
            company.items["property"].pk, year, Decimal("0.05"), add_months(month_start(today), -1), last_on, "公告"
        )  # fmt: skip
        add_offer(community_id=company.community.pk, offer=offer, on=today)
    home = company.units[HOME].pk
    months = (year - today.year) * 12 + 13 - today.month
    seen = zhang.get(f"{_ahead(company)}?months={months}").json()
    assert seen["offers"] == [
        {
            "fee_item": "物业费", "year": year, "share": "5%", "last_on": last_on.isoformat(),
            "needs_good_standing": False, "withheld": False,
        }
    ]  # fmt: skip
    assert zhang.get(f"units/{home}/").json()["offers"] == []
    assert zhang.post(_ahead(company), months=months, amount=seen["amount"]).status_code == 201
    (told,) = zhang.get(f"units/{home}/").json()["offers"]
    assert (told["kind"], told["year"], told["off"]) == ("YEAR", year, "126.01")
    this_year_fen = (13 - today.month) * 21_002  # what is due before the year must be paid too
    assert parse_yuan(told["pay"]) == 252_024 - 12_601 + this_year_fen


def test_an_offer_for_good_standing_is_told_to_whom_it_is_not_for_and_lets_nothing_off(cast: Cast, zhang):
    company, today = cast.jinxiu, clock.today()
    year = today.year + 1
    with company.open("finance"):
        rule = {"kind": LocalKind.PREPAY_MONTHS, "from_on": date(2020, 1, 1), "basis": "条例"}
        charging.add_local_rule(value="24", **rule)
        offer = NewOffer(
            company.items["property"].pk, year, Decimal("0.05"), month_start(today), date(today.year, 12, 31),
            "公告", needs_good_standing=True,
        )  # fmt: skip
        add_offer(community_id=company.community.pk, offer=offer, on=today)
    url = f"{_ahead(company)}?months={(year - today.year) * 12 + 13 - today.month}"
    seen = zhang.get(url).json()
    assert [(one["needs_good_standing"], one["withheld"]) for one in seen["offers"]] == [(True, True)]
    assert zhang.post(_ahead(company), months=seen["months"], amount=seen["amount"]).status_code == 201
    unit = f"units/{company.units[HOME].pk}/"
    assert [one["withheld"] for one in zhang.get(unit).json()["offers"]] == [True]
    (mine,) = [one for one in zhang.get("standing/").json() if one["company"] == company.tenant.name]
    assert (mine["points"], mine["lines"][1]["points"]) == (60, 0), "too few bills to say he pays on time"
    with company.open():
        assert early_birds([company.accounts[HOME].pk], day=today) == {}
        paid_on_time(company, HOME, today)
    assert [one["withheld"] for one in zhang.get(url).json()["offers"]] == [False]
    assert [one["withheld"] for one in zhang.get(unit).json()["offers"]] == [False]
