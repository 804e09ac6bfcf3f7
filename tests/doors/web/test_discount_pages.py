"""Screens of paying ahead, of offers for a year, and of empty homes."""

from __future__ import annotations

from billing.charges.models import Bill

ROOM = "3-1-1602"


def text(response):
    return response.content.decode()


class TestPayAhead:
    def test_from_the_counter_to_the_bill_and_back(self, cast, log_in):
        company = cast.jinxiu
        desk, account = log_in(company, "cashier"), company.accounts[ROOM].pk
        url = f"/accounts/{account}/ahead/"
        assert url in text(desk.get(f"/counter/?account={account}"))
        page = desk.get(f"{url}?months=3")
        assert "630.06" in text(page)
        stale = desk.post(url, {"months": 3, "seen": 1})
        assert stale.status_code == 422
        answer = desk.post(url, {"months": 3, "seen": 63_006})
        assert answer.status_code == 302
        assert "630.06" in text(desk.get(answer.url))
        with company.open():
            assert Bill.objects.get().kind == "PREPAYMENT"

    def test_too_many_months_are_refused_beside_the_field(self, cast, log_in):
        account = cast.jinxiu.accounts[ROOM].pk
        page = log_in(cast.jinxiu, "cashier").get(f"/accounts/{account}/ahead/?months=99")
        assert "has-errors" in text(page)
