"""Ticked cases to one collector: in numbers first, then done, and never more than the page said."""

from __future__ import annotations

import pytest

from arrears.cases.models import Case
from tenancy.people.models import Membership, User

ASSIGN = "/cases/assign/"


@pytest.fixture
def another(late):
    user = User.objects.create_user("jinxiu-second", None, name="周敏")
    Membership.objects.create(tenant=late.tenant, user=user, roles=["collector"])
    return user


def ids(company):
    with company.open():
        return list(Case.objects.order_by("pk").values_list("pk", flat=True))


def his(company, user):
    with company.open():
        return Case.objects.filter(collector=user).count()


def text(response):
    return response.content.decode()


def test_ticked_cases_are_shown_in_numbers_and_then_given(late, another, english):
    client = english(late, "team_lead")
    assert 'formaction="/cases/assign/"' in text(client.get("/cases/"))
    first, second, *_rest = ids(late)
    asked = client.post(ASSIGN, {"pick": [first, second], "query": ""})
    assert asked.status_code == 200
    assert "Give 2 cases" in text(asked)
    assert "+2" in text(asked)
    assert his(late, another) == 0
    done = client.post(ASSIGN, {"pick": [first, second], "count": "2", "collector": another.pk}, follow=True)
    assert "2 cases are with 周敏 now." in text(done)
    assert his(late, another) == 2
    assert "Given to 周敏" in text(client.get(f"/cases/{first}/"))


def test_who_has_them_already_gets_nothing_new(late, another, english):
    sent = {"pick": ids(late), "count": "4", "collector": late.people["collector"].pk}
    done = english(late, "team_lead").post(ASSIGN, sent, follow=True)
    assert "Nothing changed hands" in text(done)


def test_all_that_match_are_given_at_once(late, another, english):
    client = english(late, "project_manager")
    sent = {"all": "1", "query": "text=31602", "count": "1", "collector": another.pk}
    done = client.post(ASSIGN, sent)
    assert done.status_code == 302
    assert done.headers["Location"] == "/cases/?text=31602"
    assert his(late, another) == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"collector": ""}, "Choose who takes them"),
        ({"collector": "x"}, "id_collector_error"),
        ({"collector": "999999"}, "id_collector_error"),
        ({"count": "7"}, "The list has changed"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_changes_hands(late, another, english, changed, said):
    sent = {"pick": ids(late), "count": "4", "collector": another.pk} | changed
    response = english(late, "team_lead").post(ASSIGN, sent)
    assert response.status_code == 422
    assert said in text(response)
    assert his(late, another) == 0


def test_nobody_is_offered_what_he_does_not_see(late, another, english):
    Membership.objects.filter(user=another).update(community_ids=[0])
    client = english(late, "team_lead")
    asked = client.post(ASSIGN, {"pick": ids(late)})
    assert "does not see the communities of 4 of them" in text(asked)
    refused = client.post(ASSIGN, {"pick": ids(late), "count": "4", "collector": another.pk})
    assert refused.status_code == 422
    assert his(late, another) == 0


def test_without_an_open_case_there_is_nothing_to_give(late, another, english):
    done = english(late, "team_lead").post(ASSIGN, {"query": "closed=on"}, follow=True)
    assert "None of these is an open case" in text(done)


@pytest.mark.parametrize("role", ["collector", "finance", "auditor", "company_admin"])
def test_who_distributes_no_work_finds_no_ticks(late, another, log_in, role):
    client = log_in(late, role)
    assert "cases/assign" not in text(client.get("/cases/"))
    assert client.post(ASSIGN, {"pick": ids(late)}).status_code == 403


def test_cases_of_another_company_are_not_there(late, cast, log_in):
    foreign = User.objects.get(pk=cast.yunding.people["collector"].pk)
    sent = {"pick": ids(late), "count": "4", "collector": foreign.pk}
    assert log_in(cast.yunding, "team_lead").post(ASSIGN, sent).status_code == 302
    assert his(late, foreign) == 0
