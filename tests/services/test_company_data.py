"""The company's own data: what may stand in it, and the trace that every change leaves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from owners.services import CommunityFields, edit_community
from tenancy.kernel.models import Tenant
from tenancy.people.models import AuditEntry
from tenancy.people.queries.audit import changes_of
from tenancy.people.queries.company import company_card
from tenancy.people.services.company import BadCompanyData, CompanyFields, change_company

NEW = CompanyFields(
    name="锦绣物业服务有限公司", short_name="锦绣生活", credit_code="91330100MA0000000C", phone="0571-1"
)


def test_a_change_is_kept_with_what_stood_there_before(cast):
    with cast.jinxiu.open("company_admin"):
        assert change_company(fields=NEW) is True
        assert (company_card().short_name, company_card().credit_code) == ("锦绣生活", "91330100MA0000000C")
        (row,) = changes_of("company", cast.jinxiu.tenant.pk, actions=["company.changed"])
        assert row.who == cast.jinxiu.people["company_admin"].name
        assert set(row.changes) == {
            ("set.short_name", "锦绣物业", "锦绣生活"),
            ("set.credit_code", "", "91330100MA0000000C"),
            ("set.phone", "", "0571-1"),
        }
    assert Tenant.objects.get(pk=cast.yunding.tenant.pk).short_name == "云顶物业"


def test_what_does_not_differ_leaves_no_trace(jinxiu):
    assert change_company(fields=NEW) is True
    assert change_company(fields=NEW) is False
    assert AuditEntry.objects.filter(action="company.changed").count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"short_name": "锦"}, "short_name"),
        ({"short_name": "锦绣 物业"}, "short_name"),
        ({"short_name": "【锦绣】"}, "short_name"),
        ({"short_name": "锦" * 13}, "short_name"),
        ({"credit_code": "91330100MA0000000A"}, "credit_code"),
        ({"credit_code": "123"}, "credit_code"),
    ],
)
def test_what_would_stop_every_message_or_court_paper_is_refused(jinxiu, wrong, field):
    with pytest.raises(BadCompanyData) as refusal:
        change_company(fields=replace(NEW, **wrong))
    assert refusal.value.field == field
    assert company_card().short_name == "锦绣物业"


def test_a_community_tells_what_was_changed_of_it(cast):
    community = cast.jinxiu.community
    told = CommunityFields(name="锦绣花园", branch="杭州分公司", address="文一路2号", service_phone="0571-2")
    with cast.jinxiu.open("team_lead"):
        edit_community(community_id=community.pk, fields=told)
        (row,) = changes_of("community", community.pk, actions=["community.edited"])
        assert ("set.address", "杭州市西湖区文一路1号", "文一路2号") in row.changes
        edit_community(community_id=community.pk, fields=told)
        assert len(changes_of("community", community.pk, actions=["community.edited"])) == 1
