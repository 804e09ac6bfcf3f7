"""Screens of what is let off and of money that goes back: asked for at the unit, decided, seen everywhere."""

from __future__ import annotations

from datetime import timedelta

import pytest

from billing.charges.models import Waiver
from billing.payments.models import Payment, Refund
from tenancy.kernel import clock
from tenancy.people.models import Approval
from tests.money import owe, pay, still_open

ROOM = "3-1-1602"


def text(response):
    return response.content.decode()


@pytest.fixture
def debt(cast):
    """2,520.24, a hundred days late: 75.61 of late fee."""
    with cast.jinxiu.open():
        return owe(cast.jinxiu, 252024, clock.today() - timedelta(100))


@pytest.fixture
def credit(cast):
    today = clock.today()
    with cast.jinxiu.open("cashier"):
        return pay(cast.jinxiu, 10000, paid_on=today, posted_on=today, at=clock.now())


def ask_waiver(cast, client, debt, **given):
    account = cast.jinxiu.accounts[ROOM].pk
    asked = {"kind": "LATE_FEE", "charge": [debt.pk], "reason": "首次逾期"} | given
    return client.post(f"/accounts/{account}/waiver/", asked)


def decide(cast, log_in, role, decision="approve", reason="同意"):
    with cast.jinxiu.open():
        pk = Approval.objects.get(decision="PENDING").pk
    client = log_in(cast.jinxiu, role)
    page = text(client.get(f"/approvals/{pk}/"))
    answer = client.post(f"/approvals/{pk}/", {"decision": decision, "reason": reason})
    assert answer.status_code == 302, text(answer)
    return page


class TestWaiver:
    def test_from_the_unit_page_to_the_decision(self, cast, log_in, debt):
        desk = log_in(cast.jinxiu, "collector")
        account = cast.jinxiu.accounts[ROOM].pk
        statement = text(desk.get(f"/units/{cast.jinxiu.units[ROOM].pk}/statement/"))
        assert f"/accounts/{account}/waiver/" in statement
        assert "checked" in text(desk.get(f"/accounts/{account}/waiver/"))
        answer = ask_waiver(cast, desk, debt)
        assert answer.status_code == 302
        assert "待审批" in text(desk.get(answer.url))
        facts = decide(cast, log_in, "team_lead")
        for shown in ("首次逾期", "¥75.61", "违约金减免：客服领班"):
            assert shown in facts
        assert "已减免" in text(desk.get(answer.url))
        with cast.jinxiu.open():
            assert still_open(cast.jinxiu, clock.today()) == {debt.pk: (252024, 0)}
        assert "75.61" in text(desk.get("/waivers/"))
        assert "减免" in text(desk.get(f"/charges/{debt.pk}/why/"))

    def test_an_offer_stands_on_the_unit_page_until_its_day(self, cast, log_in, debt):
        friday = clock.today() + timedelta(3)
        ask_waiver(cast, log_in(cast.jinxiu, "collector"), debt, offered_until=friday.isoformat())
        decide(cast, log_in, "team_lead")
        page = text(log_in(cast.jinxiu, "cashier").get(f"/units/{cast.jinxiu.units[ROOM].pk}/statement/"))
        assert "免收违约金" in page

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ({"reason": ""}, "errors"),
            ({"charge": []}, "errors"),
            ({"charge": ["x"]}, "errors"),
            ({"amount": "-1"}, "errors"),
            ({"amount": "75.62"}, "减免金额不得超过欠款"),
            ({"amount": "1.234"}, "errors"),
            ({"offered_until": "2020-01-01"}, "限期最早为今日"),
            ({"kind": "PRINCIPAL", "offered_until": "2099-01-01"}, "只有违约金可以限期减免"),
            ({"kind": "GIFT"}, "errors"),
            ({"reason": "长" * 201}, "errors"),
        ],
    )
    def test_what_is_wrong_is_said_beside_it_and_nothing_is_lost(self, cast, log_in, debt, given, said):
        response = ask_waiver(
            cast, log_in(cast.jinxiu, "collector"), debt, **({"reason": "首次逾期"} | given)
        )
        assert response.status_code == 422
        assert said in text(response)
        with cast.jinxiu.open():
            assert not Waiver.objects.exists()

    def test_who_only_looks_does_not_ask(self, cast, log_in, debt):
        assert ask_waiver(cast, log_in(cast.jinxiu, "auditor"), debt).status_code == 403
        stranger = log_in(cast.yunding, "collector")
        assert ask_waiver(cast, stranger, debt).status_code == 404


class TestReversal:
    def test_a_cashier_asks_and_the_manager_takes_it_back(self, cast, log_in, credit):
        client = log_in(cast.jinxiu, "cashier")
        page = f"/payments/{credit.payment_id}/"
        assert "冲正这笔收款" in text(client.get(page))
        asked = client.post(f"{page}reversal/", {"reason": "收错房号"}, follow=True)
        assert "等待审批" in text(asked)
        decide(cast, log_in, "project_manager")
        shown = text(client.get(page))
        assert "收错房号" in shown
        assert "冲正这笔收款" not in shown
        with cast.jinxiu.open():
            entry = Payment.objects.get(kind="REVERSAL")
        assert "冲正" in text(client.get(f"/payments/{entry.pk}/"))
        rows = text(client.get("/payments/"))
        assert "-¥100.00" in rows or "−¥100.00" in rows or "¥-100.00" in rows

    def test_without_a_reason_nothing_is_asked(self, cast, log_in, credit):
        client = log_in(cast.jinxiu, "cashier")
        answer = client.post(f"/payments/{credit.payment_id}/reversal/", {"reason": " "}, follow=True)
        assert "请说明冲正原因" in text(answer)
        with cast.jinxiu.open():
            assert not Approval.objects.exists()


class TestRefund:
    def ask(self, cast, client, credit, **given):
        account = cast.jinxiu.accounts[ROOM].pk
        asked = {"payment": credit.payment_id, "amount": "60.00", "reason": "多缴"} | given
        return client.post(f"/accounts/{account}/refund/", asked)

    def test_asked_agreed_and_paid_by_three_people(self, cast, log_in, credit):
        cashier = log_in(cast.jinxiu, "cashier")
        account = cast.jinxiu.accounts[ROOM].pk
        assert "¥100.00" in text(cashier.get(f"/accounts/{account}/refund/"))
        answer = self.ask(cast, cashier, credit)
        assert answer.status_code == 302
        decide(cast, log_in, "project_manager")
        assert "确认退款入账" not in text(cashier.get(answer.url))
        finance = log_in(cast.jinxiu, "finance")
        assert "确认退款入账" in text(finance.get(answer.url))
        paid = finance.post(f"{answer.url}pay/", {"cash_point": cast.jinxiu.cash_point.pk})
        assert paid.status_code == 302
        assert "已退款" in text(finance.get(answer.url))
        with cast.jinxiu.open():
            assert Refund.objects.get().state == "PAID"

    @pytest.mark.parametrize(
        "given", [{"amount": "100.01"}, {"amount": "-5"}, {"amount": ""}, {"reason": ""}, {"payment": "x"}]
    )
    def test_what_is_wrong_is_said_beside_it(self, cast, log_in, credit, given):
        response = self.ask(cast, log_in(cast.jinxiu, "cashier"), credit, **given)
        assert response.status_code == 422
        assert 'class="errors' in text(response)
        with cast.jinxiu.open():
            assert not Refund.objects.exists()

    def test_no_desk_no_cash(self, cast, log_in, credit):
        answer = self.ask(cast, log_in(cast.jinxiu, "cashier"), credit)
        decide(cast, log_in, "project_manager")
        finance = log_in(cast.jinxiu, "finance")
        for body in ({}, {"cash_point": "999999"}, {"cash_point": "x"}):
            assert finance.post(f"{answer.url}pay/", body).status_code in (404, 422)


def test_the_books_add_up_on_their_page(cast, log_in, debt, credit):
    page = text(log_in(cast.jinxiu, "auditor").get("/books/"))
    assert "账目相符" in page
    assert log_in(cast.jinxiu, "cashier").get("/books/").status_code == 403
