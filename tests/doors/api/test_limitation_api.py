"""Limitation and bundles over the API."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tenancy.kernel import clock
from tests.clocks import demand, hand_over, open_case
from tests.firms import firm
from tests.money import owe

API = "/api/v1"
TODAY = date(2026, 3, 1)


@pytest.fixture
def near(cast, monkeypatch):
    """A charge of 3-1-1602 that expires in 30 days, and one that has expired."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 3, 1, 2, 0, tzinfo=UTC))
    company = cast.jinxiu
    with company.open():
        charge = owe(company, 100_000, date(2023, 3, 31))
        gone = owe(company, 50_000, date(2022, 12, 31))
        hand_over(demand(company, [gone], date(2026, 2, 1)), date(2026, 2, 1))
        return company, open_case(company, date(2026, 1, 1)).pk, charge.pk, gone.pk


def post(client, path, body):
    return client.post(f"{API}{path}", body, content_type="application/json")


def test_the_list_and_the_clocks_say_why(near, log_in):
    company, case_id, charge_id, gone_id = near
    client = log_in(company, "legal")
    (row,) = client.get(f"{API}/limitation/").json()["results"]
    assert (row["unpaid"], row["days_left"], row["next_step"]) == ("1000.00", 30, "limitation.file")
    (gone,) = client.get(f"{API}/limitation/?within=0").json()["results"]
    assert gone["next_step"] == "limitation.decide"
    found = {one["charge"]: one for one in client.get(f"{API}/cases/{case_id}/clocks/").json()}
    assert (found[charge_id]["status"], found[charge_id]["last_on"]) == ("RUNNING", "2026-03-31")
    assert (found[gone_id]["status"], found[gone_id]["barred"]) == ("EXPIRED", True)
    (event,) = found[gone_id]["events"]
    assert (event["counts"], event["why"]["code"]) == (False, "clock_after_expiry")


def test_a_proof_without_its_file_is_refused_with_its_code(near, log_in):
    company, case_id, charge_id, _gone = near
    body = {
        "charges": [charge_id], "on": "2026-02-20", "proof": "MEDIATION_REQUEST", "arrived": True, "evidence": "调解委员会",
    }  # fmt: skip
    answer = post(log_in(company, "legal"), f"/cases/{case_id}/clock-proofs/", body)
    assert answer.status_code == 422
    assert answer.json()["code"] == "cases.proof_refused"
    assert post(log_in(company, "collector"), f"/cases/{case_id}/clock-proofs/", body).status_code == 403


def test_a_demand_and_a_decision_over_the_api(near, log_in):
    company, case_id, charge_id, gone_id = near
    client = log_in(company, "legal")
    assert post(client, f"/cases/{case_id}/ems-demand/", {}).status_code == 201
    said = {"charges": [gone_id], "decision": "CLAIM", "reason": "未提出时效抗辩"}
    assert post(client, f"/cases/{case_id}/limitation-decisions/", said).json() == {"decided": 1}
    running = {**said, "charges": [charge_id]}
    assert post(client, f"/cases/{case_id}/limitation-decisions/", running).status_code == 422
    (row,) = client.get(f"{API}/limitation/?within=0").json()["results"]
    assert row["next_step"] == "limitation.claim"


def test_a_bundle_is_asked_for_and_described(near, log_in):
    company, case_id, _charge, _gone = near
    client = log_in(company, "legal")
    said = {"audience": "COURT", "purpose": "起诉", "expires_on": "2026-03-31"}
    asked = post(client, f"/cases/{case_id}/bundles/", said)
    assert asked.status_code == 202
    bundle = asked.json()["bundle"]
    assert client.get(f"{API}/bundles/{bundle}/").json()["job"] == asked.json()["job"]
    (listed,) = client.get(f"{API}/cases/{case_id}/bundles/").json()
    assert (listed["bundle"], listed["made_at"]) == (bundle, None)
    assert client.get(f"{API}/bundles/{bundle}/pdf/").status_code == 409
    refused = post(client, f"/cases/{case_id}/bundles/", said | {"audience": "LAW_FIRM"})
    assert refused.json()["code"] == "legal.bundle_refused"
    theirs = said | {"audience": "LAW_FIRM", "firm": firm(company, agreed=None).pk}
    shut = post(client, f"/cases/{case_id}/bundles/", theirs)
    assert (shut.status_code, shut.json()["code"]) == (409, "legal.no_agreement")
    agreed = said | {"audience": "LAW_FIRM", "firm": firm(company, "他所").pk}
    copy = post(client, f"/cases/{case_id}/bundles/", agreed).json()["bundle"]
    told = client.get(f"{API}/bundles/{copy}/").json()
    assert (told["recipient"], told["firm"]) == ("他所", agreed["firm"])
    assert told["agreement"]
    assert log_in(company, "collector").get(f"{API}/bundles/{bundle}/").status_code == 403
