"""The screens of the legal stage: gates, review sheets, dockets, the calendar, endings, public notices."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from arrears.legal.models import DocketEntry, GateNote, ProcessingAgreement, PublicNotice, Review, WriteOff
from arrears.legal.rules.docket import EntryKind as K
from tenancy.kernel import clock
from tenancy.people.models import Approval
from tests import ladder
from tests.court import file_order, happens, home_of_the_debtor, to_the_court, to_the_review
from tests.firms import firm
from tests.ladder import at, on


def proof():
    return SimpleUploadedFile("paper.pdf", b"%PDF-1.7\n%%EOF\n", "application/pdf")


def text(answer):
    return answer.content.decode()


def stand(cast, monkeypatch, climb, day):
    with cast.jinxiu.open():
        ladder.bill(cast.jinxiu)
        home_of_the_debtor()
        climb(cast.jinxiu)
        pk = ladder.case(cast.jinxiu).pk
    monkeypatch.setattr(clock, "now", lambda: at(on(day)))
    monkeypatch.setattr(clock, "today", lambda: on(day))
    return cast.jinxiu, pk


@pytest.fixture
def reviewed(cast, monkeypatch):
    """D92: the review of 3-1-1602 waits."""
    return stand(cast, monkeypatch, to_the_review, 92)


@pytest.fixture
def filed(cast, monkeypatch):
    """D112: its payment order lies with the court."""

    def climb(company):
        to_the_court(company)
        file_order(company)

    return stand(cast, monkeypatch, climb, 112)


def test_the_checklist_names_evidence_and_what_is_missing_with_who_supplies_it(reviewed, english):
    company, pk = reviewed
    page = text(english(company, "project_manager").get(f"/court/{pk}/gates/"))
    for shown in ("DEMAND-JX-2026-000001", "The branch general manager has not decided", "not known", "shut"):
        assert shown in page, shown
    assert "Answer what data cannot" not in page, "only legal notes"
    assert "Legal preconditions" in text(english(company, "branch_gm").get(f"/court/{pk}/gates/summary/"))


def test_legal_notes_a_check_and_a_note_without_a_reason_is_refused(reviewed, english):
    company, pk = reviewed
    client, url = english(company, "legal"), f"/court/{pk}/gates/note/"
    assert client.post(url, {"code": "no_arbitration", "holds": "yes", "reason": ""}).status_code == 422
    said = {"code": "no_arbitration", "holds": "yes", "reason": "合同无仲裁条款", "file": proof()}
    assert client.post(url, said).status_code == 302
    with company.open():
        assert GateNote.objects.get().holds
    assert "合同无仲裁条款" in text(client.get(f"/court/{pk}/gates/"))
    assert english(company, "project_manager").post(url, said).status_code == 403


def test_the_manager_writes_the_sheet_and_the_branch_reads_it_before_deciding(reviewed, english):
    company, pk = reviewed
    client, url = english(company, "project_manager"), f"/court/{pk}/review/write/"
    assert "Assessment" in text(client.get(url))
    said = {"need": "多次催收无果", "chance": "HIGH", "chance_reason": "证据齐全", "advice": "LAWYER_LETTER"}
    assert client.post(url, said | {"need": ""}).status_code == 422
    assert client.post(url, said).status_code == 302
    with company.open():
        assert Review.objects.get().version == 1
        approval = Approval.objects.get(kind="ladder.LEGAL_REVIEW").pk
    page = text(english(company, "branch_gm").get(f"/court/{pk}/review/"))
    assert "证据齐全" in page
    assert "Version 1" in page
    assert f"/court/{pk}/gates/summary/" in text(english(company, "branch_gm").get(f"/approvals/{approval}/"))


def test_legal_enters_what_the_court_did_and_the_calendar_shows_the_next_day(filed, english):
    company, _pk = filed
    client = english(company, "legal")
    with company.open():
        filing = company.accounts["3-1-1602"].cases.get().filings.get().pk
    url = f"/court/filings/{filing}/docket/"
    page = text(client.get(url))
    assert "The court accepts or refuses by" in page
    assert 'data-when="kind=HEARING_SET MEDIATION' in page, "a day is asked for with these only"
    assert "to be confirmed" not in text(client.get(f"/court/{_pk}/gates/")), (
        "it is filed: nothing is offered"
    )
    refused = client.post(f"{url}enter/", {"kind": "ACCEPTED", "on": "2026-01-01"})
    assert refused.status_code == 422
    assert client.post(f"{url}enter/", {"kind": "ACCEPTED", "on": str(on(112))}).status_code == 302
    assert client.post(f"{url}enter/", {"kind": "JUDGMENT", "on": str(on(112))}).status_code == 422
    with company.open():
        assert DocketEntry.objects.get().kind == "ACCEPTED"
    page = text(client.get("/court/calendar/"))
    assert "The court issues the order by" in page
    assert str(on(127)) in page
    assert "The court issues the order by" not in text(client.get("/court/calendar/?code=HEARING"))
    (card,) = [c for c in client.get("/").context["cards"] if c.title == "Court days within a week"]
    assert card.count == 0
    assert english(company, "branch_gm").post(f"{url}enter/", {}).status_code == 403


def test_an_objection_is_judged_on_the_page(filed, english, monkeypatch):
    company, _pk = filed
    with company.open():
        filing = company.accounts["3-1-1602"].cases.get().filings.get().pk
        for kind, day in ((K.ACCEPTED, 112), (K.ISSUED, 113), (K.SERVED, 114)):
            happens(company, kind, day)
    monkeypatch.setattr(clock, "today", lambda: on(120))
    said = {"kind": "OBJECTED", "on": str(on(116)), "written": "on", "ground": "CANNOT_PAY"}
    answer = english(company, "legal").post(f"/court/filings/{filing}/docket/enter/", said, follow=True)
    assert "does not count: the debt itself is not disputed" in text(answer)


def test_a_write_off_is_asked_with_proof_and_waits_for_two(reviewed, english):
    company, pk = reviewed
    client, url = english(company, "project_manager"), f"/court/{pk}/write-off/"
    assert client.post(url, {"reason": "老人已故无遗产"}).status_code == 422
    assert client.post(url, {"reason": "老人已故无遗产", "file": proof()}).status_code == 302
    with company.open():
        assert WriteOff.objects.get().state == "ASKED"
        approval = Approval.objects.get(kind="legal.write_off").pk
    assert "Waits for the branch general manager" in text(client.get(f"/court/{pk}/ending/"))
    asked = text(english(company, "branch_gm").get(f"/approvals/{approval}/"))
    assert "neither of whom asked for it" in asked
    assert client.post(f"/court/{pk}/evaluation/", {"worked": "YES", "note": "x"}).status_code == 422


def test_a_notice_with_too_few_homes_is_refused_and_the_page_says_why(reviewed, english):
    company, _pk = reviewed
    client = english(company, "team_lead")
    assert "Draw up a notice" in text(client.get("/public-notices/"))
    said = {
        "community_id": company.community.pk, "level": "L0", "place": "大堂", "from_on": str(on(92)),
        "to_on": str(on(95)),
    }  # fmt: skip
    answer = client.post("/public-notices/new/", said)
    assert answer.status_code == 422
    assert "No building has three homes" in text(answer)
    with company.open():
        assert not PublicNotice.objects.exists()


def test_legal_notes_a_law_firm_and_ends_it(reviewed, english):
    company, pk = reviewed
    client = english(company, "legal")
    firm_id = firm(company, agreed=None).pk
    said = {
        "purpose": "代理诉讼", "scope": "姓名、房号、欠费", "from_on": str(on(0)),
        "until": str(on(365)), "file": proof(),
    }  # fmt: skip
    assert client.post(f"/settings/law-firms/{firm_id}/agreements/", said).status_code == 302
    assert "正和律师事务所" in text(client.get(f"/court/{pk}/gates/"))
    with company.open():
        agreement = ProcessingAgreement.objects.get().pk
    page = f"/settings/law-firms/{firm_id}/"
    assert "代理诉讼" in text(client.get(page))
    early = client.post(f"{page}agreements/", said | {"until": str(on(-1)), "file": proof()})
    assert early.status_code == 422
    assert "It ends before it starts." in text(early)
    for role, status in (("branch_gm", 403), ("collector", 403)):
        assert english(company, role).post(f"{page}agreements/{agreement}/end/").status_code == status
    assert client.post(f"{page}agreements/{agreement}/end/").status_code == 302
    assert "not in force" in text(client.get(page))
    assert "No agreement is in force" in text(client.get(f"/court/{pk}/gates/"))
