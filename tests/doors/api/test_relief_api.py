"""Applications as JSON: asked for with proof, decided, signed; outsiders and wrong roles are turned away."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from arrears.relief.models import Proof
from tenancy.kernel import clock
from tests.money import owe
from values.period import month_end

BASE = "/api/v1"
PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def owing(cast):
    with cast.jinxiu.open():
        owe(cast.jinxiu, 252_024, clock.today() - timedelta(60))
    return cast.jinxiu


def door(company):
    return f"{BASE}/accounts/{company.accounts['3-1-1602'].pk}/applications/"


def asked(**changes):
    return {
        "kind": "INSTALMENT", "reason_code": "HARDSHIP", "statement": "住院", "parts": 3,
        "first_on": month_end(clock.today()).isoformat(),
        "proofs": SimpleUploadedFile("证明.pdf", PDF, "application/pdf"),
    } | changes  # fmt: skip


def test_a_plan_from_the_preview_to_its_instalments(owing, log_in):
    desk, today = log_in(owing, "collector"), clock.today()
    seen = desk.get(f"{door(owing)}preview/", {"parts": 3, "first_on": month_end(today).isoformat()}).json()
    assert (seen["refused"], len(seen["parts"])) == ("", 3)
    assert desk.get(f"{door(owing)}preview/", {"parts": 3, "first_on": "2020-01-01"}).json()["refused"]
    made = desk.post(door(owing), asked())
    assert made.status_code == 201, made.content
    card = made.json()
    assert card["application"]["state"] == "ASKED"
    assert card["proofs"][0]["name"] == "证明.pdf"
    assert desk.post(door(owing), asked()).status_code == 409
    form, seen = f"{BASE}/applications/{card['application']['id']}/signed-form/", {"file_id": 0}
    assert desk.post(form, seen, content_type="application/json").status_code == 403
    lead = log_in(owing, "team_lead")
    assert lead.post(form, seen, content_type="application/json").status_code == 422
    with owing.open():
        seen["file_id"] = Proof.objects.get().file_id
    assert lead.post(form, seen, content_type="application/json").status_code == 200
    for role in ("team_lead", "project_manager"):
        link = desk.get(f"{BASE}/applications/{card['application']['id']}/").json()["chain"][-1]
        decided = log_in(owing, role).post(
            f"{BASE}/approvals/{link['approval']}/decision/",
            {"approve": True, "reason": "属实"},
            content_type="application/json",
        )
        assert decided.status_code == 200, decided.content
    one = f"{BASE}/applications/{card['application']['id']}/"
    day = {"sign_on": today.isoformat()}
    assert desk.post(f"{one}agreement/", day, content_type="application/json").status_code == 201
    signed = desk.post(
        f"{one}signature/",
        {
            "signed_on": today.isoformat(),
            "signer_name": "张三",
            "scan": SimpleUploadedFile("协议.pdf", PDF, "application/pdf"),
        },
    )
    assert signed.status_code == 201, signed.content
    plan = signed.json()["plan"]
    assert [part["state"] for part in plan["parts"]] == ["UPCOMING"] * 3
    assert plan["paid"] == "0.00"
    assert [row["state"] for row in desk.get(f"{BASE}/applications/").json()["results"]] == ["RUNNING"]
    assert len(desk.get(door(owing)).json()["results"]) == 1


def test_what_is_missing_or_wrong_is_named(owing, log_in):
    desk = log_in(owing, "collector")
    assert desk.post(door(owing), asked(proofs=[])).json()["code"] == "relief.application_refused"
    assert desk.post(door(owing), asked(reason_code="WHIM")).status_code == 422
    assert log_in(owing, "cashier").post(door(owing), asked()).status_code == 403


def test_it_is_taken_back_and_ended_by_those_who_may(owing, log_in, cast):
    desk = log_in(owing, "collector")
    pk = desk.post(door(owing), asked()).json()["application"]["id"]
    stranger = log_in(cast.yunding, "project_manager")
    for act, body in (
        ("withdraw", {}),
        ("release", {"reason": "x"}),
        ("agreement", {"sign_on": "2026-01-01"}),
    ):
        answer = stranger.post(f"{BASE}/applications/{pk}/{act}/", body, content_type="application/json")
        assert answer.status_code == 404
    assert desk.post(f"{BASE}/applications/{pk}/release/").status_code == 403
    answer = desk.post(f"{BASE}/applications/{pk}/withdraw/")
    assert answer.json()["application"]["state"] == "WITHDRAWN"
