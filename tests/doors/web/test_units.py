"""Screens of units: find one, see its people, reveal a number, edit, change of owner; outsiders see nothing."""

from __future__ import annotations

from datetime import date

import pytest

from owners.models import Community, Contact, LegacyIssue, Ownership, Unit
from tenancy.people.models import AuditEntry


@pytest.fixture
def unit(cast):
    return cast.jinxiu.units["3-1-1602"]


@pytest.fixture
def manager(cast, log_in):
    return log_in(cast.jinxiu, "project_manager")


def page(response):
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_shows_units_with_their_owner_and_opens_by_the_room(cast, log_in, unit):
    text = page(log_in(cast.jinxiu, "collector").get("/units/"))
    assert f'href="/units/{unit.pk}/"' in text
    assert "张三" in text
    assert "89.37 ㎡" in text
    assert "+1" in text


@pytest.mark.parametrize(
    "query", ["q=31602", "q=张三", "q=8000", "kind=ROOM&handover=TAKEN_OVER", "q=3-1-1602&kind=ROOM"]
)
def test_every_filter_is_in_the_address(manager, unit, query):
    assert "3-1-1602" in page(manager.get(f"/units/?{query}"))


def test_a_filter_that_is_not_offered_is_left_out(manager):
    assert "3-1-1602" in page(manager.get("/units/?kind=CASTLE&community=x&building=999999&page=99"))
    assert "3-1-1602" in page(manager.get("/units/?community=²"))


def test_nothing_found_says_what_to_try(manager):
    text = page(manager.get("/units/?q=99999"))
    assert "empty-note" in text
    assert "31602" in text


def test_the_unit_page_shows_people_masked_and_asks_other_apps_for_their_parts(cast, manager, unit):
    with cast.jinxiu.open():
        Contact.objects.filter(kind="MOBILE").update(masked="138****8000")
    text = page(manager.get(f"/units/{unit.pk}/"))
    assert "138****8000" in text
    assert "13800138000" not in text
    for part in ("head", "statement", "timeline"):
        assert f'hx-get="/units/{unit.pk}/{part}/"' in text
    assert 'hx-trigger="load"' in text
    assert "style=" not in text


@pytest.mark.parametrize(
    ("tab", "shown"),
    [("payments", "/payments/"), ("papers", "/notices/"), ("unit", "89.37 ㎡"), ("castle", "/statement/")],
)
def test_every_tab_stands_in_the_address(manager, unit, tab, shown):
    text = page(manager.get(f"/units/{unit.pk}/?tab={tab}"))
    assert shown in text
    assert text.count('aria-current="page"') == 2, "one place in the navigation, one tab"
    assert f'hx-get="/units/{unit.pk}/timeline/"' in text


def test_who_takes_no_payments_sees_no_button_for_it(cast, log_in, unit):
    assert "/counter/?unit=" in page(log_in(cast.jinxiu, "cashier").get(f"/units/{unit.pk}/"))
    assert "/counter/?unit=" not in page(log_in(cast.jinxiu, "collector").get(f"/units/{unit.pk}/"))


def test_a_click_reveals_the_number_and_is_written_down(cast, manager, unit):
    with cast.jinxiu.open():
        contact = Contact.objects.get(party=cast.jinxiu.parties["张三"], kind="MOBILE")
    answer = manager.post(f"/contacts/{contact.pk}/reveal/", {"reason": "unit page"})
    assert page(answer).strip() == "13800138000"
    assert answer["Cache-Control"] == "no-store"
    with cast.jinxiu.open():
        entry = AuditEntry.objects.get(action="contact.revealed")
    assert (entry.object_id, entry.user_id) == (contact.pk, cast.jinxiu.people["project_manager"].pk)
    assert "138001" not in str(entry.detail)


def test_a_number_is_not_revealed_without_a_reason_nor_to_a_cashier(cast, log_in, manager):
    with cast.jinxiu.open():
        contact = Contact.objects.filter(kind="MOBILE").first()
    assert manager.post(f"/contacts/{contact.pk}/reveal/").status_code == 422
    assert (
        log_in(cast.jinxiu, "cashier").post(f"/contacts/{contact.pk}/reveal/", {"reason": "x"}).status_code
        == 403
    )


def test_remark_and_special_needs_are_edited(cast, manager, unit):
    form = page(manager.get(f"/units/{unit.pk}/edit/"))
    assert 'name="special_needs"' in form
    answer = manager.post(f"/units/{unit.pk}/edit/", {"remark": "空关", "special_needs": "独居老人"})
    assert answer.status_code == 302
    text = page(manager.get(f"/units/{unit.pk}/"))
    assert "空关" in text
    assert "独居老人" in text


def test_a_legacy_issue_is_recorded_shown_and_settled(cast, manager, unit):
    assert manager.post(f"/units/{unit.pk}/issues/", {"text": "屋顶漏水"}).status_code == 302
    assert '<p class="legacy">屋顶漏水</p>' in page(manager.get(f"/units/{unit.pk}/"))
    again = manager.post(f"/units/{unit.pk}/issues/", {"text": "屋顶漏水"})
    assert again.status_code == 422
    with cast.jinxiu.open():
        issue = LegacyIssue.objects.get()
    manager.post(f"/units/{unit.pk}/issues/{issue.pk}/close/")
    assert '<p class="legacy">屋顶漏水</p>' not in page(manager.get(f"/units/{unit.pk}/"))
    assert manager.post(f"/units/{unit.pk}/issues/{issue.pk}/close/").status_code == 404


def test_a_contact_is_added_and_marked_wrong(cast, manager, unit):
    party = cast.jinxiu.parties["张三"].pk
    added = manager.post(f"/units/{unit.pk}/contacts/", {"party": party, "value": "139 1111 2222"})
    assert added.status_code == 302
    with cast.jinxiu.open():
        contact = Contact.objects.get(masked="139****2222")
    manager.post(f"/units/{unit.pk}/contacts/{contact.pk}/", {"state": "WRONG"})
    with cast.jinxiu.open():
        assert Contact.objects.get(pk=contact.pk).state == "WRONG"
    refused = manager.post(f"/units/{unit.pk}/contacts/", {"party": party, "value": "12345"})
    assert refused.status_code == 422
    assert 'value="12345"' in refused.content.decode()


def test_a_change_of_owner_by_day_keeps_the_old_owner_on_the_page(cast, manager, unit):
    assert 'name="joint_1"' in page(manager.get(f"/units/{unit.pk}/hand-over/"))
    answer = manager.post(
        f"/units/{unit.pk}/hand-over/",
        {
            "on": "2026-03-01",
            "name": "新业主",
            "kind": "PERSON",
            "phone": "13711112222",
            "joint_1": "新业主妻",
            "id_number": "",
        },
    )
    assert answer.status_code == 302
    with cast.jinxiu.open():
        held = (
            Ownership.objects.filter(unit=unit)
            .order_by("held", "rank")
            .values_list("party__name", "rank", "held")
        )
        rows = [(name, rank, span.lower, span.upper) for name, rank, span in held]
    assert rows == [
        ("张三", 1, date(2022, 1, 1), date(2026, 3, 1)), ("新业主", 1, date(2026, 3, 1), None),
        ("新业主妻", 2, date(2026, 3, 1), None),
    ]  # fmt: skip
    text = page(manager.get(f"/units/{unit.pk}/"))
    assert "137****2222" in text
    assert "张三" in text


@pytest.mark.parametrize(
    "changed",
    [
        {"name": ""},
        {"on": "2021-12-31"},
        {"on": "2022-01-01"},
        {"phone": "123"},
        {"on": "bad"},
        {"on": "9999-12-31"},
    ],
)
def test_a_refused_change_of_owner_loses_nothing_of_the_form(cast, manager, unit, changed):
    told = {
        "on": "2026-03-01",
        "name": "新业主",
        "kind": "PERSON",
        "phone": "",
        "id_number": "",
        "joint_1": "",
        "joint_2": "妻",
    }
    answer = manager.post(f"/units/{unit.pk}/hand-over/", told | changed)
    assert answer.status_code == 422
    assert 'value="妻"' in answer.content.decode()
    with cast.jinxiu.open():
        assert Ownership.objects.filter(unit=unit).count() == 1


def test_a_community_is_opened_and_edited(cast, manager):
    told = {"code": "j2", "name": "锦绣二期", "handover_rule": "NEXT_MONTH", "service_phone": "0571-1"}
    assert manager.post("/communities/new/", told).status_code == 302
    with cast.jinxiu.open():
        community = Community.objects.get(code="J2")
    assert manager.post("/communities/new/", told).status_code == 422
    assert "锦绣二期" in page(manager.get("/communities/"))
    assert 'value="锦绣二期"' in page(manager.get(f"/communities/{community.pk}/edit/"))
    manager.post(f"/communities/{community.pk}/edit/", {"name": "锦绣南区", "handover_rule": "BY_DAY"})
    with cast.jinxiu.open():
        assert Community.objects.get(code="J2").name == "锦绣南区"


def test_who_may_only_look_cannot_change_anything(cast, log_in, unit):
    auditor = log_in(cast.jinxiu, "auditor")
    text = page(auditor.get(f"/units/{unit.pk}/"))
    assert "/hand-over/" not in text
    assert "/reveal/" not in text
    for path in (f"/units/{unit.pk}/edit/", f"/units/{unit.pk}/hand-over/", "/communities/new/"):
        assert auditor.get(path).status_code == 403
    assert auditor.post(f"/units/{unit.pk}/issues/", {"text": "x"}).status_code == 403


def test_an_outsider_finds_nothing_of_this_company(cast, log_in, unit):
    outsider = log_in(cast.yunding, "project_manager")
    party = cast.jinxiu.parties["张三"].pk
    with cast.jinxiu.open():
        contact = Contact.objects.filter(party_id=party).first().pk
    paths = [
        f"/units/{unit.pk}/",
        f"/units/{unit.pk}/edit/",
        f"/units/{unit.pk}/hand-over/",
        f"/communities/{cast.jinxiu.community.pk}/",
    ]
    assert [outsider.get(path).status_code for path in paths] == [404] * 4
    posts = {
        f"/units/{unit.pk}/edit/": {"remark": "x"}, f"/units/{unit.pk}/issues/": {"text": "x"},
        f"/units/{unit.pk}/issues/1/close/": {}, f"/units/{unit.pk}/contacts/": {"party": party, "value": "13911112222"},
        f"/units/{unit.pk}/contacts/{contact}/": {"state": "VOID"}, f"/contacts/{contact}/reveal/": {"reason": "x"},
        f"/units/{unit.pk}/hand-over/": {"on": "2026-03-01", "name": "x", "kind": "PERSON"},
        f"/communities/{cast.jinxiu.community.pk}/edit/": {"name": "x", "handover_rule": "BY_DAY"},
    }  # fmt: skip
    assert [outsider.post(path, told).status_code for path, told in posts.items()] == [404] * len(posts)
    text = page(outsider.get("/units/?q=3-1-1602"))
    assert f"/units/{unit.pk}/" not in text
    with cast.jinxiu.open():
        assert Unit.objects.get(pk=unit.pk).remark == ""


def test_a_member_of_another_community_finds_nothing_either(cast, log_in, unit):
    from tenancy.people.models import Membership

    with cast.jinxiu.open():
        other = Community.objects.create(code="J2", name="锦绣二期")
    Membership.objects.filter(user=cast.jinxiu.people["team_lead"]).update(community_ids=[other.pk])
    client = log_in(cast.jinxiu, "team_lead")
    with cast.jinxiu.open():
        contact = Contact.objects.first().pk
    assert client.get(f"/units/{unit.pk}/").status_code == 404
    assert client.post(f"/contacts/{contact}/reveal/", {"reason": "x"}).status_code == 404
    assert f"/units/{unit.pk}/" not in page(client.get("/units/?q=张三"))


def test_strangers_are_sent_to_the_log_in(client, cast, unit):
    answer = client.get(f"/units/{unit.pk}/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/login/")
