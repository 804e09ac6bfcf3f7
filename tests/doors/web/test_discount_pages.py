"""Screens of paying ahead, of offers for a year, and of empty homes."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from billing.charges.models import Adjustment, Bill, DiscountOffer, Vacancy
from billing.charges.rules.local import LocalKind
from billing.charges.services import add_local_rule, issue_bills
from tenancy.kernel import clock
from tenancy.people.models import Approval
from values.period import Period, add_months, month_start

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


class TestOffers:
    def test_entered_by_finance_seen_by_all_and_stopped(self, cast, log_in):
        company = cast.jinxiu
        finance = log_in(company, "finance")
        asked = {
            "community": company.community.pk, "fee_item": company.items["property"].pk, "year": 2027,
            "share": "0.05", "first_on": "2027-01-01", "last_on": "2027-01-15", "needs_clear": "on",
            "basis": "2027年缴费通知",
        }  # fmt: skip
        assert finance.get("/offers/new/").status_code == 200
        assert finance.post("/offers/new/", asked | {"share": "1"}).status_code == 422
        assert finance.post("/offers/new/", asked).status_code == 302
        assert "2027年缴费通知" in text(log_in(company, "collector").get("/offers/"))
        with company.open():
            offer = DiscountOffer.objects.get()
        assert f"/offers/{offer.pk}/stop/" in text(finance.get(f"/offers/{offer.pk}/"))
        assert "/stop/" not in text(log_in(company, "collector").get(f"/offers/{offer.pk}/"))
        assert finance.post(f"/offers/{offer.pk}/stop/").status_code == 302
        with company.open():
            assert DiscountOffer.objects.get().stopped_on is not None
        assert "/stop/" not in text(finance.get(f"/offers/{offer.pk}/"))

    def test_what_it_asks_for_stands_in_the_list_and_on_its_page(self, cast, english):
        company = cast.jinxiu
        finance = english(company, "finance")
        asked = {
            "community": company.community.pk, "fee_item": company.items["property"].pk, "year": 2027,
            "share": "0.05", "first_on": "2027-01-01", "last_on": "2027-01-15",
            "needs_good_standing": "on", "basis": "2027年缴费通知",
        }  # fmt: skip
        condition = "Only for who is in good standing over the last 24 months"
        assert condition in text(finance.get("/offers/new/"))
        assert finance.post("/offers/new/", asked).status_code == 302
        with company.open():
            offer = DiscountOffer.objects.get()
            assert (offer.needs_clear, offer.needs_good_standing) == (False, True)
        for url in ("/offers/", f"/offers/{offer.pk}/"):
            page = text(finance.get(url))
            assert condition in page
            assert "earlier years" not in page


class TestVacancies:
    def test_from_the_unit_page_to_the_end(self, cast, log_in):
        company, today = cast.jinxiu, clock.today()
        with company.open():
            add_local_rule(kind=LocalKind.VACANCY_RATIO, value="0.7", from_on=today, basis="条例")
        desk, account = log_in(company, "collector"), company.accounts[ROOM].pk
        assert desk.get(f"/accounts/{account}/vacancy/").status_code == 200
        asked = {"accepted_on": today.isoformat(), "reason": "外地工作"}
        assert desk.post(f"/accounts/{account}/vacancy/", asked).status_code == 422
        proof = SimpleUploadedFile("水表.pdf", b"%PDF-1.7\n%%EOF\n")
        answer = desk.post(f"/accounts/{account}/vacancy/", asked | {"proof": proof})
        assert answer.status_code == 302
        assert "外地工作" in text(desk.get(answer.url))
        assert "外地工作" in text(desk.get("/vacancies/"))
        with company.open():
            approval = Approval.objects.get(decision="PENDING").pk
        manager = log_in(company, "project_manager")
        assert "/vacancies/" in text(manager.get(f"/approvals/{approval}/"))
        manager.post(f"/approvals/{approval}/", {"decision": "approve", "reason": ""})
        assert f"{answer.url}end/" in text(manager.get(answer.url))
        with company.open():
            month = Period.of_months(add_months(month_start(today), 1), 1)
            issue_bills(community_id=company.community.pk, period=month, issued_on=today)
            charge = Adjustment.objects.get(amount_fen=6_301).charge_id
        assert "按70%收费" in text(manager.get(f"/charges/{charge}/why/"))
        ended = manager.post(f"{answer.url}end/", {"moved_in_on": today.isoformat()})
        assert ended.status_code == 302
        with company.open():
            assert Vacancy.objects.get().state == "FAILED"
