"""The month run on the screen and over the API: its steps, its differences, the second look."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from billing.charges.models import Contract, TariffVersion
from billing.charges.services import issue_bills
from tenancy.people.models import Approval
from values.period import Period

FEBRUARY = "2026-02"


def ask(company, **more):
    return {"community": company.community.pk, "month": FEBRUARY, "issued_on": "2026-02-05"} | more


@pytest.fixture
def billed(cast):
    with cast.jinxiu.open():
        issue_bills(
            community_id=cast.jinxiu.community.pk, period=Period.month(2026, 1), issued_on=date(2026, 1, 5)
        )
        TariffVersion.objects.create(
            tariff=cast.jinxiu.tariffs["property"], from_on=date(2026, 2, 1), rate_micro=2_450_000
        )
    return cast.jinxiu


@pytest.fixture
def finance(billed, log_in):
    client = log_in(billed, "finance")
    client.post("/language/", {"language": "en"})
    return client


def text(answer, status=200):
    assert answer.status_code == status
    return answer.content.decode()


def test_the_steps_stand_above_the_preview(billed, finance):
    shown = text(finance.get("/runs/", ask(billed)))
    assert shown.index('class="step-DONE"') < shown.index('id="run-preview"')
    assert 'class="step-NEXT" aria-current="step"' in shown
    assert "3 units pay another amount than before." in shown
    assert "Another price" in shown
    assert "no rule asks for it" in shown.lower()


def test_a_month_that_cannot_be_previewed_says_what_is_missing(billed, finance):
    with billed.open():
        Contract.objects.all().delete()
    shown = text(finance.get("/runs/", ask(billed)), 422)
    assert 'class="step-MISSING"' in shown
    assert "Missing: a service contract for this month." in shown


def test_every_difference_is_listed_with_its_reason(billed, finance):
    page = finance.get("/runs/changes/", ask(billed))
    assert "3-1-1702" in text(page)
    assert [row.unit_code for row in finance.get("/runs/changes/", ask(billed, reason="price")).context["page"]] == [
        "3-1-1702", "3-2-201", "3-1-1602",
    ]  # fmt: skip
    assert len(finance.get("/runs/changes/", ask(billed, reason="castle")).context["page"].object_list) == 3
    assert text(finance.get("/runs/changes/"))


@pytest.mark.parametrize("wrong", [{"month": "soon"}, {"community": "x"}, {"issued_on": "0"}])
def test_what_cannot_be_read_is_said_beside_its_field(billed, finance, wrong):
    for path in ("/runs/changes/", "/runs/"):
        assert 'role="alert"' in text(finance.get(path, ask(billed, **wrong)), 422)
    assert 'role="alert"' in text(finance.post("/runs/release/", ask(billed, **wrong)), 422)


def test_a_second_look_is_asked_for_decided_and_then_the_button_is_back(billed, finance, log_in):
    answer = finance.post("/runs/release/", ask(billed))
    assert answer.status_code == 302
    shown = text(finance.get(answer["Location"]))
    assert "Waits for the answer" in shown
    assert 'id="run-issue">The button comes back' in shown
    assert text(finance.post("/runs/", ask(billed)), 422)
    assert text(finance.post("/runs/release/", ask(billed)), 422)
    manager = log_in(billed, "project_manager")
    with billed.open():
        approval = Approval.objects.get(kind="bill_run")
    request = reverse("cases:approval", args=[approval.pk])
    assert "锦绣花园" in text(manager.get(request))
    assert "¥1,050.62" in text(manager.get(request))
    assert manager.post(request, {"decision": "reject", "reason": ""}).status_code == 422
    assert manager.post(request, {"decision": "approve", "reason": ""}).status_code == 302
    assert "Issue the bills" in text(finance.get("/runs/", ask(billed)))


def test_a_collector_asks_for_nothing(billed, log_in):
    client = log_in(billed, "collector")
    assert client.get("/runs/changes/", ask(billed)).status_code == 403
    assert client.post("/runs/release/", ask(billed)).status_code == 403
    assert client.get("/api/v1/runs/month/", ask(billed)).status_code == 403


def test_another_companys_month_is_not_there(cast, billed, log_in):
    outsider = log_in(cast.yunding, "finance")
    assert outsider.get("/runs/changes/", ask(billed)).status_code == 422
    assert outsider.post("/runs/release/", ask(billed)).status_code == 422
    assert outsider.get("/api/v1/runs/month/", ask(billed)).status_code == 404
    assert (
        outsider.post("/api/v1/runs/release/", ask(billed), content_type="application/json").status_code
        == 404
    )


def test_a_program_reads_the_steps_and_asks(billed, finance):
    told = finance.get("/api/v1/runs/month/", ask(billed)).json()
    assert [step["state"] for step in told["steps"]] == [
        "DONE",
        "DONE",
        "DONE",
        "OPTIONAL",
        "NEXT",
        "LATER",
        "LATER",
    ]
    assert (told["run"], told["approval"]) == (None, None)
    asked = finance.post("/api/v1/runs/release/", ask(billed), content_type="application/json")
    assert asked.status_code == 201
    assert finance.get("/api/v1/runs/month/", ask(billed)).json()["approval"] == asked.json()["approval"]
    assert (
        finance.post("/api/v1/runs/release/", ask(billed), content_type="application/json").status_code == 409
    )
    assert finance.get("/api/v1/runs/month/", {"community": "x"}).status_code == 422
