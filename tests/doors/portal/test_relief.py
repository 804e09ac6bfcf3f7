"""Time to pay on the phone: the schedule first, proof with it, the state, the plan with what is next."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from arrears.cases.models import ClockEvent
from arrears.relief.models import Application
from tenancy.kernel import clock
from tests.doors.portal.test_money import LI, ZHANG
from tests.money import owe
from tests.relief import decide, grant, sign
from values.period import month_end

ROOT = "/api/portal/v1"
PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def owing(cast):
    with cast.jinxiu.open():
        owe(cast.jinxiu, 252_024, clock.today() - timedelta(60))
    return cast.jinxiu


@pytest.fixture
def zhang(owing, phone):
    return phone(ZHANG).log_in()


def door(company):
    return f"units/{company.units['3-1-1602'].pk}/relief/"


def post(phone, path, **body):
    return phone.client.post(f"{ROOT}/{path}", body, **phone._key())


def asked(**changes):
    return {
        "kind": "INSTALMENT", "reason_code": "HARDSHIP", "statement": "住院", "parts": 3,
        "first_on": month_end(clock.today()).isoformat(),
        "proofs": [SimpleUploadedFile("证明.pdf", PDF, "application/pdf")],
    } | changes  # fmt: skip


def test_from_the_schedule_to_the_next_instalment(owing, zhang):
    offered = zhang.get(door(owing)).json()
    assert offered["may_ask"] == ["DEFERRAL", "INSTALMENT", "HARDSHIP"]
    day = month_end(clock.today()).isoformat()
    seen = zhang.get(f"{door(owing)}preview/?parts=3&first_on={day}").json()
    assert seen["total"] == offered["amount"]
    assert len(seen["parts"]) == 3
    made = post(zhang, door(owing), **asked())
    assert made.status_code == 201, made.content
    pk = made.json()["id"]
    assert zhang.get(door(owing)).json()["may_ask"] == ["HARDSHIP"]
    waiting = zhang.get(f"applications/{pk}/").json()
    assert (waiting["application"]["state"], waiting["proofs"]) == ("ASKED", ["证明.pdf"])
    with owing.open():
        assert Application.objects.get().by_owner
        assert ClockEvent.objects.get().source == f"application:{pk}", "he asked himself"
    with owing.open():
        grant(owing, pk, clock.today())
        sign(owing, pk, clock.today())
    plan = zhang.get(f"applications/{pk}/").json()["plan"]
    assert plan["next"] == plan["parts"][0]["amount"] == seen["parts"][0]["amount"]
    assert plan["next_due_on"] == day
    running = zhang.get(door(owing)).json()
    assert (running["amount"], running["next"], running["next_due_on"]) == ("0.00", plan["next"], day)
    assert running["may_ask"] == ["HARDSHIP"]


def test_a_rejection_is_answered_with_its_reason(owing, zhang):
    pk = post(zhang, door(owing), **asked()).json()["id"]
    with owing.open():
        decide(owing, "team_lead", pk, clock.today(), approve=False, reason="请补充收入证明")
    answer = zhang.get(f"applications/{pk}/").json()
    assert (answer["application"]["state"], answer["answer"]) == ("REJECTED", "请补充收入证明")


def test_without_proof_nothing_is_asked_and_what_was_asked_is_taken_back(owing, zhang):
    assert post(zhang, door(owing), **asked(proofs=[])).status_code == 422
    pk = post(zhang, door(owing), **asked()).json()["id"]
    assert zhang.post(f"applications/{pk}/withdraw/").json()["application"]["state"] == "WITHDRAWN"


def test_a_neighbour_sees_and_asks_nothing(owing, zhang, phone):
    pk = post(zhang, door(owing), **asked()).json()["id"]
    li = phone(LI).log_in()
    assert li.get(door(owing)).status_code == 404
    assert li.get(f"applications/{pk}/").status_code == 404
    assert li.post(f"applications/{pk}/withdraw/").status_code == 404
    assert post(li, door(owing), **asked()).status_code == 404
