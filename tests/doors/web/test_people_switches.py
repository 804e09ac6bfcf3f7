"""The switches of the top bar: language and colours kept for the person, company and community for the session."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.test import Client

from owners.models import Community
from tenancy.people.models import Membership, User
from tests.cast import PASSWORD


@pytest.fixture
def second(cast) -> int:
    """锦绣 has a second community."""
    with cast.jinxiu.open():
        return Community.objects.create(code="J2", name="锦绣二期").pk


def _log_in(username: str, client: Client | None = None) -> Client:
    client = client or Client()
    client.post("/login/", {"username": username, "password": PASSWORD})
    return client


def test_the_language_goes_with_the_person_to_another_browser(cast):
    _log_in("jinxiu-cashier").post("/language/", {"language": "en"})
    assert '<html lang="en"' in _log_in("jinxiu-cashier").get("/").content.decode()
    assert '<html lang="zh-CN"' in _log_in("jinxiu-finance").get("/").content.decode()


def test_the_language_chosen_at_the_log_in_stays(cast):
    client = Client()
    client.post("/language/", {"language": "en"})
    page = _log_in("jinxiu-cashier", client).get("/").content.decode()
    assert '<html lang="en"' in page
    assert User.objects.get(username="jinxiu-cashier").language == "en"


def test_the_next_person_at_the_desk_reads_his_own_language(cast):
    client = _log_in("jinxiu-cashier")
    client.post("/language/", {"language": "en"})
    client.post("/logout/")
    assert '<html lang="zh-CN"' in _log_in("jinxiu-finance", client).get("/").content.decode()


@pytest.mark.parametrize("theme", ["dark", "light", "system"])
def test_the_colours_are_the_persons(cast, log_in, theme):
    client = log_in(cast.jinxiu, "cashier")
    assert client.post("/theme/", {"theme": theme, "next": "/bills/"}).headers["Location"] == "/bills/"
    page = log_in(cast.jinxiu, "cashier").get("/").content.decode()
    assert f'data-bs-theme="{"dark" if theme == "dark" else "light"}" data-theme="{theme}"' in page


@pytest.mark.parametrize("wrong", ["", "pink", "<script>"])
def test_a_colour_that_is_none_changes_nothing(cast, log_in, wrong):
    log_in(cast.jinxiu, "cashier").post("/theme/", {"theme": wrong})
    assert cast.jinxiu.people["cashier"].theme == "system"


def test_a_dark_system_is_dark_from_the_first_byte(cast, log_in):
    client = log_in(cast.jinxiu, "cashier")
    client.cookies["scheme"] = "dark"
    assert 'data-bs-theme="dark" data-theme="system"' in client.get("/").content.decode()


def test_who_has_one_community_is_offered_no_switch(cast, log_in):
    assert 'action="/community/"' not in log_in(cast.jinxiu, "cashier").get("/").content.decode()


def test_a_chosen_community_is_all_that_lists_show_until_all_are_chosen(cast, log_in, second):
    client = log_in(cast.jinxiu, "cashier")
    assert 'action="/community/"' in client.get("/").content.decode()
    assert "3-1-1602" in client.get("/units/").content.decode()
    assert client.post("/community/", {"place": second, "next": "/units/"}).headers["Location"] == "/units/"
    assert "3-1-1602" not in client.get("/units/").content.decode()
    client.post("/community/", {"place": ""})
    assert "3-1-1602" in client.get("/units/").content.decode()


def test_a_record_of_another_community_says_where_it_may_be(cast, log_in, second):
    client = log_in(cast.jinxiu, "cashier")
    client.post("/community/", {"place": second})
    answer = client.get(f"/units/{cast.jinxiu.units['3-1-1602'].pk}/")
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert 'name="place" value=""' in answer.content.decode()


def test_the_administrators_pages_are_about_the_whole_company(cast, log_in, second):
    client = log_in(cast.jinxiu, "company_admin")
    client.post("/community/", {"place": second})
    assert "锦绣花园" in client.get("/communities/").content.decode()
    assert "锦绣花园" in client.get("/settings/people/add/").content.decode()
    made = client.post(
        "/communities/new/",
        {"code": "J3", "name": "锦绣三期", "handover_rule": "BY_DAY"},
    )
    assert made.status_code == HTTPStatus.FOUND


def test_a_community_one_may_not_see_cannot_be_chosen(cast, log_in, second):
    Membership.objects.filter(user=cast.jinxiu.people["cashier"]).update(community_ids=[second])
    client = log_in(cast.jinxiu, "cashier")
    for foreign in (cast.jinxiu.community.pk, cast.yunding.community.pk):
        assert client.post("/community/", {"place": foreign}).status_code == HTTPStatus.NOT_FOUND
    session = client.session
    session["community_id"] = cast.jinxiu.community.pk
    session.save()
    assert "3-1-1602" not in client.get("/units/").content.decode()


@pytest.mark.parametrize("wrong", ["x", "-1", "9" * 30])
def test_a_community_that_is_none_is_not_there(cast, log_in, wrong):
    answer = log_in(cast.jinxiu, "cashier").post("/community/", {"place": wrong})
    assert answer.status_code == HTTPStatus.NOT_FOUND


def test_the_way_to_the_page_is_in_the_top_bar(cast, log_in):
    client = log_in(cast.jinxiu, "company_admin")
    crumbs = client.get("/settings/people/add/").context["crumbs"]
    assert [(str(crumb.label), crumb.url) for crumb in crumbs] == [
        ("设置", None),
        ("员工", "/settings/people/"),
    ]
    assert [crumb.url for crumb in client.get("/fees/").context["crumbs"]][-1] == "/tariffs/"


def test_groups_stay_as_they_were_left(cast, log_in):
    client = log_in(cast.jinxiu, "company_admin")
    client.cookies["nav_shut"] = "1.<script>"
    groups = {group["number"]: group["open"] for group in client.get("/").context["nav"]}
    assert groups[1] is False
    assert groups[2] is True
    assert {group["number"]: group["open"] for group in client.get("/bills/").context["nav"]}[1] is True


def test_the_page_of_the_look_opens_for_every_member(cast, log_in):
    answer = log_in(cast.jinxiu, "patrol").get("/style/")
    assert answer.status_code == HTTPStatus.OK
    assert answer.content.decode().count('data-bs-theme="dark"') == 1
