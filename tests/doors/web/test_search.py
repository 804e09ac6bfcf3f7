"""The search box of the top bar: rooms, owners, phones, and the numbers of bills, receipts and papers."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from arrears.cases.services import walk_ladder
from billing.charges.models import Bill
from billing.payments.models import Receipt
from owners.models import Building, Unit
from tenancy.kernel import clock
from tests import ladder
from tests.ladder import at, call, document, on, walk, walk_and_send
from tests.money import owe, pay


@pytest.fixture
def numbers(cast):
    """A bill, a receipt and a demand of 3-1-1602: bills of January, the demand of D16, a payment since."""
    company = cast.jinxiu
    with company.open():
        ladder.bill(company)
        walk_and_send(1)
        walk(2)
        call(company, at(on(2)))
        walk(16)
        demand = document(company, "DEMAND")
        pay(company, 1000, paid_on=on(17), posted_on=on(17), at=at(on(17)))
        bill = Bill.objects.get(account=company.accounts["3-1-1602"])
        receipt = Receipt.objects.get()
    return {"bill": bill, "receipt": receipt, "demand": demand}


@pytest.fixture
def desk(cast, log_in):
    client = log_in(cast.jinxiu, "cashier")
    client.cookies["django_language"] = "en"
    return client


def text(response):
    return response.content.decode()


@pytest.mark.parametrize(
    "typed", [str, str.lower, lambda number: f" {number} ", lambda n: n.replace("-0000", "-")]
)
def test_the_number_of_a_bill_opens_it(desk, numbers, typed):
    bill = numbers["bill"]
    assert desk.get("/search/", {"q": typed(bill.number)}).headers.get("Location") == f"/bills/{bill.pk}/"


def test_the_number_of_a_receipt_opens_its_payment(desk, numbers):
    receipt = numbers["receipt"]
    found = desk.get("/search/", {"q": receipt.number})
    assert found.headers.get("Location") == f"/payments/{receipt.payment_id}/"


def test_the_number_of_a_paper_shows_it_with_the_bills_it_is_about(desk, numbers):
    page = text(desk.get("/search/", {"q": numbers["demand"].number}))
    assert numbers["demand"].number in page
    assert numbers["bill"].number in page
    assert page.count('class="row-current"') == 1, "Enter opens the first"


@pytest.mark.parametrize("words", ["31602", "3-1-1602", "张三", "8000"])
def test_rooms_owners_and_phones_are_found_as_before(desk, cast, words):
    unit = cast.jinxiu.units["3-1-1602"].pk
    assert f'data-open href="/units/{unit}/"' in text(desk.get("/search/", {"q": words}))


def test_11702_shows_every_room_it_may_mean(desk, cast):
    company = cast.jinxiu
    with company.open():
        for building, entrance, room in (
            ("1", "", "1702"),
            ("11", "", "702"),
            ("1", "1", "702"),
            ("1", "2", "702"),
        ):
            house, _new = Building.objects.get_or_create(
                community=company.community, name=building, defaults={"sort_key": building}
            )
            code = "-".join(part for part in (building, entrance, room) if part)
            Unit.objects.create(
                community=company.community, building=house, entrance=entrance, room=room, code=code, sort_key=code,
                area_cm2=1_000_000,
            )  # fmt: skip
    page = text(desk.get("/search/", {"q": "11702"}))
    assert set(re.findall(r"data-open[^>]*>([^<]+)</a>", page)) == {"1-1702", "11-702", "1-1-702"}


def test_what_means_nothing_says_what_to_try(desk):
    assert "empty-note" in text(desk.get("/search/", {"q": "BILL-XX-2026-000001"}))
    assert desk.get("/search/").status_code == 200
    assert desk.get("/search/", {"q": "\x00"}).status_code == 200


def test_a_role_finds_only_what_it_may_see(cast, log_in, numbers):
    page = text(log_in(cast.jinxiu, "collector").get("/search/", {"q": numbers["demand"].number}))
    assert numbers["demand"].number in page
    assert log_in(cast.jinxiu, "patrol").get("/search/").status_code == 403


def test_the_other_company_finds_nothing(cast, log_in, numbers):
    stranger = log_in(cast.yunding, "cashier")
    for thing in numbers.values():
        page = text(stranger.get("/search/", {"q": thing.number}))
        assert "data-open href" not in page
        assert "张三" not in page


def test_the_list_of_bills_takes_the_same_words(desk, cast, numbers):
    bill = numbers["bill"]
    for words in (bill.number.lower(), numbers["demand"].number, "31602", "3-1-1602", "3栋1单元1602"):
        page = text(desk.get("/bills/", {"q": words}))
        assert re.findall(r'data-open href="/bills/(\d+)/"', page) == [str(bill.pk)], words
    nothing = text(desk.get("/bills/", {"q": numbers["receipt"].number}))
    assert f'href="/search/?q={numbers["receipt"].number}"' in nothing


def test_the_list_of_payments_takes_a_room_as_it_is_spoken(desk, numbers):
    assert numbers["receipt"].number in text(desk.get("/payments/", {"words": "31602"}))


def test_the_api_finds_the_same(cast, desk, numbers):
    answer = desk.get("/api/v1/search/", {"q": numbers["demand"].number}).json()
    assert [paper["number"] for paper in answer["papers"]] == [numbers["demand"].number]
    assert [bill["number"] for bill in answer["bills"]] == [numbers["bill"].number]
    assert desk.get("/api/v1/search/").status_code in (400, 422)


def test_whoever_pays_leaves_the_call_list_and_the_day_at_once(cast, log_in, desk):
    today = clock.today()
    company = cast.jinxiu
    with company.open():
        owe(company, 5000, today - timedelta(40))
        for day in (today - timedelta(39), today - timedelta(38), today):
            walk_ladder(as_of=day)
            ladder.send(day)
    collector = log_in(company, "collector")
    for path in ("/", "/calls/", "/cases/"):
        assert "3-1-1602" in text(collector.get(path)), path
    with company.open():
        pay(company, None, paid_on=today, posted_on=today, at=clock.now())
    for path in ("/", "/calls/", "/cases/"):
        assert "3-1-1602" not in text(collector.get(path)), path
