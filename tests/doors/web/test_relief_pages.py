"""Screens of time to pay: from the unit's button to the running plan, each part by its own person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from arrears.relief.models import Application, Proof
from tenancy.kernel import clock
from tests.money import owe
from tests.relief import ask, days
from values.period import month_end

PDF = b"%PDF-1.7\n%%EOF\n"


def text(response):
    return response.content.decode()


def proof(name="住院证明.pdf"):
    return SimpleUploadedFile(name, PDF, "application/pdf")


@pytest.fixture
def owing(cast):
    """One bill of 2,520.24 that is late."""
    with cast.jinxiu.open():
        owe(cast.jinxiu, 252_024, clock.today() - timedelta(60))
    return cast.jinxiu


def typed(company, **changes):
    today = clock.today()
    return {
        "kind": "INSTALMENT", "parts": "6", "first_on": month_end(today).isoformat(), "down_percent": "20",
        "reason_code": "HARDSHIP", "statement": "住院治疗", "proofs": [proof(), proof("低保证.pdf")],
    } | changes  # fmt: skip


def url_of(company):
    return f"/accounts/{company.accounts['3-1-1602'].pk}/applications/"


def confirm_form(owing, application, desk, lead):
    """Somebody else than who wrote it down has seen the owner's signature."""
    door = f"/applications/{application.pk}/"
    assert "signed-form" not in text(desk.get(door)), "who wrote it down confirms nothing"
    assert "signed-form" in text(lead.get(door))
    assert lead.post(f"{door}signed-form/", {"file": ""}).status_code == 422
    with owing.open():
        file_id = Proof.objects.filter(application=application).values_list("file_id", flat=True)[0]
    assert lead.post(f"{door}signed-form/", {"file": file_id}).status_code == 302
    assert "signed-form" not in text(lead.get(door))


def test_from_the_unit_to_the_running_plan(owing, log_in, english):
    today = clock.today()
    desk = log_in(owing, "collector")
    fragment = text(desk.get(url_of(owing)))
    assert f"{url_of(owing)}ask/" in fragment
    assert "2,520.24" in text(desk.get(f"{url_of(owing)}ask/"))
    asked = {"kind": "INSTALMENT", "parts": "6", "first_on": month_end(today).isoformat()}
    shown = text(desk.get(f"{url_of(owing)}preview/", asked))
    assert shown.count("<tr>") >= 8, "six parts, a head and a foot"
    answer = desk.post(f"{url_of(owing)}ask/", typed(owing))
    assert answer.status_code == 302
    page = text(desk.get(answer.url))
    assert "住院证明.pdf" in page
    assert "低保证.pdf" in page
    with owing.open():
        application = Application.objects.get()
    confirm_form(owing, application, desk, log_in(owing, "team_lead"))
    for role, request in (("team_lead", "check_request_id"), ("project_manager", "grant_request_id")):
        with owing.open():
            application.refresh_from_db()
        approvals = english(owing, role)
        door = f"/approvals/{getattr(application, request)}/"
        seen = text(approvals.get(door))
        assert "住院证明.pdf" in seen
        assert door in text(approvals.get(f"/applications/{application.pk}/"))
        assert ("Facts and proof are checked; agreed." in seen) is (role == "project_manager")
        assert approvals.post(door, {"decision": "approve", "reason": ""}).status_code == 422
        answer = approvals.post(door, {"decision": "approve", "reason": "情况属实"}, follow=True)
        assert ("nothing is granted yet" in text(answer)) is (role == "team_lead")
    page = f"/applications/{application.pk}/"
    assert desk.post(f"{page}agreement/", {"sign_on": today.isoformat()}).status_code == 302
    assert "PLAN-JX-" in text(desk.get(page))
    signed = {"signed_on": today.isoformat(), "signer_name": "张三", "scan": proof("协议.pdf")}
    assert desk.post(f"{page}sign/", signed | {"signer_name": ""}).status_code == 422
    assert desk.post(f"{page}sign/", signed | {"scan": proof("协议.pdf")}).status_code == 302
    running = text(desk.get(page))
    assert running.count("badge") >= 7, "each part has its state"
    assert desk.get(f"{page}form/").content.startswith(b"%PDF-")
    assert desk.post(f"{page}release/", {"reason": "x"}).status_code == 403
    boss = log_in(owing, "project_manager")
    assert boss.post(f"{page}release/", {"reason": ""}).status_code == 422
    assert boss.post(f"{page}release/", {"reason": "一次付清"}).status_code == 302
    with owing.open():
        application.refresh_from_db()
        assert application.state == "RELEASED"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"statement": ""}, "statement"),
        ({"parts": "1"}, "parts"),
        ({"first_on": "2020-01-01"}, "first_on"),
        ({"proofs": []}, "proofs"),
        ({"kind": "DEFERRAL", "from_on": "2026-01-01"}, "from_on"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(owing, log_in, changed, field):
    response = log_in(owing, "collector").post(f"{url_of(owing)}ask/", typed(owing, **changed))
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in text(response)


def test_the_list_says_what_waits_and_is_narrowed(owing, log_in):
    desk = log_in(owing, "collector")
    desk.post(f"{url_of(owing)}ask/", typed(owing))
    assert "3-1-1602" in text(desk.get("/applications/"))
    assert "3-1-1602" in text(
        desk.get("/applications/", {"state": "OPEN", "kind": "INSTALMENT", "text": "31602"})
    )
    assert "3-1-1602" not in text(desk.get("/applications/", {"state": "KEPT"}))
    with owing.open():
        application = Application.objects.get()
    assert desk.post(f"/applications/{application.pk}/withdraw/").status_code == 302
    with owing.open():
        application.refresh_from_db()
        assert application.state == "WITHDRAWN"


def test_the_case_page_leads_to_it_and_no_longer_sets_deferrals_by_hand(late, log_in, english):
    with late.open():
        case_id = late.accounts["3-1-1602"].cases.get().pk
    page = text(english(late, "team_lead").get(f"/cases/{case_id}/money/"))
    assert url_of(late) in page
    assert 'value="DEFERRAL"' not in page
    assert 'value="HARDSHIP"' not in page


def test_another_companys_application_is_not_there(owing, cast, log_in):
    log_in(owing, "collector").post(f"{url_of(owing)}ask/", typed(owing))
    with owing.open():
        pk = Application.objects.get().pk
    other = log_in(cast.yunding, "project_manager")
    assert other.get(f"/applications/{pk}/").status_code == 404
    assert other.get(f"/applications/{pk}/form/").status_code == 404
    assert other.post(f"{url_of(owing)}ask/", typed(owing)).status_code == 404


def test_the_desk_and_the_case_say_that_the_owner_asked_for_time(late, log_in):
    with late.open():
        case = late.accounts["3-1-1602"].cases.get()
    door = f"/accounts/{case.account_id}/applications/waiting/"
    desk = log_in(late, "collector")
    assert desk.get(door).content.strip() == b""
    with late.open():
        pk = ask(late, "DEFERRAL", clock.today(), range=days(clock.today(), clock.today() + timedelta(30)))
    assert f"/applications/{pk}/" in text(desk.get(door))
    assert door in text(desk.get(f"/calls/{case.pk}/"))
    assert door in text(desk.get(f"/cases/{case.pk}/"))
