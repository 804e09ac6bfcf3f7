"""Rounds over the API: plan, look, enter what happened once, and every entry that cannot be."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from arrears.cases.models import Visit
from arrears.team.models import Entry, Stop
from tenancy.people.models import AuditEntry
from tests import ladder
from tests.ladder import at, on
from tests.rounds import DAY, PNG, plan, tasks, visits_due

API = "/api/v1"


@pytest.fixture
def due(cast, monkeypatch):
    from tenancy.kernel import clock

    with cast.jinxiu.open():
        visits_due(cast.jinxiu)
    monkeypatch.setattr(clock, "now", lambda: at(on(DAY)))
    monkeypatch.setattr(clock, "today", lambda: on(DAY))
    return cast.jinxiu


@pytest.fixture
def stop(due):
    with due.open():
        made = plan(due)
        return Stop.objects.filter(round_id=made.round_id).earliest("position")


def post(client, url, body):
    return client.post(f"{API}{url}", body, content_type="application/json")


def visit(stop, **more):
    return {
        "key": str(uuid4()), "stop": stop.pk, "kind": "VISIT", "came_at": at(on(DAY), 15).isoformat(),
        "left_at": at(on(DAY), 15, 10).isoformat(), "result": "NOBODY_HOME", **more,
    }  # fmt: skip


def test_a_round_is_planned_and_read(due, log_in):
    client = log_in(due, "team_lead")
    with due.open():
        body = {"on": on(DAY).isoformat(), "main": due.people["collector"].pk, "tasks": tasks()}
    made = post(client, "/rounds/", body)
    assert made.status_code == 201
    assert made.json()["doors"] == 3
    found = client.get(f"{API}/rounds/?state=OPEN").json()
    assert found["count"] == 1
    detail = client.get(f"{API}/rounds/{made.json()['round']}/").json()
    assert [(stop["unit_code"], stop["overdue"], stop["state"]) for stop in detail["stops"]] == [
        ("3-1-1602", "210.02", "OPEN"),
        ("3-1-1702", "283.18", "OPEN"),
        ("3-2-201", "226.78", "OPEN"),
    ]
    again = post(client, "/rounds/", body)
    assert (again.status_code, again.json()["code"]) == (409, "team.nothing_to_walk")


def test_an_entry_is_taken_once_with_its_pictures(due, stop, log_in):
    client = log_in(due, "collector")
    url = f"{API}/walks/{stop.round_id}/entries/"
    body = visit(stop, signer="OWNER", signer_name="张三")

    def sent():
        return client.post(url, {**body, "signature": SimpleUploadedFile("s.png", PNG)})

    first, second = sent(), sent()
    assert (first.status_code, second.status_code) == (201, 200)
    assert (first.json()["entry"], second.json()) == (
        second.json()["entry"],
        {"entry": first.json()["entry"], "again": True, "missing": ""},
    )
    with due.open():
        assert Visit.objects.get().signature_id is not None
    entries = client.get(f"{API}/rounds/{stop.round_id}/entries/").json()["results"]
    assert [(row["kind"], row["signer_name"]) for row in entries] == [("VISIT", "张三")]


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"came_at": "2026-03-04T21:00:00+08:00"}, 422),
        ({"came_at": "2026-03-04T07:00:00+08:00"}, 422),
        ({"came_at": "yesterday"}, 422),
        ({"left_at": "2026-03-04T14:00:00+08:00"}, 422),
        ({"result": "SIGNED"}, 422),
        ({"result": "MET_PROMISED"}, 422),
        ({"result": "MET_PROMISED", "promised_on": "2026-03-01"}, 422),
        ({"key": "x"}, 422),
        ({"stop": 2**62}, 404),
        ({"stop": 2**80}, 422),
        ({"feedback": "长" * 501}, 422),
        ({"latitude": "91"}, 422),
        ({"kind": "DELIVERY"}, 422),
        ({"kind": "SKIP"}, 422),
        ({"kind": "PARTY"}, 422),
        ({"second_person": ["a"]}, 422),
    ],
)
def test_an_entry_that_cannot_be_is_refused_and_nothing_is_done(due, stop, log_in, wrong, status):
    answer = post(log_in(due, "collector"), f"/walks/{stop.round_id}/entries/", visit(stop) | wrong)
    assert answer.status_code == status, answer.content
    with due.open():
        assert not Entry.objects.exists()
        assert not Visit.objects.exists()


def test_a_picture_that_is_none_is_refused(due, stop, log_in):
    body = visit(stop, signer="OWNER", signer_name="张三") | {"signature": SimpleUploadedFile("s.png", b"MZ")}
    answer = log_in(due, "collector").post(f"{API}/walks/{stop.round_id}/entries/", body)
    assert (answer.status_code, answer.json()["code"]) == (422, "file.not_accepted")


def test_what_was_refused_leaves_a_line_in_the_audit_trail(due, stop, log_in):
    late = visit(stop, came_at="2026-03-04T08:30:00+08:00", left_at=None)
    answer = post(log_in(due, "collector"), f"/walks/{stop.round_id}/entries/", late)
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "team.entry_refused"
    with due.open():
        entry = AuditEntry.objects.get(action="round.entry_refused")
    assert entry.detail["unit"] == "3-1-1602"


def test_who_does_not_walk_it_is_refused_and_a_stop_of_another_round_is_not_there(due, stop, log_in):
    answer = post(log_in(due, "team_lead"), f"/walks/{stop.round_id}/entries/", visit(stop))
    assert (answer.status_code, answer.json()["code"]) == (403, "team.not_your_round")
    with due.open("team_lead"):
        from arrears.team.services import close_round

        close_round(round_id=stop.round_id, at=at(on(DAY), 9))
        other = plan(due).round_id
    assert post(log_in(due, "collector"), f"/walks/{other}/entries/", visit(stop)).status_code == 404


def test_a_round_is_closed_called_off_and_a_door_left_out(due, stop, log_in):
    client = log_in(due, "team_lead")
    assert post(client, f"/round-stops/{stop.pk}/drop/", {}).status_code == 204
    assert post(client, f"/rounds/{stop.round_id}/call-off/", {"reason": "雨"}).status_code == 204
    assert post(client, f"/rounds/{stop.round_id}/close/", {}).json()["code"] == "team.round_over"
    gone = post(log_in(due, "collector"), f"/walks/{stop.round_id}/entries/", visit(stop))
    assert gone.json()["code"] == "team.round_over"


def test_my_rounds_and_a_visit_at_work(due, stop, log_in):
    client = log_in(due, "collector")
    assert client.get(f"{API}/walks/").json()["count"] == 1
    assert client.get(f"{API}/walks/{stop.round_id}/").json()["doors"][0]["party_name"] == "张三"
    with due.open():
        case_id = ladder.case(due).pk
    made = post(client, f"/cases/{case_id}/workplace-visits/", {"address": "科技园", "reason": "约在单位"})
    assert made.status_code == 201
    assert (
        post(
            client, f"/cases/{case_id}/workplace-visits/", {"address": "科技园", "reason": "约在单位"}
        ).status_code
        == 409
    )
