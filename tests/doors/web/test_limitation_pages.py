"""The limitation list, its tile, the clocks of a case, proofs, decisions; the evidence bundle by one click."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from arrears.cases.models import ClockEvent, LimitationDecision
from arrears.legal.models import Bundle
from notices.models import Notice
from tenancy.kernel import clock
from tenancy.people.models import AuditEntry
from tests.clocks import demand, hand_over, open_case
from tests.firms import agree, firm
from tests.money import owe

TODAY = date(2026, 3, 1)
PNG = b"\x89PNG\r\n\x1a\n screenshot"


@pytest.fixture
def near(cast, monkeypatch):
    """3-1-1602: one charge 30 days before its end, one expired, one demanded last year."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 3, 1, 2, 0, tzinfo=UTC))
    company = cast.jinxiu
    with company.open():
        owe(company, 100_000, date(2023, 3, 31))
        owe(company, 50_000, date(2022, 12, 31))
        demanded = owe(company, 70_000, date(2023, 1, 31))
        hand_over(demand(company, [demanded], date(2025, 1, 1)), date(2025, 1, 1))
        return company, open_case(company, date(2026, 1, 1)).pk


def text(response):
    return response.content.decode()


def test_the_list_shows_what_expires_within_the_days_and_what_has_expired(near, english):
    client = english(near[0], "legal")
    page = text(client.get("/limitation/"))
    assert "3-1-1602" in page
    assert "1,000.00" in page
    assert "500.00" not in page
    assert "Decide on filing" in page
    gone = text(client.get("/limitation/?within=0"))
    assert "500.00" in gone
    assert "A lawyer decides" in gone
    assert "3-1-1602" in text(client.get("/limitation/?within=30"))


def test_the_tile_says_how_much_of_each(near, english):
    tile = text(english(near[0], "branch_gm").get("/limitation/tile/"))
    assert "Expires within 30 days" in tile
    assert "¥1,000.00" in tile
    assert "¥500.00" in tile
    today = text(english(near[0], "branch_gm").get("/"))
    assert "/limitation/tile/" in today
    assert "/limitation/tile/" not in text(english(near[0], "collector").get("/"))


def test_the_page_of_a_case_shows_each_clock_with_what_counts_and_what_does_not(near, english):
    company, case_id = near
    page = text(english(company, "collector").get(f"/cases/{case_id}/clocks/"))
    assert "30 days left" in page
    assert "2028-01-01" in page
    assert "expired" in page
    assert "counts" in page
    assert "Prove an interruption" not in page
    assert "Prove an interruption" in text(english(company, "legal").get(f"/cases/{case_id}/clocks/"))


def proof(company, **changed):
    with company.open():
        from arrears.cases.queries import clocks

        ids = [
            one.charge.charge_id for one in clocks(account_ids=[company.accounts["3-1-1602"].pk], as_of=TODAY)
        ]
    return {
        "charge_ids": ids, "proof": "MESSAGE_AGREED", "on": "2026-02-01", "at_agreed_address": "on", "arrived": "on",
        "evidence": "微信已回复", "file": SimpleUploadedFile("wx.png", PNG),
    } | changed  # fmt: skip


def test_a_proof_that_holds_is_noted_and_one_that_does_not_is_refused_beside_its_field(near, english):
    company, case_id = near
    client = english(company, "legal")
    refused = client.post(f"/cases/{case_id}/clocks/prove/", proof(company, arrived=""))
    assert refused.status_code == 422
    assert "Only a receipt or an answer shows that it arrived." in text(refused)
    assert client.post(f"/cases/{case_id}/clocks/prove/", proof(company)).status_code == 302
    with company.open():
        assert ClockEvent.objects.count() == 3
        source = ClockEvent.objects.values_list("source", flat=True)[0]
    assert source in text(client.get(f"/cases/{case_id}/clocks/"))
    done = client.post(f"/cases/{case_id}/clocks/undo/", {"source": source, "reason": "录错"})
    assert done.status_code == 302
    with company.open():
        assert ClockEvent.objects.filter(kind="VOID").count() == 3


def test_a_demand_by_ems_is_one_click_and_waits_for_its_delivery(near, english):
    company, case_id = near
    client = english(company, "legal")
    made = client.post(f"/cases/{case_id}/clocks/demand/")
    with company.open():
        paper = Notice.objects.filter(kind="DEMAND").latest("pk")
    assert made["Location"] == f"/notices/{paper.pk}/"
    assert paper.number in text(client.get("/limitation/"))
    again = client.post(f"/cases/{case_id}/clocks/demand/", follow=True)
    assert "waits for delivery" in text(again)


def test_only_a_lawyer_decides_on_what_has_expired(near, english):
    company, case_id = near
    url = f"/cases/{case_id}/clocks/decide/"
    assert english(company, "project_manager").get(url).status_code == 403
    client = english(company, "legal")
    assert "500.00" in text(client.get(url))
    with company.open():
        from arrears.cases.queries import expired_charges

        (ids,) = expired_charges([company.accounts["3-1-1602"].pk], as_of=TODAY).values()
    done = client.post(url, {"charge_ids": list(ids), "decision": "LEAVE", "reason": "证据不足"})
    assert done.status_code == 302
    with company.open():
        assert LimitationDecision.objects.get().decision == "LEAVE"
    assert "Stays out of the legal rungs" in text(client.get("/limitation/?within=0"))


def test_one_click_asks_for_the_evidence_and_its_page_follows_the_work(near, english):
    company, case_id = near
    client = english(company, "project_manager")
    fragment = text(client.get(f"/court/{case_id}/bundles/"))
    assert "Make it for a court" in fragment
    given = {"audience": "COURT", "purpose": "起诉", "expires_on": "2026-03-31"}
    asked = client.post(f"/court/{case_id}/bundles/new/", given)
    with company.open():
        bundle = Bundle.objects.get()
        assert AuditEntry.objects.filter(action="bundle.asked").count() == 1
    assert asked["Location"] == f"/court/bundles/{bundle.pk}/"
    page = text(client.get(asked["Location"]))
    assert f"/jobs/{bundle.job_id}/" in page
    assert client.get(f"/court/bundles/{bundle.pk}/pdf/").status_code == 409


def test_a_law_firm_needs_an_agreement_and_a_collector_exports_nothing(near, english):
    company, case_id = near
    client = english(company, "branch_gm")
    given = {"audience": "LAW_FIRM", "purpose": "起诉", "expires_on": "2026-03-31"}
    nobody = client.post(f"/court/{case_id}/bundles/new/", given)
    assert nobody.status_code == 422
    assert "Choose the law firm" in text(nobody)
    given["firm_id"] = str(firm(company, agreed=None).pk)
    refused = client.post(f"/court/{case_id}/bundles/new/", given)
    assert refused.status_code == 422
    assert "No agreement on the processing of personal data is in force with 正和律师事务所." in text(refused)
    with company.open("legal"):
        assert not Bundle.objects.exists()
        agree(int(given["firm_id"]), date(2026, 1, 1), date(2026, 12, 31))
    asked = client.post(f"/court/{case_id}/bundles/new/", given)
    page = text(client.get(asked["Location"]))
    assert "正和律师事务所" in page
    assert "2026-12-31" in page
    assert "Handed to 正和律师事务所 on 2026-03-01" in text(client.get(f"/court/{case_id}/gates/"))
    for path in (f"/court/{case_id}/bundles/", f"/court/{case_id}/bundles/new/"):
        assert english(company, "collector").get(path).status_code == 403
        assert english(company, "company_admin").get(path).status_code == 403


def test_a_made_bundle_opens_by_its_own_door_only_and_each_opening_is_recorded(cast, english):
    from tests.house.world import world

    things = world(cast.jinxiu)
    client = english(cast.jinxiu, "legal")
    url = f"/court/bundles/{things['bundle_id']}/pdf/"
    assert client.get(url).status_code == 200
    with cast.jinxiu.open():
        file_id = Bundle.objects.get().pdf_id
        assert AuditEntry.objects.filter(action="bundle.opened").count() == 1
    assert client.get(f"/files/{file_id}/").status_code == 404
    assert english(cast.yunding, "legal").get(url).status_code == 404
    assert english(cast.jinxiu, "collector").get(url).status_code == 403
