"""The pages of tickets: a dispute from a case, its page with answer and reply, the list, holds with their forms."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from arrears.cases.models import DisputedCharge, Hold
from arrears.relief.models import Ticket
from billing.charges.models import Charge
from tenancy.people.models import Approval
from tests import ladder
from tests.ladder import on

PDF = b"%PDF-1.7 proof"
PNG = b"\x89PNG\r\n\x1a\n roof"


def text(response):
    return response.content.decode()


def case_id(company):
    with company.open():
        return ladder.case(company).pk


def charge_of(company):
    with company.open():
        return Charge.objects.get(account=company.accounts["3-1-1602"])


def matter(**given):
    return {"department": "ENGINEERING", "subject": "屋顶漏水", "description": "渗水", **given}


@pytest.fixture
def disputed(late, english):
    """A dispute over 50 yuan of January, opened by the collector; its ticket."""
    charge = charge_of(late)
    asked = matter(
        **{f"charge_{charge.pk}": "on", f"amount_{charge.pk}": "50.00"},
        papers=[SimpleUploadedFile("a.png", PNG), SimpleUploadedFile("b.pdf", PDF)],
    )
    done = english(late, "collector").post(f"/cases/{case_id(late)}/dispute/", asked)
    assert done.status_code == 302
    with late.open():
        return Ticket.objects.get()


def test_a_dispute_is_opened_over_an_amount_of_a_charge_with_photographs(late, english, disputed):
    with late.open():
        assert DisputedCharge.objects.get().amount_fen == 5_000
    page = text(english(late, "collector").get(f"/tickets/{disputed.pk}/"))
    for said in ("屋顶漏水", "50.00", "a.png", "b.pdf", "Engineering", "Being looked into"):
        assert said in page
    assert "Send the answer" not in page, "a collector answers nothing"
    case = text(english(late, "collector").get(f"/cases/{case_id(late)}/"))
    assert "of it disputed" in case
    assert "The disputed charges wait, the rest goes on" in case
    assert "屋顶漏水" in text(english(late, "collector").get(f"/cases/{case_id(late)}/tickets/"))
    assert "屋顶漏水" in text(english(late, "collector").get("/tickets/"))


@pytest.mark.parametrize(
    ("wrong", "field"), [({"subject": ""}, "subject"), ({"deadline_on": "2026-12-31"}, "deadline_on")]
)
def test_what_is_wrong_with_a_dispute_is_said_beside_its_field(late, english, wrong, field):
    asked = matter(whole="on") | wrong
    response = english(late, "collector").post(f"/cases/{case_id(late)}/dispute/", asked)
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in text(response)


def test_nothing_ticked_is_no_dispute_and_all_of_it_is_said_in_so_many_words(late, english):
    client, path = english(late, "collector"), f"/cases/{case_id(late)}/dispute/"
    assert "Tick what is disputed" in text(client.post(path, matter()))
    assert client.post(path, matter(whole="on")).status_code == 302
    with late.open():
        assert not Hold.objects.get().only_listed


def test_the_team_lead_gives_it_notes_it_and_answers_it_and_the_owner_replies(late, english, disputed):
    client, at = english(late, "team_lead"), f"/tickets/{disputed.pk}"
    user = late.people["finance"].pk
    assert client.post(f"{at}/assign/", {"department": "FINANCE", "user_id": user}).status_code == 302
    assert client.post(f"{at}/notes/", {"text": " "}).status_code == 422
    assert client.post(f"{at}/notes/", {"text": "已派人上门"}).status_code == 302
    wrong = client.post(
        f"{at}/answer/", {"finding": "UNFOUNDED", "text": "x", f"off_{charge_of(late).pk}": "1"}
    )
    assert wrong.status_code == 422
    assert "Where nothing was found nothing is let off." in text(wrong)
    assert client.post(f"{at}/answer/", {"finding": "UNFOUNDED", "text": "经核实"}).status_code == 302
    page = text(client.get(f"{at}/"))
    assert "Answered, the owner may reply" in page
    assert on(9).isoformat() in page
    assert client.post(f"{at}/reply/", {"accepts": "no", "text": ""}).status_code == 422
    assert client.post(f"{at}/reply/", {"accepts": "no", "text": "还在漏"}).status_code == 302
    manager = english(late, "project_manager")
    with late.open():
        asked = Approval.objects.get(kind="relief.dispute").pk
    assert "还在漏" in text(manager.get(f"{at}/"))
    card = text(manager.get(f"/approvals/{asked}/"))
    assert "The owner did not agree" in card
    assert f"/tickets/{disputed.pk}/" in card
    done = manager.post(f"/approvals/{asked}/", {"decision": "approve", "reason": "已查"})
    assert done.status_code == 302
    with late.open():
        assert Ticket.objects.get().closed_because == "DECIDED"


def test_a_ticket_of_a_unit_holds_nothing(late, english):
    client, unit = english(late, "collector"), late.units["3-1-1602"].pk
    assert client.get(f"/units/{unit}/tickets/new/").status_code == 200
    assert client.post(f"/units/{unit}/tickets/new/", matter(subject="")).status_code == 422
    assert client.post(f"/units/{unit}/tickets/new/", matter()).status_code == 302
    assert "屋顶漏水" in text(client.get(f"/units/{unit}/tickets/"))
    with late.open():
        assert not Hold.objects.exists()


def test_an_estate_needs_its_proof_and_ends_with_a_name(late, english):
    client, case = english(late, "team_lead"), case_id(late)
    form = text(client.get(f"/cases/{case}/holds/new/?kind=ESTATE"))
    assert "Limitation runs on; in its last six months" in form
    asked = {"kind": "ESTATE", "from_on": "today", "to_on": "", "reason": "业主去世"}
    refused = client.post(f"/cases/{case}/holds/", asked)
    assert refused.status_code == 422
    assert 'id="id_proof_error"' in text(refused)
    proof = SimpleUploadedFile("proof.pdf", PDF)
    assert client.post(f"/cases/{case}/holds/", asked | {"proof": proof}).status_code == 302
    with late.open():
        hold = Hold.objects.get()
    assert f"/files/{hold.proof_id}/" in text(client.get(f"/cases/{case}/"))
    refused = client.post(f"/holds/{hold.pk}/release/", {"reason": "已继承"})
    assert refused.status_code == 422
    assert "Write who speaks for the debtor now." in text(refused)
    said = {"reason": "已继承", "representative": "李梅，女儿"}
    assert client.post(f"/holds/{hold.pk}/release/", said).status_code == 302
    assert "李梅，女儿" in text(client.get(f"/cases/{case}/"))


def test_who_was_complained_about_asks_and_legal_lets_the_owner_be_called_again(late, english):
    client, case = english(late, "team_lead"), case_id(late)
    asked = {"kind": "NO_CONTACT", "from_on": "today", "to_on": "", "reason": "业主投诉骚扰"}
    assert client.post(f"/cases/{case}/holds/", asked).status_code == 302
    with late.open():
        hold = Hold.objects.get()
    assert client.post(f"/holds/{hold.pk}/release/", {"reason": "已道歉"}).status_code == 302
    assert client.post(f"/holds/{hold.pk}/release/", {"reason": "已道歉"}).status_code == 422
    with late.open():
        assert Hold.objects.get().released_on is None
        approval = Approval.objects.get(kind="hold.end_no_contact")
    legal = english(late, "legal")
    assert "已道歉" in text(legal.get(f"/approvals/{approval.pk}/"))
    assert (
        legal.post(f"/approvals/{approval.pk}/", {"decision": "approve", "reason": "属实"}).status_code == 302
    )
    with late.open():
        assert Hold.objects.get().released_on == on(2)


def test_others_do_not_reach_it(cast, late, disputed, log_in):
    at = f"/tickets/{disputed.pk}/"
    assert log_in(cast.yunding, "team_lead").get(at).status_code == 404
    assert log_in(late, "collector").post(f"{at}answer/", {}).status_code == 403
    assert log_in(late, "patrol").get(at).status_code == 403
