"""Every door has a name plate, asks who is there, obeys the role table, and hides from the other company."""

from __future__ import annotations

import inspect
import re
from http import HTTPStatus

import pytest
from django import shortcuts
from django.http import HttpResponse
from django.test import Client

from tenancy.kernel import pages
from tenancy.kernel.permissions import ROLES, Permission, Role
from tenancy.people.models import Membership
from tenancy.people.web import errors
from tests.cast import Cast, Company
from tests.house.doors import Door, doors
from tests.house.world import world

# What a stranger may reach. Everything else asks for a log-in first.
OPEN = {
    "people:login", "people:logout", "people:language", "people:health", "people:icon",
    "people_api:schema", "people_api:docs",
    "notices_api:sms_receipts",  # the provider, by its signature
}  # fmt: skip
NOBODY = 999_999_999
REFUSALS = ("403.html", "404.html", "refused.html")
NOT_VALID = (HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY)


@pytest.fixture(autouse=True)
def bare_refusals(monkeypatch):
    """Thousands of refusals are asked for here, each for its status; how they look is tested at one door."""

    def bare(request, template, context=None, **given):
        if template in REFUSALS:
            return HttpResponse(status=given["status"])
        return shortcuts.render(request, template, context, **given)

    monkeypatch.setattr(pages, "render", bare)
    monkeypatch.setattr(errors, "render", bare)


def _staff_doors() -> list[Door]:
    return [door for door in doors() if door.permission not in (Permission.PUBLIC, Permission.OWNER)]


def _of_everything(company: Company, log_in) -> Client:
    """Somebody who plays every part in one company."""
    Membership.objects.filter(user=company.people["company_admin"]).update(roles=sorted(Role))
    return log_in(company, "company_admin")


def _answer(client: Client, door: Door, ids: dict[str, object], method: str = "get") -> int:
    client.raise_request_exception = False
    return getattr(client, method)(door.url(ids)).status_code


def _bogus(door: Door) -> dict[str, object]:
    return {name: NOBODY if name.endswith("_id") else "x" for name in door.parameters}


def test_there_are_doors():
    assert len(doors()) > 20


def test_every_door_names_its_permission():
    nameless = [d.name for d in doors() if not isinstance(getattr(d.view, "permission", None), Permission)]
    assert nameless == []


def test_every_door_has_a_name_of_its_own():
    names = [door.name for door in doors()]
    assert sorted(set(names)) == sorted(names)


def test_only_listed_doors_are_open_to_strangers():
    public = {door.name for door in doors() if door.permission is Permission.PUBLIC}
    portal = {door.name for door in doors() if door.route.startswith(("api/portal/", "my/"))}
    assert public - portal == OPEN


def test_every_permission_of_a_door_is_held_by_some_role():
    held = frozenset().union(*ROLES.values())
    assert {door.permission for door in _staff_doors()} <= held


def test_a_stranger_is_asked_to_log_in(db):
    client = Client()
    wrong = {}
    for door in _staff_doors():
        for method in door.methods:
            status = _answer(client, door, _bogus(door), method)
            if status != (HTTPStatus.UNAUTHORIZED if door.is_api else HTTPStatus.FOUND):
                wrong[f"{method} {door.name}"] = status
    assert wrong == {}


@pytest.mark.parametrize("role", list(Role))
def test_a_role_opens_the_doors_that_the_table_gives_it_and_no_others(cast, log_in, role):
    client = log_in(cast.jinxiu, role)
    wrong = {}
    for door in _staff_doors():
        for method in door.methods:
            status = _answer(client, door, _bogus(door), method)
            allowed = door.permission_for(method) in ROLES[role]
            if (status == HTTPStatus.FORBIDDEN) is allowed or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                wrong[f"{method} {door.name}"] = status
    assert wrong == {}


@pytest.mark.parametrize("rubbish", ["{not json", '{"nothing": "of this"}', ""])
def test_whose_role_opens_nothing_is_told_so_before_anybody_reads_what_he_sent(
    cast, log_in, monkeypatch, rubbish
):
    monkeypatch.setitem(ROLES, Role.PATROL, frozenset())
    client = log_in(cast.jinxiu, "patrol")
    everything = [(door, method) for door in _staff_doors() for method in _unsafe(door)]
    assert _refused_otherwise(client, everything, rubbish) == {}


@pytest.mark.parametrize("role", list(Role))
def test_whose_role_does_not_open_it_is_told_so_before_anybody_reads_what_he_sent(cast, log_in, role):
    closed = [
        (door, method)
        for door in _staff_doors()
        for method in _unsafe(door)
        if door.permission_for(method) not in ROLES[role]
    ]
    assert _refused_otherwise(log_in(cast.jinxiu, role), closed, "{not json") == {}


def test_no_door_asks_for_a_second_permission_when_it_has_read_the_body():
    """A change that needs more than looking does names it as `write_permission`: there it comes first."""
    # Whether a job is one's own is not a permission, and stopping it has no body.
    fine = {"people:job_cancel", "people_api:job_cancel"}
    late = {
        door.name
        for door in _staff_doors()
        for method in _unsafe(door)
        if re.search(r"raise Forbidden|\.may\(|\.can\(", inspect.getsource(getattr(door.view, method)))
    }
    assert late - fine == set()


def _unsafe(door: Door) -> tuple[str, ...]:
    return tuple(method for method in door.methods if method != "get")


def _refused_otherwise(client: Client, knocks: list[tuple[Door, str]], body: str) -> dict[str, int]:
    """The changing methods that answer anything but 403 to this body."""
    client.raise_request_exception = False
    kinds = {True: "application/json", False: "application/x-www-form-urlencoded"}
    answers = {
        f"{method} {door.name}": client.generic(
            method.upper(), door.url(_bogus(door)), body, content_type=kinds[door.is_api]
        ).status_code
        for door, method in knocks
    }
    return {name: status for name, status in answers.items() if status != HTTPStatus.FORBIDDEN}


def test_every_list_opens_for_somebody_with_every_role(cast, log_in):
    client = _of_everything(cast.jinxiu, log_in)
    # A program that leaves out a filter that must be given is told so; a page has a filter of its own.
    fine = {False: {HTTPStatus.OK, HTTPStatus.FOUND}, True: {HTTPStatus.OK, HTTPStatus.UNPROCESSABLE_ENTITY}}
    wrong = {
        door.name: status
        for door in _staff_doors()
        if not door.parameters and "get" in door.methods
        and (status := _answer(client, door, {})) not in fine[door.is_api]
    }  # fmt: skip
    assert wrong == {}


@pytest.fixture
def jinxius_things(cast: Cast) -> dict[str, object]:
    return world(cast.jinxiu)


def test_every_parameter_of_a_url_stands_for_a_thing_of_the_world(jinxius_things):
    assert {name for door in _staff_doors() for name in door.parameters} <= set(jinxius_things)


def test_the_things_are_there_for_their_own_company(cast, log_in, jinxius_things):
    client = _of_everything(cast.jinxiu, log_in)
    wrong = {
        door.name: status
        for door in _staff_doors()
        if door.parameters and "get" in door.methods
        and (status := _answer(client, door, jinxius_things)) not in (HTTPStatus.OK, HTTPStatus.FOUND, 286)
    }  # fmt: skip
    assert wrong == {}


def test_the_other_company_finds_nothing_there(cast, log_in, jinxius_things):
    client = _of_everything(cast.yunding, log_in)
    wrong = {}
    for door in _staff_doors():
        for method in door.methods if door.parameters else ():
            status = _answer(client, door, jinxius_things, method)
            # A form may be refused before its object is looked for, if a thing that never was is refused alike.
            alike = status in NOT_VALID and status == _answer(client, door, _bogus(door), method)
            if status != HTTPStatus.NOT_FOUND and not alike:
                wrong[f"{method} {door.name}"] = status
    assert wrong == {}


def test_somebody_without_these_communities_finds_nothing_there(cast, log_in, jinxius_things):
    """A member of one community in the own company: things of another community are not there either."""
    client = _of_everything(cast.jinxiu, log_in)
    Membership.objects.filter(user=cast.jinxiu.people["company_admin"]).update(community_ids=[0])
    of_the_company = {
        "job_id",
        "statement_job_id",
        "file_id",
        "membership_id",
        "token_id",
        "approval_id",
        "ladder_id",
        "template_id",
        "foresight_job_id",
        "firm_id",
    }
    wrong = {
        door.name: status
        for door in _staff_doors()
        if door.parameters and "get" in door.methods and not of_the_company & set(door.parameters)
        and (status := _answer(client, door, jinxius_things)) != HTTPStatus.NOT_FOUND
    }  # fmt: skip
    assert wrong == {}
