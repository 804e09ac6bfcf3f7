"""The court over the API: what a paper leaves out, recording the court's answer, what a case has at court."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from arrears.legal.models import Filing, Result
from arrears.legal.services import mark_filed
from tenancy.kernel import clock
from tests import ladder
from tests.ladder import at, on
from tests.services.test_filing import climb_to_the_court, decide

API = "/api/v1"
COURT = "杭州市西湖区人民法院"
ANSWER = {
    "kind": "PAYMENT_ORDER",
    "court": COURT,
    "case_number": "（2026）浙0106民督1号",
    "served_on": "2026-05-24",
    "principal": "210.02",
    "late_fee": "6.80",
    "costs": "16.67",
}


@pytest.fixture
def approved(cast, monkeypatch):
    """D116: the payment order of 3-1-1602 waits to be filed; February is late as well."""
    with cast.jinxiu.open():
        ladder.bill(cast.jinxiu)
        climb_to_the_court(cast.jinxiu)
        decide(cast.jinxiu, "COURT", "branch_gm", 108)
        ladder.bill(cast.jinxiu, date(2026, 2, 1))
    monkeypatch.setattr(clock, "now", lambda: at(on(116)))
    monkeypatch.setattr(clock, "today", lambda: on(116))
    return cast.jinxiu


@pytest.fixture
def filed(approved):
    """The same, filed on D110."""
    with approved.open("legal"):
        pk = mark_filed(case_id=case_id(approved), court=COURT, filed_on=on(110), as_of=on(110))
    return approved, pk


def case_id(company):
    with company.open():
        return ladder.case(company).pk


def post(client, filing, **changed):
    return client.post(f"{API}/filings/{filing}/results/", ANSWER | changed, content_type="application/json")


def test_a_paper_says_what_it_leaves_out(approved, log_in):
    (paper,) = log_in(approved, "legal").get(f"{API}/court-papers/").json()["results"]
    assert (paper["court"], paper["days_over"], paper["costs"]) == (COURT, 0, "0.00")
    assert paper["coverage"]["covered"] == "210.02"
    (left,) = paper["coverage"]["left_out"]
    assert (left["principal"], left["because"], left["period"]) == (
        "210.02",
        "left_out_not_demanded",
        "2026年2月",
    )
    assert left["why"]


def test_an_answer_is_recorded_and_the_case_shows_the_instrument(filed, log_in):
    company, filing = filed
    made = post(log_in(company, "legal"), filing)
    assert made.status_code == 201
    with company.open():
        assert made.json() == {"result": Result.objects.get().pk}
    found = log_in(company, "branch_gm").get(f"{API}/cases/{case_id(company)}/court/").json()
    assert found["instrument"]["awarded"] == found["instrument"]["unpaid"] == "233.49"
    (course,) = found["courses"]
    assert [one["kind"] for one in course["results"]] == ["PAYMENT_ORDER"]
    assert [(one["code"], one["last_on"]) for one in course["deadlines"]] == [
        ("OBJECTION", "2026-06-08"),
    ]
    assert course["may_follow"] == ["PAYMENT_ORDER", "CONVERTED", "REJECTED", "WITHDRAWN"]


def test_the_paper_itself_comes_as_multipart(filed, log_in):
    company, filing = filed
    file = SimpleUploadedFile("支付令.pdf", b"%PDF-1.7\n%%EOF\n", "application/pdf")
    made = log_in(company, "legal").post(f"{API}/filings/{filing}/results/", ANSWER | {"file": file})
    assert made.status_code == 201
    with company.open():
        assert Result.objects.get().file.name == "支付令.pdf"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"kind": "JUDGMENT"}, "kind"),
        ({"kind": "VERDICT"}, "kind"),
        ({"served_on": "9999-01-01"}, "served_on"),
        ({"served_on": "2026-05-30"}, "served_on"),
        ({"case_number": ""}, "case_number"),
        ({"costs": "16.671"}, "costs"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_beside_its_field(filed, log_in, changed, field):
    company, filing = filed
    refused = post(log_in(company, "legal"), filing, **changed)
    assert refused.status_code == 422
    assert field in str(refused.json())
    with company.open():
        assert not Result.objects.exists()


def test_only_legal_records_and_the_other_company_finds_nothing(cast, filed, log_in):
    company, filing = filed
    assert post(log_in(company, "branch_gm"), filing).status_code == 403
    assert log_in(company, "collector").get(f"{API}/cases/{case_id(company)}/court/").status_code == 403
    stranger = log_in(cast.yunding, "legal")
    assert post(stranger, filing).status_code == 404
    assert stranger.get(f"{API}/cases/{case_id(company)}/court/").status_code == 404


def test_the_next_court_paper_is_the_enforcement_with_the_costs_awarded(filed, log_in):
    company, filing = filed
    post(log_in(company, "legal"), filing, served_on="2026-05-22")
    with company.open():
        ladder.walk(128)
    (paper,) = log_in(company, "legal").get(f"{API}/court-papers/").json()["results"]
    assert (paper["rung"], paper["claim"], paper["costs"], paper["fee"]) == (
        "ENFORCEMENT",
        "233.49",
        "16.67",
        "50.00",
    )
    with company.open():
        assert Filing.objects.count() == 1
