"""Settings in the browser: the areas of a role, the company's data, a community's data."""

from __future__ import annotations

import pytest
from django.urls import reverse

from owners.models import Community
from tenancy.kernel.permissions import ROLES, Permission, Role
from tenancy.people.web.settings import AREAS

GOOD = {
    "name": "锦绣物业服务有限公司",
    "short_name": "锦绣生活",
    "credit_code": "91330100 ma00 0000 0c",
    "address": "文一路2号",
    "phone": "0571-1",
}


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("role", [role for role in Role if Permission.COMPANY_SEE in ROLES[role]])
def test_a_role_finds_the_areas_it_may_enter_and_every_one_opens(cast, log_in, role):
    client = log_in(cast.jinxiu, role)
    page = text(client.get("/settings/")).split('id="content"')[1]
    areas = [area for _label, group in AREAS for area in group]
    for area in areas:
        url = reverse(area.url_name)
        assert (f'href="{url}"' in page) is (area.sees in ROLES[role]), area.url_name
        if area.sees in ROLES[role]:
            assert client.get(url).status_code == 200


def test_the_settings_say_where_a_role_may_only_look(cast, english):
    assert "look only" in text(english(cast.jinxiu, "auditor").get("/settings/"))
    assert "look only" not in text(english(cast.jinxiu, "company_admin").get("/settings/"))


def test_a_patrol_has_no_settings(cast, log_in):
    client = log_in(cast.jinxiu, "patrol")
    assert client.get("/settings/").status_code == 403
    assert 'href="/settings/"' not in text(client.get("/deliveries/"))


def test_the_companys_data_is_changed_and_the_change_is_shown(cast, english):
    client = english(cast.jinxiu, "company_admin")
    assert 'value="锦绣物业"' in text(client.get("/settings/company/edit/"))
    done = client.post("/settings/company/edit/", GOOD, follow=True)
    page = text(done)
    assert "【锦绣生活】" in page
    assert "91330100MA0000000C" in page
    assert "<del>锦绣物业</del>" in page
    assert cast.jinxiu.people["company_admin"].name in page
    assert "Nothing was changed." in text(client.post("/settings/company/edit/", GOOD, follow=True))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"short_name": "锦"}, "short_name"),
        ({"credit_code": "123"}, "credit_code"),
        ({"name": ""}, "name"),
        ({"name": "长" * 121}, "name"),
        ({"phone": "1\x002"}, "phone"),
        ({"address": "<script>" * 30}, "address"),
    ],
)
def test_wrong_data_is_said_beside_its_field_and_nothing_is_lost(cast, english, wrong, field):
    response = english(cast.jinxiu, "company_admin").post("/settings/company/edit/", GOOD | wrong)
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in text(response)
    assert 'value="锦绣' in text(response)
    assert "<script>&lt;" not in text(response)
    cast.jinxiu.tenant.refresh_from_db()
    assert cast.jinxiu.tenant.short_name == "锦绣物业"


def test_many_read_the_companys_data_and_the_administrator_writes_it(cast, log_in):
    for role in ("collector", "finance", "auditor"):
        client = log_in(cast.jinxiu, role)
        page = text(client.get("/settings/company/"))
        assert "锦绣物业服务有限公司" in page
        assert "/settings/company/edit/" not in page
        assert client.post("/settings/company/edit/", GOOD).status_code == 403


def test_a_communitys_data_shows_who_changed_it(cast, english):
    url = f"/communities/{cast.jinxiu.community.pk}/"
    reader = english(cast.jinxiu, "collector")
    assert "Nothing was changed" in text(reader.get(url))
    assert reader.get(f"{url}edit/").status_code == 403
    client = english(cast.jinxiu, "team_lead")
    form = {"name": "锦绣花园", "service_phone": "0571-99", "handover_rule": "BY_DAY"}
    page = text(client.post(f"{url}edit/", form, follow=True))
    assert "<del>0571-88000000</del>" in page
    assert "<ins>0571-99</ins>" in page
    assert client.post(f"{url}edit/", form | {"name": ""}).status_code == 422
    assert english(cast.yunding, "team_lead").get(url).status_code == 404


def test_a_communitys_page_shows_where_owners_pay_to_without_the_whole_account(cast, english):
    client = english(cast.jinxiu, "collector")
    url = f"/communities/{cast.jinxiu.community.pk}/"
    assert f'hx-get="{url}terms/"' in text(client.get(url))
    part = text(client.get(f"{url}terms/"))
    assert "中国银行杭州分行" in part
    assert "6217000000000000001" not in part
    with cast.jinxiu.open():
        second = Community.objects.create(code="J2", name="锦绣二期").pk
    assert "no service contract in force" in text(client.get(f"/communities/{second}/terms/"))
