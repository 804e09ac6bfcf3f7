"""The team over JSON: the fair split, leave, sheets, the record sheet and the weekly review."""

from __future__ import annotations

import pytest
from django.test import Client

from arrears.cases.models import Case
from arrears.cases.services import log_call, review_cases
from arrears.team import services
from arrears.team.models import Leave, WeekPack
from owners.models import Building
from tenancy.kernel import clock
from tenancy.people.models import Membership, User
from tests import ladder
from tests.ladder import at, on, walk_and_send

JSON = "application/json"


@pytest.fixture
def late(cast, monkeypatch):
    """D2 at four: 张三 was rung, the others not."""
    monkeypatch.setattr(clock, "now", lambda: at(on(2)))
    monkeypatch.setattr(clock, "today", lambda: on(2))
    company = cast.jinxiu
    with company.open():
        ladder.bill(company)
        walk_and_send(1)
        walk_and_send(2)
    with company.open("collector"):
        case = Case.objects.get(account=company.accounts["3-1-1602"])
        review_cases(case_ids=[case.pk], at=at(on(2), 9))
        log_call(case_id=case.pk, outcome="CONNECTED_UNDECIDED", at=at(on(2)), feedback="考虑一下")
    return company


@pytest.fixture
def another(late):
    user = User.objects.create_user("jinxiu-second", None, name="周敏")
    Membership.objects.create(tenant=late.tenant, user=user, roles=["collector"])
    return user


def lead(company, log_in) -> Client:
    return log_in(company, "team_lead")


def key_of(company):
    return f"RECORD-{company.community.pk}-{company.people['collector'].pk}-{on(2)}"


def test_a_fair_split_is_read_and_then_asked_for_with_its_count(late, another, log_in):
    client = lead(late, log_in)
    plan = client.get("/api/v1/distribution/fair/").json()
    assert plan["count"] > 0
    assert plan["apart_then"]["points"] < plan["apart_now"]["points"]
    stale = client.post("/api/v1/distribution/fair/", {"count": plan["count"] + 1}, content_type=JSON)
    assert (stale.status_code, stale.json()["code"]) == (409, "team.plan_changed")
    done = client.post("/api/v1/distribution/fair/", {"count": plan["count"]}, content_type=JSON)
    assert done.json() == {"moved": plan["count"]}
    people = client.get("/api/v1/workload/").json()["results"]
    assert {row["name"] for row in people} == {"周敏", late.people["collector"].name}


def test_stewards_and_leaves(late, another, log_in):
    client = lead(late, log_in)
    with late.open():
        building = Building.objects.get()
    url = f"/api/v1/stewards/{building.pk}/"
    assert client.put(url, {"steward": another.pk}, content_type=JSON).status_code == 204
    (row,) = client.get("/api/v1/stewards/").json()["results"]
    assert row["steward_name"] == "周敏"
    said = {"user": another.pk, "from_on": str(on(3)), "to_on": str(on(5))}
    made = client.post("/api/v1/leaves/", said, content_type=JSON)
    assert made.status_code == 201
    assert client.get("/api/v1/leaves/").json()["results"][0]["state"] == "leave.AHEAD"
    assert client.post(f"/api/v1/leaves/{made.json()['id']}/cancel/").status_code == 204
    with late.open():
        assert Leave.objects.get().cancelled_at is not None


def test_a_sheet_is_read_returned_corrected_and_signed(late, log_in):
    client, collector = lead(late, log_in), log_in(late, "collector")
    (row,) = client.get("/api/v1/sheets/").json()["results"]
    assert (row["key"], row["state"], row["calls"]) == (key_of(late), "WAITING", 1)
    url = f"/api/v1/sheets/{key_of(late)}/"
    told = client.get(url).json()
    assert told["entries"][0]["said"] == "考虑一下"
    assert told["sampled"] == [told["entries"][0]["key"]]
    assert client.post(f"{url}return/", {"comment": "补充"}, content_type=JSON).status_code == 201
    fixed = {"entry": told["entries"][0]["key"], "text": "下周三"}
    assert collector.post(f"{url}correct/", fixed, content_type=JSON).status_code == 201
    stale = client.post(f"{url}sign/", {"digest": told["digest"]}, content_type=JSON)
    assert (stale.status_code, stale.json()["code"]) == (409, "team.not_to_sign")
    fresh = client.get(url).json()["digest"]
    assert client.post(f"{url}sign/", {"digest": fresh}, content_type=JSON).status_code == 201
    assert client.get(url).json()["is_as_signed"]


def test_nobody_signs_his_own_and_nobody_sees_anothers(late, another, log_in):
    Membership.objects.filter(user=late.people["collector"]).update(roles=["collector", "team_lead"])
    own = log_in(late, "collector").post(f"/api/v1/sheets/{key_of(late)}/sign/", {}, content_type=JSON)
    assert (own.status_code, own.json()["code"]) == (403, "team.not_yours")
    client = Client()
    client.force_login(another, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/api/v1/sheets/{key_of(late)}/").status_code == 404
    assert client.get("/api/v1/sheets/").json()["results"] == []


def test_another_company_finds_nothing(late, cast, log_in):
    other = log_in(cast.yunding, "team_lead")
    assert other.get(f"/api/v1/sheets/{key_of(late)}/").status_code == 404
    assert other.post(f"/api/v1/sheets/{key_of(late)}/sign/", {}, content_type=JSON).status_code == 404
    assert other.get("/api/v1/record/").json()["results"] == []


def test_the_record_sheet_page_by_page(late, log_in):
    found = log_in(late, "collector").get(f"/api/v1/record/?from_on={on(0)}&to_on={on(5)}").json()
    assert found["count"] == 4
    first = found["results"][0]
    assert (first["unit"], first["overdue"], first["caller"]) == (
        "3-1-1602",
        "210.02",
        late.people["collector"].name,
    )
    assert "13800138000" not in str(found)
    acted = log_in(late, "collector").get("/api/v1/record/?acted=true").json()
    assert acted["count"] == 1


def test_the_review_and_its_minutes(late, log_in):
    with late.open():
        services.make_packs(meeting_on=on(6), at=at(on(6), 15))
        pack = WeekPack.objects.get(community=late.community)
    client = lead(late, log_in)
    assert {row["community"] for row in client.get("/api/v1/reviews/").json()["results"]} == {
        late.community.pk,
        None,
    }
    url = f"/api/v1/reviews/{pack.pk}/"
    said = {"what": "补打电话", "who": late.people["collector"].pk, "until_on": str(on(13))}
    made = client.post(f"{url}decisions/", said, content_type=JSON)
    assert made.status_code == 201
    ended = client.post(f"{url}decisions/{made.json()['id']}/end/", {"note": "已完成"}, content_type=JSON)
    assert ended.status_code == 204
    told = client.get(url).json()
    assert told["figures"]["moved"]["opened"] == 4
    assert [(one["what"], one["state"]) for one in told["minutes"]] == [("补打电话", "action.DONE")]
    assert log_in(late, "collector").post(f"{url}decisions/", said, content_type=JSON).status_code == 403


def test_the_tick_before_the_first_call(late, log_in):
    with late.open():
        ids = list(Case.objects.values_list("pk", flat=True))
    client = log_in(late, "collector")
    assert client.post("/api/v1/cases/review/", {"cases": ids}, content_type=JSON).json() == {
        "reviewed": 3
    }, "one was looked at before its call"
    assert client.post("/api/v1/cases/review/", {"cases": ids}, content_type=JSON).json() == {"reviewed": 0}
