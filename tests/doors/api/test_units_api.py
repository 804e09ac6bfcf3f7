"""Units, people and communities in JSON."""

from __future__ import annotations

import pytest

from owners.models import Contact, Ownership
from tenancy.people.models import AuditEntry

JSON = "application/json"


@pytest.fixture
def manager(cast, log_in):
    return log_in(cast.jinxiu, "project_manager")


@pytest.fixture
def unit(cast):
    return cast.jinxiu.units["3-1-1602"]


def test_the_list_is_filtered_searched_and_paged(manager):
    rows = manager.get("/api/v1/units/", {"page_size": 2}).json()
    assert (rows["count"], len(rows["results"])) == (4, 2)
    (found,) = manager.get("/api/v1/units/", {"q": "李四"}).json()["results"]
    assert (found["code"], found["area_m2"], found["owner_name"], found["joint_owners"]) == (
        "3-1-1702",
        "120.50",
        "李四",
        1,
    )
    assert [row["code"] for row in manager.get("/api/v1/units/", {"kind": "BAY"}).json()["results"]] == [
        "B1-001"
    ]
    wrong = manager.get("/api/v1/units/", {"kind": "CASTLE"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "invalid")


def test_a_unit_comes_with_its_people_and_masked_contacts(manager, unit, cast):
    found = manager.get(f"/api/v1/units/{unit.pk}/").json()
    assert (found["code"], found["community_code"], found["area_m2"], found["handover_on"]) == (
        "3-1-1602",
        "JX",
        "89.37",
        "2022-01-01",
    )
    (owner,) = found["owners"]
    assert (owner["name"], owner["is_debtor"], owner["to_on"]) == ("张三", True, None)
    assert {contact["kind"] for contact in owner["contacts"]} == {"MOBILE", "LANDLINE"}
    assert "value" not in owner["contacts"][0]
    assert [linked["code"] for linked in found["linked_units"]] == ["B1-001"]


def test_a_contact_is_revealed_with_a_reason_that_is_written_down(cast, manager):
    with cast.jinxiu.open():
        contact = Contact.objects.get(party=cast.jinxiu.parties["张三"], kind="MOBILE").pk
    assert manager.post(f"/api/v1/contacts/{contact}/reveal/", {}, JSON).status_code == 422
    answer = manager.post(f"/api/v1/contacts/{contact}/reveal/", {"reason": "回访"}, JSON)
    assert answer.json() == {"value": "13800138000"}
    with cast.jinxiu.open():
        assert AuditEntry.objects.get(action="contact.revealed").detail["reason"] == "回访"


def test_what_staff_write_is_written(cast, manager, unit):
    path = f"/api/v1/units/{unit.pk}/"
    told = {"remark": "空关", "special_needs": "独居"}
    assert manager.patch(path, told, JSON).json()["remark"] == "空关"
    issue = manager.post(f"{path}legacy-issues/", {"text": "漏水"}, JSON)
    assert (issue.status_code, issue.json()["legacy_issues"][0]["text"]) == (201, "漏水")
    again = manager.post(f"{path}legacy-issues/", {"text": "漏水"}, JSON)
    assert (again.status_code, again.json()["code"]) == (409, "owners.legacy_issue_known")
    number = issue.json()["legacy_issues"][0]["id"]
    assert manager.post(f"{path}legacy-issues/{number}/close/").json()["legacy_issues"][0]["closed_on"]
    party = cast.jinxiu.parties["张三"].pk
    made = manager.post(f"/api/v1/parties/{party}/contacts/", {"value": "13911112222"}, JSON)
    assert made.status_code == 201
    assert manager.patch(f"/api/v1/contacts/{made.json()['id']}/", {"state": "VOID"}, JSON).status_code == 204
    bad = manager.post(f"/api/v1/parties/{party}/contacts/", {"value": "12"}, JSON)
    assert (bad.status_code, bad.json()["code"], list(bad.json()["errors"])) == (
        422,
        "owners.not_a_contact",
        ["value"],
    )


def test_a_change_of_owner_by_day(cast, manager, unit):
    told = {"on": "2026-03-01", "holders": [{"name": "新业主", "phone": "13711112222"}, {"name": "其妻"}]}
    found = manager.post(f"/api/v1/units/{unit.pk}/hand-over/", told, JSON).json()
    everyone = found["owners"] + found["former_owners"]
    assert {(row["name"], row["rank"]) for row in everyone} >= {("张三", 1), ("新业主", 1), ("其妻", 2)}
    again = manager.post(f"/api/v1/units/{unit.pk}/hand-over/", told, JSON)
    assert (again.status_code, again.json()["code"]) == (422, "owners.hand_over_day")
    assert (
        manager.post(
            f"/api/v1/units/{unit.pk}/hand-over/", {"on": "2026-04-01", "holders": []}, JSON
        ).status_code
        == 422
    )
    with cast.jinxiu.open():
        assert Ownership.objects.filter(unit=unit).count() == 3


def test_communities_are_listed_opened_and_edited(cast, manager):
    assert [row["code"] for row in manager.get("/api/v1/communities/").json()["results"]] == ["JX"]
    made = manager.post("/api/v1/communities/", {"code": "j2", "name": "锦绣二期"}, JSON)
    assert (made.status_code, made.json()["code"], made.json()["handover_rule"]) == (201, "J2", "BY_DAY")
    taken = manager.post("/api/v1/communities/", {"code": "J2", "name": "x"}, JSON)
    assert (taken.status_code, taken.json()["code"]) == (409, "owners.community_code_taken")
    edited = manager.put(f"/api/v1/communities/{made.json()['id']}/", {"name": "锦绣南区"}, JSON)
    assert edited.json()["name"] == "锦绣南区"


def test_who_may_only_look_is_refused(cast, log_in, unit):
    auditor = log_in(cast.jinxiu, "auditor")
    assert auditor.get(f"/api/v1/units/{unit.pk}/").status_code == 200
    answer = auditor.patch(f"/api/v1/units/{unit.pk}/", {"remark": "x"}, JSON)
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    with cast.jinxiu.open():
        contact = Contact.objects.first().pk
    assert auditor.post(f"/api/v1/contacts/{contact}/reveal/", {"reason": "x"}, JSON).status_code == 403


def test_an_outsider_finds_nothing_of_this_company(cast, log_in, unit):
    outsider = log_in(cast.yunding, "project_manager")
    party, community = cast.jinxiu.parties["张三"].pk, cast.jinxiu.community.pk
    with cast.jinxiu.open():
        contact = Contact.objects.filter(party_id=party).first().pk
    assert outsider.get(f"/api/v1/units/{unit.pk}/").status_code == 404
    assert outsider.get(f"/api/v1/communities/{community}/").status_code == 404
    asks = [
        outsider.patch(f"/api/v1/units/{unit.pk}/", {"remark": "x"}, JSON),
        outsider.post(f"/api/v1/units/{unit.pk}/legacy-issues/", {"text": "x"}, JSON),
        outsider.post(f"/api/v1/units/{unit.pk}/legacy-issues/1/close/"),
        outsider.post(
            f"/api/v1/units/{unit.pk}/hand-over/", {"on": "2026-03-01", "holders": [{"name": "x"}]}, JSON
        ),
        outsider.post(f"/api/v1/parties/{party}/contacts/", {"value": "13911112222"}, JSON),
        outsider.patch(f"/api/v1/contacts/{contact}/", {"state": "VOID"}, JSON),
        outsider.post(f"/api/v1/contacts/{contact}/reveal/", {"reason": "x"}, JSON),
        outsider.put(f"/api/v1/communities/{community}/", {"name": "x"}, JSON),
    ]
    assert [answer.status_code for answer in asks] == [404] * len(asks)
    ids = {row["id"] for row in outsider.get("/api/v1/units/", {"q": "3-1-1602"}).json()["results"]}
    assert unit.pk not in ids


def test_strangers_are_asked_for_a_key(client, cast, unit):
    assert client.get(f"/api/v1/units/{unit.pk}/").status_code == 401
