"""The legal stage over the API: the same services, the same refusals."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tenancy.kernel import clock
from tests import ladder
from tests.court import file_order, home_of_the_debtor, to_the_court
from tests.ladder import at, on

API = "/api/v1"


@pytest.fixture
def filed(cast, monkeypatch):
    """D112: the payment order of 3-1-1602 lies with the court."""
    with cast.jinxiu.open():
        ladder.bill(cast.jinxiu)
        home_of_the_debtor()
        to_the_court(cast.jinxiu)
        filing = file_order(cast.jinxiu)
        pk = ladder.case(cast.jinxiu).pk
    monkeypatch.setattr(clock, "now", lambda: at(on(112)))
    monkeypatch.setattr(clock, "today", lambda: on(112))
    return cast.jinxiu, pk, filing


def post(client, path, **said):
    return client.post(f"{API}/{path}", said, content_type="application/json")


def test_gates_say_what_is_open_what_is_shut_and_by_what(filed, log_in):
    company, pk, _filing = filed
    client = log_in(company, "legal")
    told = client.get(f"{API}/cases/{pk}/gates/").json()
    assert {"PAYMENT_ORDER", "COMPLAINT"}.isdisjoint(told["open_acts"]), "it is filed already"
    assert told["barred"] == [
        {"act": "PAYMENT_ORDER", "gate": "G7", "check": "not_filed"},
        {"act": "COMPLAINT", "gate": "G7", "check": "not_filed"},
    ]
    demand = next(row for row in told["findings"] if row["check"] == "demand_delivered")
    assert (demand["state"], demand["evidence_kind"]) == ("PASSED", "notice")
    noted = post(
        client, f"cases/{pk}/gates/notes/", check="no_preservation", holds=False, reason="已申请保全"
    )
    assert noted.status_code == 201
    assert "PAYMENT_ORDER" not in client.get(f"{API}/cases/{pk}/gates/").json()["open_acts"]
    assert (
        post(client, f"cases/{pk}/gates/notes/", check="visited", holds=True, reason="x").status_code == 422
    )


def test_the_docket_over_the_api_and_the_days_that_follow(filed, log_in):
    company, _pk, filing = filed
    client = log_in(company, "legal")
    entered = post(client, f"filings/{filing}/docket/", kind="ACCEPTED", on=str(on(111)))
    assert entered.status_code == 201
    told = client.get(f"{API}/filings/{filing}/docket/").json()
    assert (told["stage"], [day["code"] for day in told["days"]]) == ("ACCEPTED", ["ISSUE"])
    wrong = post(client, f"filings/{filing}/docket/", kind="JUDGMENT", on=str(on(112)))
    assert (wrong.status_code, wrong.json()["code"]) == (422, "legal.entry_refused")
    days = client.get(f"{API}/court-days/").json()["results"]
    assert [(day["code"], day["days_left"]) for day in days] == [("ISSUE", 14)]
    assert post(log_in(company, "branch_gm"), f"filings/{filing}/docket/").status_code == 403


def test_a_write_off_is_refused_while_the_court_has_the_claim(filed, log_in):
    company, pk, filing = filed
    client = log_in(company, "legal")
    file = SimpleUploadedFile("p.pdf", b"%PDF-1.7\n%%EOF\n", "application/pdf")
    refused = client.post(f"{API}/cases/{pk}/write-offs/", {"reason": "无财产", "file": file})
    assert refused.json()["code"] == "legal.write_off_refused"
    post(client, f"filings/{filing}/docket/", kind="WITHDRAWN", on=str(on(112)))
    file.seek(0)
    assert client.post(f"{API}/cases/{pk}/write-offs/", {"reason": "无财产", "file": file}).status_code == 201
    told = client.get(f"{API}/cases/{pk}/ending/").json()
    assert (told["outcome"], told["write_offs"][0]["state"]) == (None, "ASKED")
    said = post(client, f"cases/{pk}/evaluations/", worked="YES", note="x")
    assert said.json()["code"] == "legal.evaluation_refused"


def test_the_other_company_finds_nothing(cast, filed, log_in):
    _company, pk, filing = filed
    other = log_in(cast.yunding, "legal")
    for path in (
        f"cases/{pk}/gates/",
        f"filings/{filing}/docket/",
        f"cases/{pk}/ending/",
        f"cases/{pk}/reviews/",
    ):
        assert other.get(f"{API}/{path}").status_code == 404
