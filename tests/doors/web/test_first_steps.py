"""A new company is told what to do next, until its first bills are out."""

from __future__ import annotations

import pytest

from tenancy.kernel.models import Tenant
from tenancy.people.models import Membership, User
from tests.cast import Company
from tests.house.world import world

ORDER = [
    "/communities/new/",
    "/contracts/new/",
    "/import/",
    "/tariffs/",
    "/settings/cash-points/",
    "/runs/",
]


@pytest.fixture
def newcomer(db) -> Company:
    """A company that has nothing but an administrator."""
    tenant = Tenant.objects.create(code="new", name="新锦物业", short_name="新锦")
    admin = User.objects.create_user("new-admin", "x", name="管理员")
    Membership.objects.create(tenant=tenant, user=admin, roles=["company_admin"])
    return Company(tenant, None, people={"company_admin": admin})  # type: ignore[arg-type]


def _guide(client) -> list:
    return client.get("/").context["guide"]


def test_a_new_company_sees_six_steps_and_begins_with_its_community(newcomer, log_in):
    client = log_in(newcomer, "company_admin")
    guide = _guide(client)
    assert [step.url for step in guide] == ORDER
    assert [step.done for step in guide] == [False] * 6
    assert [step.is_next for step in guide] == [True] + [False] * 5
    assert 'href="/communities/new/"' in client.get("/").content.decode()


def test_every_step_leads_to_a_page_that_opens(newcomer, log_in):
    client = log_in(newcomer, "company_admin")
    assert {url: client.get(url).status_code for url in ORDER} == dict.fromkeys(ORDER, 200)


def test_a_step_is_ticked_as_soon_as_it_is_done(newcomer, log_in):
    client = log_in(newcomer, "company_admin")
    client.post("/communities/new/", {"code": "XJ", "name": "新锦花园", "handover_rule": "BY_DAY"})
    guide = _guide(client)
    assert [step.done for step in guide] == [True] + [False] * 5
    assert [step.number for step in guide if step.is_next] == [2]


def test_before_the_first_run_only_the_run_is_left(cast, log_in):
    guide = _guide(log_in(cast.jinxiu, "finance"))
    assert [step.done for step in guide] == [True] * 5 + [False]
    assert guide[-1].is_next


def test_a_step_of_another_role_says_whose_it_is(cast, log_in):
    guide = _guide(log_in(cast.jinxiu, "finance"))
    assert guide[0].url is None
    assert "company_admin" in guide[0].roles


def test_with_the_first_bills_out_the_guide_is_gone(cast, log_in):
    world(cast.jinxiu)
    client = log_in(cast.jinxiu, "company_admin")
    assert _guide(client) == []
    assert "first-steps" not in client.get("/").content.decode()


def test_who_can_do_none_of_it_is_not_bothered(cast, log_in):
    assert _guide(log_in(cast.jinxiu, "patrol")) == []


def test_another_companys_bills_do_not_end_the_guide(cast, log_in):
    world(cast.jinxiu)
    assert len(_guide(log_in(cast.yunding, "company_admin"))) == 6
