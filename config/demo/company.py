"""Two companies: 锦绣物业 with a community from a messy register, and 云顶物业 to prove the walls."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from arrears.cases.services import ensure_ladder
from billing.charges.queries import BillFilter, bills
from billing.charges.services import import_register, seed_contract, seed_fee_items
from billing.payments.services import open_cash_point
from config.demo_register import write_register
from notices.services import ensure_templates
from owners.gateways.sheets import open_sheets
from owners.queries import contacts_of
from owners.queries.portal import admitted
from owners.services import CommunityFields, create_community, reveal_contact
from tenancy.kernel.models import Tenant
from tenancy.kernel.scope import acting_for
from tenancy.people.services import members

PASSWORD = "demo-2026-wuye"  # noqa: S105 - printed on the screen of every demo


class Person(NamedTuple):
    """Somebody who works in the demo."""

    username: str
    name: str
    roles: tuple[str, ...]
    title: str


STAFF = (
    Person("qiantai", "周敏", ("collector", "cashier"), "前台客服"),
    Person("pianguan", "何军", ("collector",), "楼栋管家"),
    Person("lingban", "陈静", ("team_lead",), "客服领班"),
    Person("jingli", "徐建国", ("project_manager",), "项目经理"),
    Person("zongjing", "邵文华", ("branch_gm",), "分公司总经理"),
    Person("caiwu", "冯丽", ("finance",), "财务专员"),
    Person("fawu", "蒋律", ("legal",), "法务"),
    Person("xunluo", "马强", ("patrol",), "巡逻岗"),
    Person("shenji", "沈清", ("auditor",), "审计"),
    Person("admin", "管理员", ("company_admin",), "公司管理员"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A company of the demo, ready to work."""

    tenant_id: int
    community_id: int
    cash_point_id: int
    user_ids: dict[str, int]


def found_jinxiu(*, units: int, seed: int, from_on: date) -> Place:
    """锦绣物业服务有限公司 and its community 锦绣花园."""
    tenant = members.create_company(
        code="jinxiu", name="锦绣物业服务有限公司", short_name="锦绣物业", is_demo=True
    )
    fields = CommunityFields(
        name="锦绣花园", branch="杭州分公司", address="杭州市西湖区锦绣路88号", service_phone="0571-88006600",
        service_place="锦绣花园客户服务中心", service_hours="每日8:30-17:30",
    )  # fmt: skip
    return _found(tenant, STAFF, "JX", fields, units=units, seed=seed, from_on=from_on)


def found_yunding(*, seed: int, from_on: date) -> Place:
    """云顶物业管理有限公司: small, and a stranger to the first."""
    tenant = members.create_company(
        code="yunding", name="云顶物业管理有限公司", short_name="云顶物业", is_demo=True
    )
    staff = (
        Person("yunding", "唐宁", ("collector", "cashier", "project_manager"), "前台兼项目经理"),
        Person("yunding-admin", "云顶管理员", ("company_admin", "branch_gm"), "公司管理员"),
    )
    fields = CommunityFields(name="云顶苑", address="宁波市江北区云顶路6号", service_phone="0574-87000000")
    return _found(tenant, staff, "YD", fields, units=24, seed=seed + 1, from_on=from_on)


def _found(
    tenant: Tenant,
    staff: tuple[Person, ...],
    code: str,
    fields: CommunityFields,
    *,
    units: int,
    seed: int,
    from_on: date,
) -> Place:
    tenant.credit_code, tenant.address, tenant.phone = (
        "91330100MA00000000",
        fields.address,
        fields.service_phone,
    )
    tenant.legal_representative, tenant.legal_representative_post = "胡锦", "执行董事"
    tenant.save()
    user_ids = {person.username: _hire(tenant.pk, person) for person in staff}
    with acting_for(tenant.pk):
        seed_fee_items()
        ensure_templates()
        ensure_ladder(active_from=from_on)
        community_id = create_community(code=code, fields=fields)
        seed_contract(
            community_id=community_id,
            name=f"{fields.name}前期物业服务合同",
            number=f"{code}-2022-001",
            from_on=date(2019, 1, 1),
            payee_name=tenant.name,
            payee_bank="中国银行杭州文一路支行",
            payee_account="6217 0000 0000 0000 001",
            late_fee_rate=Decimal("0.0003"),
        )
        cash_point_id = open_cash_point(community_id=community_id, code="01", name="客户服务中心")
        _register(community_id, fields.name, units=units, seed=seed, from_on=from_on)
    return Place(tenant.pk, community_id, cash_point_id, user_ids)


def _hire(tenant_id: int, person: Person) -> int:
    user = members.create_user(username=person.username, name=person.name, password=PASSWORD, check=False)
    members.join(tenant_id=tenant_id, user_id=user.pk, roles=person.roles)
    return int(user.pk)


def _register(community_id: int, name: str, *, units: int, seed: int, from_on: date) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.xlsx"
        day_before = from_on - timedelta(days=1)
        write_register(path, units=units, seed=seed, community_name=name, as_of=day_before)
        import_register(community_id=community_id, sheets=open_sheets(path), as_of=day_before, commit=True)


def phone_of_a_debtor(*, as_of: date) -> str:
    """A mobile number that opens the portal for somebody who owes something; empty when there is none."""
    found = bills(BillFilter(state="OVERDUE"), as_of=as_of).order_by("pk")
    parties = list(found.values_list("account__party_id", flat=True)[:200])
    contacts = contacts_of(parties)
    for party_id in parties:
        for contact in contacts.get(party_id, ()):
            if contact.kind == "MOBILE":
                phone = reveal_contact(contact.contact_id, reason="demo log-in")
                if admitted(phone) == [party_id]:
                    return phone
    return ""
