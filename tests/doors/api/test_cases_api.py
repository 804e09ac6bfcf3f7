"""Collection over the API: lists, logging, holds, decisions, the ladder, the court."""

from __future__ import annotations

import pytest

from arrears.cases.models import Call, Dial, Hold, Ladder, Visit
from owners.models import Contact
from tenancy.kernel import clock
from tenancy.people.models import AuditEntry
from tests import ladder
from tests.ladder import at, call, document, hand_over, on, walk, walk_and_send
from tests.money import pay

API = "/api/v1"


@pytest.fixture
def now(monkeypatch):
    """now(D) sets the clock of the doors to that day at four in the afternoon."""

    def set_to(days: int, hour: int = 16):
        moment = at(on(days), hour)
        monkeypatch.setattr(clock, "now", lambda: moment)
        monkeypatch.setattr(clock, "today", lambda: on(days))

    return set_to


@pytest.fixture
def late(cast, now):
    """锦绣 on D3: calls are due."""
    with cast.jinxiu.open():
        ladder.bill(cast.jinxiu)
        walk_and_send(1)
        walk_and_send(2)
    ladder.look(cast.jinxiu, at(on(3), 9))
    now(3)
    return cast.jinxiu


@pytest.fixture
def case(late):
    with late.open():
        return ladder.case(late).pk


@pytest.fixture
def asking(late, now):
    """D61: the second demand waits for the project manager."""
    call(late, at(on(3)))
    with late.open():
        walk(16)
        hand_over(document(late, "DEMAND").pk, on(16))
        walk(32)
        ladder.visit(late, on(32))
        walk(61)
    now(61)
    return late


def post(client, url, **body):
    return client.post(f"{API}{url}", body, content_type="application/json")


def get(client, url):
    return client.get(f"{API}{url}").json()


def test_the_call_list_says_whom_how_much_and_why(late, log_in, case):
    found = get(log_in(late, "collector"), "/calls/")
    assert found["count"] == 3, "the developer, whom no number reaches, is to be visited"
    line = next(row for row in found["results"] if row["case"] == case)
    assert (line["unit_code"], line["overdue"], line["days_late"], line["kind"]) == (
        "3-1-1602",
        "210.02",
        3,
        "CALL",
    )
    assert line["because"]["code"] == "days_overdue"
    assert line["because"]["params"] == {"rung": "CALL", "days": 2}
    assert get(log_in(late, "collector"), f"/calls/?collector={late.people['auditor'].pk}")["count"] == 0


def test_cases_are_found_and_told_in_full(late, log_in, case):
    client = log_in(late, "auditor")
    assert [row["case"] for row in get(client, "/cases/?text=31602&rung=CALL")["results"]] == [case]
    assert get(client, "/cases/?rung=DEMAND")["count"] == 0
    assert client.get(f"{API}/cases/?rung=MOON").status_code == 422
    told = get(client, f"/cases/{case}/")
    assert (told["overdue"], told["months"], told["line"]["rung"]) == ("210.02", 1, "CALL")
    assert [task["kind"] for task in told["tasks"]] == ["CALL"]
    kinds = [
        (row["kind"], row["code"], row["event"]) for row in get(client, f"/cases/{case}/timeline/")["results"]
    ]
    assert kinds == [("STEP", "CALL", "DUE"), ("STEP", "REMINDER", "TAKEN"), ("STEP", "REMINDER", "DUE")]
    unit = late.units["3-1-1602"].pk
    told = [row["kind"] for row in get(client, f"/units/{unit}/timeline/")["results"]]
    assert sorted(told) == ["DELIVERY", "NOTICE", "OWNER", "STEP", "STEP", "STEP"]


def test_the_gate_names_the_number_or_the_next_moment(late, log_in, case, now):
    client = log_in(late, "collector")
    gate = get(client, f"/cases/{case}/call-gate/")
    assert (gate["allowed"], gate["paid"], gate["contact"]["kind"]) == (True, False, "LANDLINE")
    now(3, 13)
    gate = get(client, f"/cases/{case}/call-gate/")
    assert (gate["allowed"], gate["because"]["code"]) == (False, "outside_call_window")
    assert gate["next_at"].startswith("2026-02-03T15:00")


def test_a_call_is_logged_and_a_paid_debt_is_not_called_about(late, log_in, case):
    client = log_in(late, "collector")
    made = post(
        client, f"/cases/{case}/calls/", outcome="CONNECTED_PROMISED", promised_on="2026-02-10", feedback="好"
    )
    assert made.status_code == 201
    assert (made.json()["case_class"], made.json()["promise_refused"]) == ("A_PROMISED", None)
    with late.open():
        assert Call.objects.get().feedback == "好"
    with late.open("cashier"):
        pay(late, 21002, paid_on=on(3), posted_on=on(3), at=at(on(3)))
    refused = post(client, f"/cases/{case}/calls/", outcome="NO_ANSWER")
    assert (refused.status_code, refused.json()["code"]) == (409, "cases.just_paid")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"outcome": "CONNECTED_PROMISED"}, "cases.promise_refused"),
        ({"outcome": "SANG"}, "invalid"),
        ({}, "invalid"),
        ({"outcome": "NO_ANSWER", "reason_code": "X"}, "invalid"),
        ({"outcome": "NO_ANSWER", "next_on": "9999-12-31"}, "invalid"),
        ({"outcome": "CONNECTED_PROMISED", "promised_on": "9999-12-31"}, "invalid"),
    ],
)
def test_a_wrong_call_is_a_problem_and_nothing_is_written(late, log_in, case, body, code):
    refused = post(log_in(late, "collector"), f"/cases/{case}/calls/", **body)
    assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert refused["Content-Type"] == "application/problem+json"
    with late.open():
        assert Call.objects.count() == 0


def test_a_number_is_told_to_who_may_know_it(late, log_in, case):
    with late.open():
        own = Contact.objects.get(party=late.parties["张三"], kind="MOBILE").pk
        other = Contact.objects.get(party=late.parties["李四"]).pk
    client = log_in(late, "collector")
    assert post(client, f"/cases/{case}/numbers/{own}/").json() == {"number": "13800138000"}
    with late.open():
        assert Dial.objects.get().contact_id == own, "as if the telephone was taken up"
    assert post(client, f"/cases/{case}/numbers/{other}/").status_code == 404
    assert post(log_in(late, "cashier"), f"/cases/{case}/numbers/{own}/").status_code == 403


def test_a_number_is_not_told_when_nobody_may_ring_it(late, log_in, case, now, monkeypatch):
    """At night, and while a hold keeps everybody silent: the same answer as the telephone gives."""
    with late.open():
        own = Contact.objects.get(party=late.parties["张三"], kind="MOBILE").pk
    monkeypatch.setattr(clock, "now", lambda: at(on(3), 21))
    refused = post(log_in(late, "collector"), f"/cases/{case}/numbers/{own}/")
    assert (refused.status_code, refused.json()["code"]) == (422, "cases.call_refused")
    with late.open():
        assert not AuditEntry.objects.filter(action="contact.revealed").exists()


def test_a_visit_is_logged(asking, log_in):
    with asking.open():
        case = ladder.case(asking).pk
    client = log_in(asking, "collector")
    assert "PM_VISIT" in {row["kind"] for row in get(client, "/visits/")["results"] if row["case"] == case}
    made = post(client, f"/cases/{case}/visits/", on="2026-04-02", result="MET_UNDECIDED", by_manager=True)
    assert made.status_code == 201
    with asking.open():
        assert Visit.objects.get(pk=made.json()["visit"]).by_manager is True
    wrong = post(client, f"/cases/{case}/visits/", on="2027-04-02", result="MET_UNDECIDED")
    assert (wrong.status_code, list(wrong.json()["errors"])) == (422, ["on"])


def test_a_hold_is_set_and_released(late, log_in, case):
    client = log_in(late, "team_lead")
    made = post(client, f"/cases/{case}/holds/", kind="DISPUTE", from_on="2026-02-03", reason="漏水")
    assert made.status_code == 201
    assert get(client, f"/cases/{case}/")["holds"][0]["reason"] == "漏水"
    assert post(client, f"/holds/{made.json()['hold']}/release/", reason="已修好").status_code == 204
    with late.open():
        assert Hold.objects.get().released_on == on(3)
    assert post(client, f"/holds/{made.json()['hold']}/release/", reason="已修好").status_code == 409


def test_a_request_is_read_by_many_and_decided_by_its_role(asking, log_in):
    client = log_in(asking, "project_manager")
    (card,) = get(client, "/approvals/")["results"]
    assert (card["kind"], card["role"], card["mine"]) == ("ladder.SECOND_DEMAND", "project_manager", True)
    assert card["case"]["overdue"] == "210.02"
    url = f"/approvals/{card['approval']}/"
    assert get(log_in(asking, "auditor"), url)["mine"] is False
    assert post(log_in(asking, "auditor"), f"{url}decision/", approve=True, reason="属实").status_code == 403
    wrong = post(log_in(asking, "branch_gm"), f"{url}decision/", approve=True, reason="属实")
    assert (wrong.status_code, wrong.json()["code"]) == (403, "approval.not_your_part")
    bare = post(client, f"{url}decision/", approve=False)
    assert (bare.status_code, list(bare.json()["errors"])) == (422, ["reason"])
    decided = post(client, f"{url}decision/", approve=True, reason="属实")
    assert (decided.status_code, decided.json()["decision"]) == (200, "APPROVED")
    again = post(client, f"{url}decision/", approve=True, reason="属实")
    assert (again.status_code, again.json()["code"]) == (409, "approval.already_decided")
    assert get(client, "/approvals/?decided=true")["count"] == 1


def test_a_request_is_asked_about_and_answered(asking, log_in):
    manager, lead = log_in(asking, "project_manager"), log_in(asking, "team_lead")
    (card,) = get(manager, "/approvals/")["results"]
    url = f"/approvals/{card['approval']}/remarks/"
    early = post(lead, url, text="没人问")
    assert (early.status_code, early.json()["code"]) == (409, "approval.nothing_asked")
    bare = post(manager, url, text="")
    assert (bare.status_code, list(bare.json()["errors"])) == (422, ["text"])
    asked = post(manager, url, text="有无异议？")
    assert (asked.status_code, [one["is_question"] for one in asked.json()["remarks"]]) == (201, [True])
    assert get(lead, "/reports/today/")["questions"] == 1
    answered = post(lead, url, text="没有。").json()["remarks"]
    assert [(one["text"], one["is_question"]) for one in answered] == [
        ("有无异议？", True),
        ("没有。", False),
    ]
    assert post(log_in(asking, "auditor"), url, text="？").status_code == 403


def test_the_ladder_gets_a_new_version(late, log_in):
    body = {
        "name": "2026",
        "active_from": "2026-03-01",
        "rungs": [{"level": 3, "min_days": 20, "period_days": 15}],
    }
    assert post(log_in(late, "collector"), "/ladders/", **body).status_code == 403
    client = log_in(late, "company_admin")
    made = post(client, "/ladders/", **body)
    assert made.status_code == 201
    told = get(client, f"/ladders/{made.json()['ladder']}/")
    assert [rung["min_days"] for rung in told["rungs"]][:4] == [1, 2, 20, 31]
    with late.open():
        before = Ladder.objects.count()
    wrong = post(client, "/ladders/", **body | {"rungs": [{"level": 3, "min_days": 1, "period_days": 15}]})
    assert (wrong.status_code, list(wrong.json()["errors"])) == (422, ["min_days_3"])
    with late.open():
        assert Ladder.objects.count() == before


def test_the_court_doors_are_legals(cast, late, log_in, case):
    filed = {"court": "西湖区法院", "filed_on": "2026-02-03"}
    assert get(log_in(late, "legal"), "/court-papers/")["count"] == 0
    assert get(log_in(late, "auditor"), "/filings/")["count"] == 0
    refused = post(log_in(late, "legal"), f"/cases/{case}/filings/", **filed)
    assert (refused.status_code, refused.json()["code"]) == (409, "legal.not_to_be_filed")
    assert post(log_in(late, "project_manager"), f"/cases/{case}/filings/", **filed).status_code == 403
    assert post(log_in(cast.yunding, "legal"), f"/cases/{case}/filings/", **filed).status_code == 404


def test_the_other_company_finds_nothing(cast, late, log_in, case):
    client = log_in(cast.yunding, "collector")
    for url in (f"/cases/{case}/", f"/cases/{case}/timeline/", f"/cases/{case}/call-gate/"):
        assert client.get(f"{API}{url}").status_code == 404, url
    assert post(client, f"/cases/{case}/calls/", outcome="NO_ANSWER").status_code == 404
    assert post(client, f"/cases/{case}/visits/", on="2026-02-03", result="VACANT").status_code == 404
    assert get(client, "/calls/")["count"] == 0
    assert get(client, "/cases/")["count"] == 0
