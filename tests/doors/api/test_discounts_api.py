"""Paying ahead, offers for a year and empty homes as JSON."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from billing.charges.models import Bill
from billing.charges.rules.local import LocalKind
from billing.charges.services import add_local_rule
from tenancy.kernel import clock

BASE = "/api/v1"
ROOM = "3-1-1602"


def test_the_coming_months_are_shown_and_billed(cast, log_in):
    company = cast.jinxiu
    client, url = log_in(company, "cashier"), f"{BASE}/accounts/{company.accounts[ROOM].pk}/prepayment/"
    shown = client.get(url, {"months": 3}).json()
    assert (shown["amount"], shown["most"], len(shown["lines"])) == ("630.06", 12, 3)
    asked = {"months": 3, "expected": "630.06"}
    made = client.post(url, asked, content_type="application/json")
    assert made.status_code == 201, made.content
    with company.open():
        bill = Bill.objects.get(pk=made.json()["bill"])
        assert (bill.kind, bill.amount_fen) == ("PREPAYMENT", 63_006)
    again = client.post(url, asked, content_type="application/json")
    assert again.status_code == 201  # the three months after them
    assert client.post(url, {"months": 13}, content_type="application/json").status_code == 422


def test_an_offer_is_entered_and_stopped(cast, log_in):
    company = cast.jinxiu
    client = log_in(company, "finance")
    asked = {
        "community": company.community.pk, "fee_item": company.items["property"].pk, "year": 2027,
        "share": "0.05", "first_on": "2027-01-01", "last_on": "2027-01-15", "basis": "2027年缴费通知",
    }  # fmt: skip
    made = client.post(f"{BASE}/offers/", asked, content_type="application/json")
    assert made.status_code == 201, made.content
    assert (made.json()["share"], made.json()["last_on"]) == ("5%", "2027-01-15")
    assert made.json()["needs_good_standing"] is False
    assert client.post(f"{BASE}/offers/", asked, content_type="application/json").status_code == 409
    more = asked | {"year": 2028, "needs_good_standing": True}
    assert client.post(f"{BASE}/offers/", more, content_type="application/json").json()["needs_good_standing"]
    url = f"{BASE}/offers/{made.json()['id']}/stop/"
    assert client.post(url).json()["stopped_on"] is not None
    assert client.post(url).status_code == 409
    listed = client.get(f"{BASE}/offers/").json()["results"]
    assert [(one["year"], one["needs_good_standing"]) for one in listed] == [(2028, True), (2027, False)]


def test_an_empty_home_is_applied_for_with_a_proof(cast, log_in):
    company, today = cast.jinxiu, clock.today()
    client, account = log_in(company, "collector"), company.accounts[ROOM].pk
    url = f"{BASE}/accounts/{account}/vacancies/"

    def asked():
        proof = SimpleUploadedFile("水表.pdf", b"%PDF-1.7\n%%EOF\n")
        return {"accepted_on": today.isoformat(), "reason": "外地工作", "proof": proof}

    refused = client.post(url, asked())
    assert (refused.status_code, refused.json()["code"]) == (422, "charges.no_vacancy_rule")
    with company.open():
        add_local_rule(kind=LocalKind.VACANCY_RATIO, value="0.7", from_on=today, basis="条例")
    made = client.post(url, asked())
    assert made.status_code == 201, made.content
    assert (made.json()["state"], made.json()["share"], made.json()["min_months"]) == ("ASKED", "70%", 6)
    one = f"{BASE}/vacancies/{made.json()['id']}/"
    assert client.get(one).json() == made.json()
    assert len(client.get(f"{BASE}/vacancies/").json()["results"]) == 1
    end = client.post(f"{one}end/", {"moved_in_on": today.isoformat()}, content_type="application/json")
    assert (end.status_code, end.json()["code"]) == (409, "charges.vacancy_not_open")
