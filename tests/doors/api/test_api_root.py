"""The API's root: it describes itself, says no in one shape, and its reference needs no network."""

from __future__ import annotations

import re
from http import HTTPStatus

import pytest
from django.test import Client

from tenancy.kernel import clock
from tenancy.people.authentication import TokenOrSession
from tenancy.people.models import ApiToken, Approval, Membership
from tenancy.people.services import approvals
from tenancy.people.services.tokens import issue_token
from tests.house.doors import doors

PROBLEM = "application/problem+json"


@pytest.fixture
def program(cast) -> Client:
    with cast.jinxiu.open("company_admin"):
        _token, key = issue_token(name="test", user_id=cast.jinxiu.people["company_admin"].pk)
    return Client(headers={"Authorization": f"Bearer {key}"})


def test_the_schema_describes_every_door_of_the_api(db):
    schema = Client().get("/api/schema/?format=json").json()
    assert schema["openapi"].startswith("3.")
    described = {re.sub(r"\{\w+\}", "{}", path) for path in schema["paths"]}
    built = {
        "/" + re.sub(r"<[^>]+>", "{}", door.route)
        for door in doors()
        if door.is_api and not door.name.startswith(("people_api:schema", "people_api:docs"))
    }
    assert built - described == set()


def test_the_schema_is_made_without_a_complaint(db, capsys):
    from drf_spectacular.drainage import GENERATOR_STATS

    GENERATOR_STATS.reset()
    Client().get("/api/schema/?format=json")
    said = [*GENERATOR_STATS._error_cache, *GENERATOR_STATS._warn_cache]
    # Two enumerations may share a field's name; the schema then makes up a second name.
    assert [line for line in said if "enum naming" not in line] == []


def test_the_reference_page_loads_nothing_from_elsewhere_and_has_a_policy_of_its_own(db):
    page = Client().get("/api/docs/")
    assert page.status_code == HTTPStatus.OK
    assert re.findall(r'(?:src|href)="(?:https?:)?//', page.content.decode()) == []
    policy = page.headers["Content-Security-Policy"].split("; ")
    assert "style-src 'self' 'unsafe-inline'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe-inline" not in Client().get("/login/").headers["Content-Security-Policy"]


def test_an_unknown_address_under_the_api_is_a_problem_and_elsewhere_a_page(db):
    answer = Client().get("/api/v1/nothing/")
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert answer.headers["Content-Type"] == PROBLEM
    assert answer.json()["code"] == "not_found"
    page = Client().get("/nothing/")
    assert page.status_code == HTTPStatus.NOT_FOUND
    assert "<h1>" in page.content.decode()


def test_a_crash_under_the_api_is_a_problem_that_tells_no_secret(db, monkeypatch):
    def broken(**_asked: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("tenancy.people.api.views.WhoAmI.dispatch", lambda *a, **k: broken())
    client = Client(raise_request_exception=False)
    answer = client.get("/api/v1/me/")
    assert answer.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert answer.headers["Content-Type"] == PROBLEM
    assert "secret" not in answer.content.decode()


def test_a_crash_of_a_page_says_what_to_do_and_asks_the_database_nothing(
    db, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr("tenancy.people.web.views.LogIn.dispatch", lambda *a, **k: 1 / 0)
    client = Client(raise_request_exception=False)
    with django_assert_num_queries(0):
        answer = client.get("/login/")
    assert answer.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert "<h1>" in answer.content.decode()


@pytest.mark.parametrize("key", ["nonsense", "", "a b"])
def test_a_wrong_key_is_refused_with_a_challenge(db, key):
    answer = Client(headers={"Authorization": f"Bearer {key}"}).get("/api/v1/me/")
    assert answer.status_code == HTTPStatus.UNAUTHORIZED
    assert answer.headers["Content-Type"] == PROBLEM
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_key_says_whose_it_is_and_what_it_may_do(cast, program):
    me = program.get("/api/v1/me/").json()
    assert me["company"] == "锦绣物业服务有限公司"
    assert "staff.edit" in me["permissions"]
    assert "payment.take" not in me["permissions"]


def test_a_key_dies_with_its_day_and_with_its_member(cast, program):
    ApiToken.objects.update(expires_on="2020-01-01")
    assert program.get("/api/v1/me/").status_code == HTTPStatus.UNAUTHORIZED
    ApiToken.objects.update(expires_on=None)
    assert program.get("/api/v1/me/").status_code == HTTPStatus.OK
    Membership.objects.filter(user=cast.jinxiu.people["company_admin"]).update(is_active=False)
    assert program.get("/api/v1/me/").status_code == HTTPStatus.UNAUTHORIZED


def test_a_key_opens_one_company_even_for_a_member_of_two(cast, program):
    Membership.objects.create(
        tenant=cast.yunding.tenant, user=cast.jinxiu.people["company_admin"], roles=["company_admin"]
    )
    names = {row["username"] for row in program.get("/api/v1/members/?page_size=500").json()["results"]}
    assert any(name.startswith("jinxiu-") for name in names)
    assert not any(name.startswith("yunding-") for name in names)


def test_lists_are_paged_and_a_page_beyond_the_last_is_not_there(cast, program):
    first = program.get("/api/v1/members/?page_size=5").json()
    assert len(first["results"]) == 5
    assert first["count"] == 11
    assert program.get(first["next"]).status_code == HTTPStatus.OK
    assert program.get("/api/v1/members/?page=99").status_code == HTTPStatus.NOT_FOUND


def test_a_wrong_filter_is_said_beside_its_name(cast, program):
    answer = program.get("/api/v1/audit/?from_on=yesterday")
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "from_on" in answer.json()["errors"]


@pytest.mark.parametrize(
    "route", ["/api/v1/cases/%d/", "/api/v1/cases/%d/timeline/", "/api/v1/units/%d/", "/cases/%d/"]
)
def test_a_number_that_no_row_can_have_is_not_there(cast, log_in, route):
    client = log_in(cast.jinxiu, "project_manager")
    assert client.get(route % 2**63).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("query", ["cases/?collector", "cases/?community", "reports/ageing/?community"])
def test_a_filter_that_no_row_can_have_is_not_valid(cast, program, query):
    answer = program.get(f"/api/v1/{query}={2**70}")
    assert (answer.status_code, answer.json()["code"]) == (HTTPStatus.UNPROCESSABLE_ENTITY, "invalid")
    assert program.get("/api/v1/me/").status_code == HTTPStatus.OK


def test_a_body_nested_too_deep_or_too_large_is_refused(cast, program, settings):
    ask = {"path": "/api/v1/ladders/", "content_type": "application/json"}
    answer = program.post(**ask, data="[" * 100_000)
    assert (answer.status_code, answer.json()["code"]) == (HTTPStatus.BAD_REQUEST, "parse_error")
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = program.post(**ask, data='"' + "x" * 1000 + '"')
    assert (answer.status_code, answer.json()["code"]) == (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large")


def test_a_key_that_somebody_else_issued_takes_no_decisions(cast):
    company = cast.jinxiu
    lead = company.people["team_lead"]
    with company.open("company_admin"):
        _token, issued = issue_token(name="by the admin", user_id=lead.pk)
    with company.open("team_lead"):
        _token, own = issue_token(name="his own", user_id=lead.pk)
        ask = approvals.Request(kind="test", subject="3-1-1602", role="team_lead", facts={})
        (approval_id,) = approvals.ask_all([ask], asked_at=clock.now())
        Approval.objects.filter(pk=approval_id).update(asked_by=None)
    _user, program = TokenOrSession()._by_key(issued)
    _user, himself = TokenOrSession()._by_key(own)
    said = {"approval_id": approval_id, "approve": True, "reason": "同意", "decided_at": clock.now()}
    with company.open("team_lead"):
        with pytest.raises(approvals.KeyOfAnother):
            approvals.decide(by=program, **said)
        assert approvals.decide(by=himself, **said).decided_by_id == lead.pk


def test_a_member_takes_and_ends_his_own_keys_and_no_other(cast, log_in):
    company = cast.jinxiu
    mine = log_in(company, "collector")
    answer = mine.post("/settings/my-keys/", {"name": "夜间同步"})
    key = re.search(r'<code class="number">([\w-]{40,})</code>', answer.content.decode())[1]
    assert TokenOrSession()._by_key(key)[1].in_person
    token = ApiToken.objects.get()
    assert "夜间同步" not in log_in(company, "cashier").get("/settings/my-keys/").content.decode()
    assert log_in(company, "cashier").post("/settings/my-keys/", {"revoke": token.pk}).status_code == 404
    mine.post("/settings/my-keys/", {"revoke": token.pk})
    token.refresh_from_db()
    assert token.revoked_at is not None
