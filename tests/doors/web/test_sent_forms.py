"""Forms: sent twice they are done once; a session that ended in the middle gives back what was typed."""

from __future__ import annotations

import re
from http import HTTPStatus
from uuid import uuid4

import pytest
from django.test import Client

from arrears.cases.models import Hold, Visit
from notices.models import Delivery
from owners.models import Community, LegacyIssue
from tenancy.kernel.kept import COOKIE
from tests.cast import PASSWORD
from tests.house.world import world

TYPED = {"kind": "DATA_ERROR", "from_on": "today", "to_on": "", "reason": "屋顶漏水，正在维修"}
COMMUNITY = {"code": "NEW", "name": "新小区", "handover_rule": "BY_DAY"}
TOKEN = str(uuid4())


@pytest.fixture
def things(cast) -> dict[str, object]:
    return world(cast.jinxiu)


@pytest.fixture
def hold(things) -> str:
    return f"/cases/{things['case_id']}/holds/"


def _count(cast, model) -> int:
    with cast.jinxiu.open():
        return model.objects.count()


def _said(answer) -> str:
    """What the page says went wrong."""
    return " ".join(re.findall(r"<p[^>]*>([^<]+)</p>", answer.content.decode()))


def _worked_here(cast, role: str = "team_lead") -> Client:
    """A browser somebody logged in with, whose session is over."""
    client = Client()
    client.post("/login/", {"username": f"jinxiu-{role}", "password": PASSWORD})
    del client.cookies["sessionid"]
    return client


def test_every_form_that_changes_something_carries_a_token_of_its_own(cast, log_in, things):
    page = log_in(cast.jinxiu, "team_lead").get(f"/cases/{things['case_id']}/").content.decode()
    tokens = re.findall(r'name="once" value="([^"]+)"', page)
    assert len(tokens) == len(set(tokens)) == page.count('name="csrfmiddlewaretoken"') > 2


def test_a_new_thing_sent_twice_is_made_once_and_leads_to_the_same_page(cast, log_in):
    client = log_in(cast.jinxiu, "company_admin")
    first, second = (client.post("/communities/new/", COMMUNITY | {"once": TOKEN}) for _ in range(2))
    assert first.status_code == second.status_code == HTTPStatus.FOUND
    assert second.headers["Location"] == first.headers["Location"]
    assert _count(cast, Community) == 2


@pytest.mark.parametrize(
    ("model", "role", "path", "form"),
    [
        (Visit, "collector", "/visits/{case_id}/", {"on": "today", "result": "NOBODY_HOME", "feedback": "无人"}),
        (Delivery, "collector", "/deliveries/{notice_id}/",
         {"method": "HAND", "result": "SIGNED", "on": "2026-02-20", "handed_over_by": "小李", "receiver": "OWNER",
          "receiver_name": "张三"}),
        (LegacyIssue, "project_manager", "/units/{unit_id}/issues/", {"text": "外墙渗水"}),
        (Hold, "team_lead", "/cases/{case_id}/holds/", TYPED),
    ],
)  # fmt: skip
def test_what_the_desk_sends_twice_is_done_once(cast, log_in, things, model, role, path, form):
    client = log_in(cast.jinxiu, role)
    before = _count(cast, model)
    first, second = (client.post(path.format(**things), form | {"once": TOKEN}) for _ in range(2))
    assert first.status_code == second.status_code == HTTPStatus.FOUND, _said(first)
    assert _count(cast, model) == before + 1


def test_a_form_that_came_back_with_errors_may_be_sent_again(cast, log_in, hold):
    client = log_in(cast.jinxiu, "team_lead")
    before = _count(cast, Hold)
    assert client.post(hold, {"once": TOKEN, "reason": ""}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert client.post(hold, TYPED | {"once": TOKEN}).status_code == HTTPStatus.FOUND
    assert _count(cast, Hold) == before + 1


def test_a_token_of_one_company_means_nothing_in_another(cast, log_in):
    for company in (cast.jinxiu, cast.yunding):
        client = log_in(company, "company_admin")
        assert client.post("/communities/new/", COMMUNITY | {"once": TOKEN}).status_code == HTTPStatus.FOUND
        with company.open():
            assert Community.objects.filter(code="NEW").exists()


@pytest.mark.parametrize("rubbish", ["", "x", "0" * 400, "<script>"])
def test_a_token_that_is_none_is_as_good_as_no_token(cast, log_in, hold, rubbish):
    answer = log_in(cast.jinxiu, "team_lead").post(hold, TYPED | {"once": rubbish})
    assert answer.status_code == HTTPStatus.FOUND


def test_after_the_log_in_the_form_has_what_was_typed(cast, things, hold):
    client = _worked_here(cast)
    page = f"/cases/{things['case_id']}/"
    answer = client.post(hold, TYPED, headers={"Referer": f"http://testserver{page}"})
    assert answer.headers["Location"] == f"/login/?next={page}"
    assert 'role="status"' in client.get(answer.headers["Location"]).content.decode()
    client.post("/login/", {"username": "jinxiu-team_lead", "password": PASSWORD, "next": page})
    shown = client.get(page).content.decode()
    assert f'data-action="{hold}"' in shown
    assert "屋顶漏水，正在维修" in shown
    assert "kept-form" not in client.get(page).content.decode(), "it is given back once"


def test_what_one_person_typed_is_not_shown_to_another(cast, hold):
    client = _worked_here(cast)
    client.post(hold, TYPED)
    client.post("/login/", {"username": "jinxiu-finance", "password": PASSWORD})
    assert "屋顶漏水" not in client.get("/").content.decode()


def test_a_stranger_keeps_nothing(cast, hold):
    client = Client()
    assert client.post(hold, TYPED).status_code == HTTPStatus.FOUND
    assert "sessionid" not in client.cookies
    client.cookies[COOKIE] = "1:forged"
    client.post(hold, TYPED)
    assert "sessionid" not in client.cookies


def test_a_password_is_never_kept_and_nothing_is_kept_in_the_clear(cast, things):
    client = _worked_here(cast, "company_admin")
    path = f"/settings/people/{things['membership_id']}/"
    client.post(f"{path}password/", {"password": "secret-2026-secret"})
    assert "kept_form" not in client.session
    client.post("/settings/people/add/", {"name": "新人", "password": "secret-2026-secret"})
    assert "新人" not in client.session["kept_form"]
    client.post("/login/", {"username": "jinxiu-company_admin", "password": PASSWORD})
    page = client.get("/").content.decode()
    assert "新人" in page
    assert "secret-2026" not in page


def test_a_huge_form_is_not_kept(cast, hold):
    client = _worked_here(cast)
    client.post(hold, {"reason": "x" * 70_000})
    assert "kept_form" not in client.session


def test_a_part_of_a_page_sends_the_whole_page_to_the_log_in(cast, things):
    client = _worked_here(cast)
    answer = client.post(
        f"/contacts/{things['contact_id']}/reveal/",
        {"reason": "unit page"},
        headers={"HX-Request": "true", "HX-Current-URL": f"http://testserver/units/{things['unit_id']}/?a=1"},
    )
    assert answer.status_code == HTTPStatus.NO_CONTENT
    assert answer.headers["HX-Redirect"] == f"/login/?next=/units/{things['unit_id']}/%3Fa%3D1"


@pytest.mark.parametrize("from_", ["https://elsewhere.example/", "http://testserver/nowhere/", ""])
def test_nobody_is_led_to_another_place(cast, hold, from_):
    answer = _worked_here(cast).post(hold, TYPED, headers={"Referer": from_})
    assert answer.headers["Location"] == "/login/?next=/"


def test_a_page_from_before_the_log_in_in_another_window_gives_its_form_back(cast, things, hold):
    client = Client(enforce_csrf_checks=True)
    page = f"/cases/{things['case_id']}/"
    client.get("/login/")
    token = client.cookies["csrftoken"].value
    client.post(
        "/login/", {"username": "jinxiu-team_lead", "password": PASSWORD, "csrfmiddlewaretoken": token}
    )
    before = _count(cast, Hold)
    old = {**TYPED, "csrfmiddlewaretoken": "x" * 64}
    ours = {"Origin": "http://testserver", "Referer": f"http://testserver{page}"}
    answer = client.post(hold, old, headers=ours)
    assert answer.status_code == HTTPStatus.FOUND
    assert _count(cast, Hold) == before
    assert "屋顶漏水" in client.get(answer.headers["Location"]).content.decode()
    assert (
        client.post(hold, old, headers={"Origin": "https://elsewhere.example"}).status_code
        == HTTPStatus.FORBIDDEN
    )
