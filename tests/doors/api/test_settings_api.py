"""Settings over the API: templates, ladders side by side, the company, cases given to somebody."""

from __future__ import annotations

import pytest

from arrears.cases.models import Case, Ladder
from arrears.cases.services import RungDays, new_version
from notices.models import Template
from notices.services import ensure_templates
from tenancy.people.models import AuditEntry
from tests import ladder
from tests.ladder import on, walk_and_send

API = "/api/v1"
BODY = "【{{company}}】{{unit}}截至{{as_of}}应缴{{amount}}元，电话{{phone}}。"
NEW = {"kind": "REMINDER", "channel": "SMS", "body": BODY}


def send(client, method, url, body):
    return getattr(client, method)(f"{API}{url}", body, content_type="application/json")


@pytest.fixture
def company(cast):
    with cast.jinxiu.open():
        ensure_templates()
    return cast.jinxiu


@pytest.fixture
def late(cast, monkeypatch):
    from tenancy.kernel import clock

    with cast.jinxiu.open():
        ladder.bill(cast.jinxiu)
        walk_and_send(1)
        walk_and_send(2)
    monkeypatch.setattr(clock, "today", lambda: on(2))
    return cast.jinxiu


def test_texts_are_listed_with_version_and_papers_with_edition(company, log_in):
    rows = log_in(company, "collector").get(f"{API}/templates/?page_size=100").json()["results"]
    by = {(row["kind"], row["channel"]): row for row in rows}
    assert by["REMINDER", "SMS"]["version"] == 1
    assert by["REMINDER", "SMS"]["since"]
    assert (by["DEMAND", "PAPER"]["template"], by["DEMAND", "PAPER"]["version"]) == (None, None)
    assert by["DEMAND", "PAPER"]["edition"]


def test_a_text_is_tried_out_revised_and_read_again(company, log_in):
    client = log_in(company, "company_admin")
    tried = send(client, "post", "/templates/preview/", NEW).json()
    assert (tried["parts"], tried["problems"]) == (1, [])
    assert "应缴2520.24元" in tried["body"]
    made = send(client, "post", "/templates/", NEW | {"based_on": 1})
    assert made.status_code == 201
    assert (made.json()["version"], made.json()["is_active"]) == (2, True)
    detail = client.get(f"{API}/templates/{made.json()['template']}/").json()
    assert [row["version"] for row in detail["versions"]] == [2, 1]
    assert {row["name"] for row in detail["fields_allowed"] if row["is_required"]} == {
        "unit", "amount", "as_of", "phone",
    }  # fmt: skip
    stale = send(client, "post", "/templates/", NEW | {"body": BODY + "谢谢。", "based_on": 1})
    assert (stale.status_code, stale.json()["code"]) == (409, "notices.text_taken")


def test_a_forbidden_text_is_a_problem_with_its_field(company, log_in):
    client = log_in(company, "cs_supervisor")
    tried = send(client, "post", "/templates/preview/", NEW | {"body": BODY + "逾期停水"}).json()
    assert [(row["field"], row["code"]) for row in tried["problems"]] == [("body", "lint.cuts_service")]
    assert tried["problems"][0]["detail"]
    refused = send(client, "post", "/templates/", NEW | {"body": BODY + "逾期停水"})
    assert (refused.status_code, refused.json()["code"]) == (422, "notices.text_refused")
    assert refused.json()["params"]["reason"] == "lint.cuts_service"
    assert "body" in refused.json()["errors"]
    assert send(client, "post", "/templates/", NEW | {"kind": "DEMAND"}).status_code == 422
    assert send(client, "post", "/templates/", {"kind": "PORTAL_CODE", "channel": "EMAIL", "body": "x"}).status_code == 404  # fmt: skip
    with company.open():
        assert not Template.objects.filter(version=2).exists()


def test_who_may_only_look_revises_nothing(company, log_in):
    client = log_in(company, "finance")
    assert client.get(f"{API}/templates/").status_code == 200
    assert send(client, "post", "/templates/", NEW).status_code == 403
    assert send(client, "post", "/templates/preview/", NEW).status_code == 403


def test_two_ladders_are_compared_rung_by_rung(cast, log_in):
    with cast.jinxiu.open():
        after = new_version(
            community_id=None, name="慢", active_from=on(0), days={3: RungDays(20, 20), 4: RungDays(35)}
        )
        before = Ladder.objects.get(version=1).pk
    client = log_in(cast.jinxiu, "auditor")
    said = client.get(f"{API}/ladders/compare/?before={before}&after={after}").json()
    assert {line["level"]: line["changed"] for line in said["lines"] if line["changed"]} == {
        3: ["min_days", "period_days"],
        4: ["min_days"],
    }
    assert (said["lines"][2]["before"]["min_days"], said["lines"][2]["after"]["min_days"]) == (16, 20)
    assert client.get(f"{API}/ladders/compare/").status_code == 422
    assert client.get(f"{API}/ladders/compare/?before={before}&after=999999").status_code == 404
    foreign = log_in(cast.yunding, "auditor")
    assert foreign.get(f"{API}/ladders/compare/?before={before}&after={after}").status_code == 404


def test_the_company_is_read_by_many_and_written_by_the_administrator(cast, log_in):
    admin, reader = log_in(cast.jinxiu, "company_admin"), log_in(cast.jinxiu, "collector")
    assert reader.get(f"{API}/company/").json()["short_name"] == "锦绣物业"
    told = {"name": "锦绣物业服务有限公司", "short_name": "锦绣生活", "phone": "0571-1"}
    assert send(reader, "put", "/company/", told).status_code == 403
    assert send(admin, "put", "/company/", told).json()["short_name"] == "锦绣生活"
    refused = send(admin, "put", "/company/", told | {"short_name": "锦"})
    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["short_name"])
    with cast.jinxiu.open():
        assert AuditEntry.objects.get(action="company.changed").object_id == cast.jinxiu.tenant.pk
    cast.yunding.tenant.refresh_from_db()
    assert cast.yunding.tenant.short_name == "云顶物业"


def test_cases_are_given_to_somebody(late, cast, log_in):
    client = log_in(late, "team_lead")
    (row,) = client.get(f"{API}/collectors/").json()["results"]
    assert (row["user"], row["cases"]) == (late.people["collector"].pk, 4)
    with late.open():
        ids = list(Case.objects.values_list("pk", flat=True))
        Case.objects.update(collector=None)
    given = send(client, "post", "/cases/assign/", {"cases": ids, "collector": row["user"]})
    assert given.json() == {"given": 4, "kept": 0, "closed": 0}
    nobody = send(client, "post", "/cases/assign/", {"cases": ids, "collector": late.people["cashier"].pk})
    assert (nobody.status_code, nobody.json()["code"]) == (422, "cases.cannot_take")
    assert send(client, "post", "/cases/assign/", {"cases": [], "collector": 1}).status_code == 422
    foreign = log_in(cast.yunding, "team_lead")
    theirs = {"cases": ids, "collector": cast.yunding.people["collector"].pk}
    assert send(foreign, "post", "/cases/assign/", theirs).status_code == 404
    assert send(log_in(late, "collector"), "post", "/cases/assign/", theirs).status_code == 403
