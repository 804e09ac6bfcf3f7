"""Service tickets over the API: opened with a dispute, given, noted, answered, replied to; and holds' proofs."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from arrears.cases.models import Hold
from billing.charges.models import Charge
from tenancy.kernel import clock
from tenancy.people.models import Approval
from tests import ladder
from tests.ladder import at, on, walk_and_send

ROOT = "/api/v1"


@pytest.fixture
def late(cast, monkeypatch):
    with cast.jinxiu.open():
        ladder.bill(cast.jinxiu)
        walk_and_send(1)
        walk_and_send(2)
    monkeypatch.setattr(clock, "now", lambda: at(on(3)))
    monkeypatch.setattr(clock, "today", lambda: on(3))
    return cast.jinxiu


def post(client, path, **body):
    return client.post(f"{ROOT}{path}", json.dumps(body), content_type="application/json")


def open_dispute(company, client):
    with company.open():
        case = ladder.case(company).pk
        charge = Charge.objects.get(account=company.accounts["3-1-1602"]).pk
    part = {"charge": charge, "amount": "50.00"}
    said = {"department": "ENGINEERING", "subject": "屋顶漏水", "charges": [part]}
    made = post(client, f"/cases/{case}/disputes/", **said)
    assert made.status_code == 201, made.content
    return made.json()["ticket"], charge


def test_a_dispute_goes_its_way(late, log_in):
    collector, lead = log_in(late, "collector"), log_in(late, "team_lead")
    ticket, charge = open_dispute(late, collector)
    (row,) = collector.get(f"{ROOT}/tickets/").json()["results"]
    assert (row["ticket"], row["disputed"], row["state"]) == (ticket, "50.00", "OPEN")
    assert collector.get(f"{ROOT}/tickets/?state=CLOSED").json()["results"] == []
    given = post(lead, f"/tickets/{ticket}/assignment/", department="FINANCE")
    assert given.json()["row"]["department"] == "FINANCE"
    assert post(collector, f"/tickets/{ticket}/notes/", text="已上门").status_code == 200
    off = [{"charge": charge, "amount": "10.00"}]
    answered = post(lead, f"/tickets/{ticket}/answer/", finding="PARTLY", text="已修复", reductions=off)
    assert answered.status_code == 200, answered.content
    assert answered.json()["told"] is True
    assert answered.json()["waiver"]
    replied = post(collector, f"/tickets/{ticket}/reply/", accepts=False, text="还在漏")
    assert replied.json()["row"]["state"] == "DECIDING"
    kinds = [event["kind"] for event in collector.get(f"{ROOT}/tickets/{ticket}/").json()["events"]]
    assert kinds == ["OPENED", "ASSIGNED", "NOTED", "ANSWERED", "REPLIED", "ASKED"]


def test_a_ticket_is_given_to_somebody_of_this_company_only(cast, late, log_in):
    ticket, _charge = open_dispute(late, log_in(late, "collector"))
    lead = log_in(late, "team_lead")
    for stranger in (cast.yunding.people["finance"].pk, 999_999_999, 0, -1):
        refused = post(lead, f"/tickets/{ticket}/assignment/", department="FINANCE", user=stranger)
        assert (refused.status_code, list(refused.json()["errors"])) == (422, ["user_id"])
    row = lead.get(f"{ROOT}/tickets/{ticket}/").json()["row"]
    assert (row["department"], row["assigned_to"]) == ("ENGINEERING", "")
    mine = late.people["finance"]
    given = post(lead, f"/tickets/{ticket}/assignment/", department="FINANCE", user=mine.pk)
    assert given.json()["row"]["assigned_to"] == mine.name


def test_a_ticket_without_a_charge(late, log_in):
    client = log_in(late, "collector")
    unit = late.units["3-1-1602"].pk
    photo = SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n")
    said = {"department": "CLEANING", "subject": "楼道", "files": [photo]}
    made = client.post(f"{ROOT}/units/{unit}/tickets/", said)
    assert made.status_code == 201, made.content
    card = client.get(f"{ROOT}/tickets/{made.json()['ticket']}/").json()
    assert (card["hold"], len(card["events"][0]["files"])) == (None, 1)


def test_a_refusal_names_its_field(late, log_in):
    ticket, _charge = open_dispute(late, log_in(late, "collector"))
    lead = log_in(late, "team_lead")
    refused = post(lead, f"/tickets/{ticket}/answer/", finding="UNFOUNDED", text=" ")
    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["text"])
    late_day = post(lead, f"/tickets/{ticket}/assignment/", department="OTHER", deadline_on="2026-12-31")
    assert (late_day.status_code, list(late_day.json()["errors"])) == (422, ["deadline_on"])


def test_roles_and_companies_are_kept_apart(cast, late, log_in):
    ticket, _charge = open_dispute(late, log_in(late, "collector"))
    denied = post(log_in(late, "collector"), f"/tickets/{ticket}/answer/", finding="FOUNDED", text="x")
    assert denied.status_code == 403
    assert log_in(cast.yunding, "team_lead").get(f"{ROOT}/tickets/{ticket}/").status_code == 404


def test_a_hold_with_its_proof_and_the_question_to_legal(late, log_in):
    client = log_in(late, "team_lead")
    with late.open():
        case = ladder.case(late).pk
    said = {"kind": "GUARDIAN", "from_on": "2026-02-03", "reason": "无民事行为能力"}
    refused = post(client, f"/cases/{case}/holds/", **said)
    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["proof"])
    proof = SimpleUploadedFile("p.pdf", b"%PDF-1.7")
    made = client.post(f"{ROOT}/cases/{case}/holds/", {**said, "proof": proof})
    assert made.status_code == 201, made.content
    hold = made.json()["hold"]
    assert post(client, f"/holds/{hold}/release/", reason="已知").status_code == 422
    named = post(client, f"/holds/{hold}/release/", reason="已知", representative="李梅，监护人")
    assert named.status_code == 204
    made = post(client, f"/cases/{case}/holds/", kind="NO_CONTACT", from_on="2026-02-03", reason="投诉")
    asked = post(client, f"/holds/{made.json()['hold']}/end-request/", reason="已道歉")
    assert asked.status_code == 201
    decided = post(
        log_in(late, "legal"), f"/approvals/{asked.json()['approval']}/decision/", approve=True, reason="属实"
    )
    assert decided.status_code == 200, decided.content
    with late.open():
        assert Approval.objects.get(kind="hold.end_no_contact").decision == "APPROVED"
        assert Hold.objects.get(kind="NO_CONTACT").released_on == on(3)
