"""Policies over the API: facts, relaxing, re-basing, quiet days, dialling, looks ahead, standings."""

from __future__ import annotations

import pytest

from arrears.cases import services
from arrears.cases.services import RungDays, foresee
from arrears.cases.services.foresight_job import tried_by
from owners.models import Contact
from tenancy.kernel import clock
from tenancy.people.models import Job
from tests import ladder
from tests.ladder import at, call, on, walk, walk_and_send

API = "/api/v1"


@pytest.fixture
def now(monkeypatch):
    def set_to(days: int, hour: int = 16):
        monkeypatch.setattr(clock, "now", lambda: at(on(days), hour))
        monkeypatch.setattr(clock, "today", lambda: on(days))

    set_to(3)
    return set_to


@pytest.fixture
def late(cast, now):
    with cast.jinxiu.open():
        ladder.bill(cast.jinxiu)
        walk_and_send(1)
        walk(2)
    call(cast.jinxiu, at(on(2)))
    return cast.jinxiu


@pytest.fixture
def case(late):
    with late.open():
        return ladder.case(late).pk


def post(client, url, **body):
    return client.post(f"{API}{url}", body, content_type="application/json")


def get(client, url):
    answer = client.get(f"{API}{url}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_facts_and_standing(late, case, log_in):
    desk = log_in(late, "collector")
    facts = get(desk, f"/cases/{case}/facts/")
    assert (facts["oldest_due_on"], facts["days_late"], facts["principal"]) == ("2026-01-31", 3, "210.02")
    assert (facts["tonight"]["code"], facts["last_contact"]) == (
        "too_early",
        {"on": "2026-02-02", "how": "CALL"},
    )
    assert facts["delivered"][0]["kind"] == "BILL_NOTICE"
    (owner,) = get(desk, f"/units/{late.units['3-1-1602'].pk}/standing/")["results"]
    assert (owner["name"], owner["standing"]["points"], owner["standing"]["grade"]) == ("张三", 55, "FAIR")


def test_a_stage_is_relaxed_listed_and_taken_back(late, case, log_in):
    manager = log_in(late, "project_manager")
    made = post(manager, f"/cases/{case}/relaxations/", level=3, opens_on="2026-03-31", reason="住院")
    assert made.status_code == 201
    (row,) = get(manager, "/deviations/")["results"]
    assert (row["rung"], row["state"], row["opens_on"]) == ("DEMAND", "STANDING", "2026-03-31")
    again = post(manager, f"/cases/{case}/relaxations/", level=2, opens_on="2026-03-31", reason="住院")
    assert (again.status_code, again.json()["code"]) == (422, "cases.relaxation_refused")
    pk = made.json()["relaxation"]
    assert post(manager, f"/relaxations/{pk}/end/").status_code == 204
    assert post(manager, f"/relaxations/{pk}/end/").status_code == 409
    assert get(manager, "/deviations/?ended=true")["count"] == 1
    assert post(log_in(late, "collector"), f"/cases/{case}/relaxations/", level=3).status_code == 403


def test_cases_move_to_the_version_in_force_after_a_look(late, case, log_in):
    with late.open("company_admin"):
        services.new_version(community_id=None, name="later", active_from=on(3), days={3: RungDays(25, 15)})
    lead = log_in(late, "team_lead")
    look = post(lead, "/cases/rebase/", cases=[case]).json()
    assert (look["moved"], look["cases"], look["differ"]) == (False, 1, 1)
    refused = post(lead, "/cases/rebase/", cases=[case], confirm=True)
    assert refused.json()["code"] == "cases.rebase_refused"
    assert post(lead, "/cases/rebase/", cases=[case], reason="统一", confirm=True).json()["moved"]
    assert get(lead, f"/cases/{case}/facts/")["ladder"]["version"] == 2


def test_quiet_days_stop_calls_and_the_answer_names_the_next_moment(late, case, now, log_in):
    manager = log_in(late, "project_manager")
    made = post(manager, "/quiet-days/", name="停水", first_on="2026-02-03")
    assert made.status_code == 201, made.content
    assert next(row["name"] for row in get(manager, "/quiet-days/")["results"]) == "停水"
    desk = log_in(late, "collector")
    refused = post(desk, f"/cases/{case}/calls/", outcome="NO_ANSWER")
    assert (refused.status_code, refused.json()["code"]) == (422, "cases.call_refused")
    assert refused.json()["params"]["next_at"].startswith("2026-02-04T09:30")
    with late.open():
        number = Contact.objects.get(party__name="张三", kind="LANDLINE").pk
    assert post(desk, f"/cases/{case}/dial/", contact=number).status_code == 422
    assert manager.delete(f"{API}/quiet-days/{made.json()['quiet']}/").status_code == 204
    assert post(desk, f"/cases/{case}/dial/", contact=number).json()["overdue"] == "210.02"


def test_a_draft_is_tried_on_tonight(late, now, log_in):
    now(12)
    manager = log_in(late, "project_manager")
    asked = post(manager, "/ladders/foresights/", rungs=[{"level": 3, "min_days": 10, "period_days": 15}])
    assert asked.status_code == 202
    job_id = asked.json()["job"]
    with late.open("project_manager"):
        job = Job.objects.get(pk=job_id)
        assert job.arguments["days"] == {"3": [10, 15]}
        found = foresee(tried=tried_by(job.arguments, on(12)), community_id=None, as_of=on(12))
        Job.objects.filter(pk=job_id).update(state="DONE", result=found.as_json())
    answer = get(manager, f"/ladders/foresights/{job_id}/")
    (place,) = answer["result"]["communities"]
    assert (answer["state"], place["now"]["letters"], place["then"]["letters"]) == ("DONE", 0, 2)


def test_collectors_show_how_their_promises_were_kept(late, log_in):
    rows = get(log_in(late, "team_lead"), "/collectors/")["results"]
    assert {(row["promises_kept"], row["promises_judged"]) for row in rows} == {(0, 0)}
