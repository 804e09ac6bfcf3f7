"""Objecting on the phone: to lines of a bill, with photographs; the answer, and a reply within seven days."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from arrears.cases.models import Hold
from arrears.relief import services
from arrears.relief.models import Ticket
from billing.charges.models import Charge
from tenancy.kernel import clock
from tenancy.people.models import Approval, AuditEntry
from tests import ladder
from tests.doors.portal.conftest import ROOT
from tests.doors.portal.test_money import LI, ZHANG

TEXT = "屋顶漏水三个月\n没人来修"


@pytest.fixture
def zhang(cast, phone, monkeypatch):
    with cast.jinxiu.open():
        ladder.bill(cast.jinxiu)
    return phone(ZHANG).log_in()


@pytest.fixture
def charge(cast, zhang):
    with cast.jinxiu.open():
        return Charge.objects.get(account=cast.jinxiu.accounts["3-1-1602"]).pk


def objected(zhang, charge):
    made = zhang.post("objections/", charges=[charge], text=TEXT)
    assert made.status_code == 201, made.content
    return made.json()["id"]


def answer(company, ticket_id, **given):
    today = clock.today()
    with company.open("team_lead"):
        said = {"finding": "UNFOUNDED", "text": "已核实，屋顶无渗漏", **given}
        services.answer_ticket(
            ticket_id=ticket_id, by=company.staff("team_lead"), on=today, at=clock.now(), **said
        )


def test_he_objects_to_a_line_and_sees_its_state_and_the_answer(cast, zhang, charge):
    ticket_id = objected(zhang, charge)
    seen = zhang.get(f"objections/{ticket_id}/").json()
    assert (seen["state"], seen["subject"], seen["may_reply"]) == ("OPEN", "屋顶漏水三个月", False)
    assert [(one["id"], one["disputed"]) for one in seen["charges"]] == [(charge, "210.02")]
    assert zhang.get("objections/").json()[0]["id"] == ticket_id
    with cast.jinxiu.open():
        assert Hold.objects.get().only_listed
        said = AuditEntry.objects.get(action="ticket.opened")
        assert (said.user_id, said.object_id) == (None, ticket_id)
        services.note_ticket(ticket_id=ticket_id, text="内部：老问题", on=clock.today())
    answer(cast.jinxiu, ticket_id)
    seen = zhang.get(f"objections/{ticket_id}/").json()
    assert (seen["finding"], seen["answer"], seen["may_reply"]) == ("UNFOUNDED", "已核实，屋顶无渗漏", True)
    assert "内部" not in str(seen), "what the office notes among itself is not for him"


def test_photographs_come_with_it_and_are_checked(cast, zhang, charge):
    photo = SimpleUploadedFile("roof.png", b"\x89PNG\r\n\x1a\n")
    key = {"headers": {"Authorization": f"Bearer {zhang.key}"}}
    made = zhang.client.post(
        f"{ROOT}/objections/", {"charges": [charge], "text": TEXT, "files": [photo]}, **key
    )
    assert made.status_code == 201, made.content
    seen = zhang.get(f"objections/{made.json()['id']}/").json()
    assert seen["events"][0]["files"] == ["roof.png"]


def test_he_does_not_agree_and_the_project_manager_is_asked(cast, zhang, charge):
    ticket_id = objected(zhang, charge)
    answer(cast.jinxiu, ticket_id)
    assert zhang.post(f"objections/{ticket_id}/replies/", accepts=False, text=" ").status_code == 422
    seen = zhang.post(f"objections/{ticket_id}/replies/", accepts=False, text="还在漏").json()
    assert seen["state"] == "DECIDING"
    with cast.jinxiu.open():
        assert Approval.objects.get(kind="relief.dispute").decision == "PENDING"
    assert zhang.post(f"objections/{ticket_id}/replies/", accepts=True).status_code == 409


def test_he_agrees_and_it_is_over(cast, zhang, charge):
    ticket_id = objected(zhang, charge)
    answer(cast.jinxiu, ticket_id)
    assert zhang.post(f"objections/{ticket_id}/replies/", accepts=True).json()["state"] == "CLOSED"


def test_after_seven_days_the_portal_offers_no_reply(cast, zhang, charge, monkeypatch):
    ticket_id = objected(zhang, charge)
    answer(cast.jinxiu, ticket_id)
    with cast.jinxiu.open():
        Ticket.objects.update(
            opened_on=clock.today() - timedelta(20), answered_on=clock.today() - timedelta(8),
            reply_until=clock.today() - timedelta(1),
        )  # fmt: skip
    assert zhang.get(f"objections/{ticket_id}/").json()["may_reply"] is False
    assert zhang.post(f"objections/{ticket_id}/replies/", accepts=False, text="x").status_code == 422


def test_what_was_answered_is_not_objected_to_again_here(cast, zhang, charge):
    objected(zhang, charge)
    again = zhang.post("objections/", charges=[charge], text="还是不对")
    assert (again.status_code, again.json()["code"]) == (409, "relief.objection_answered")


@pytest.mark.parametrize(
    ("body", "code"), [({"text": " "}, 422), ({"charges": [999_999]}, 404), ({"charges": []}, 422)]
)
def test_an_objection_names_charges_of_his_and_a_reason(cast, zhang, charge, body, code):
    assert zhang.post("objections/", **({"charges": [charge], "text": TEXT} | body)).status_code == code


def test_nobody_reads_or_answers_the_objections_of_others(cast, zhang, charge, phone):
    ticket_id = objected(zhang, charge)
    answer(cast.jinxiu, ticket_id)
    other = phone(LI).log_in()
    assert other.get("objections/").json() == []
    assert other.get(f"objections/{ticket_id}/").status_code == 404
    assert other.post(f"objections/{ticket_id}/replies/", accepts=True).status_code == 404
    assert other.post("objections/", charges=[charge], text="x").status_code == 404
