"""Two companies: 锦绣物业 with communities from messy registers, and 云顶物业 to prove the walls."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from arrears.cases.services import ensure_ladder
from billing.charges.queries import fee_items
from billing.charges.rules.agreement import Agreement
from billing.charges.rules.local import LocalKind
from billing.charges.services import add_contract, add_local_rule, add_tariff, import_register, seed_fee_items
from billing.payments.services import open_cash_point
from config.demo_register import LET_BAY_YUAN, OWNED_BAY_YUAN, RATE_YUAN, SHOP_RATE_YUAN, write_register
from notices.services import ensure_templates
from owners.gateways.sheets import open_sheets
from owners.services import CommunityFields, create_community
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
    Person("shouyin", "孙晓芸", ("cashier",), "收银员"),
    Person("jingli", "徐建国", ("project_manager",), "项目经理"),
    Person("zongjing", "邵文华", ("branch_gm",), "分公司总经理"),
    Person("caiwu", "冯丽", ("finance",), "财务专员"),
    Person("fawu", "蒋律", ("legal",), "法务"),
    Person("xunluo", "马强", ("patrol",), "巡逻岗"),
    Person("shenji", "沈清", ("auditor",), "审计"),
    Person("admin", "管理员", ("company_admin",), "公司管理员"),
)


class Estate(NamedTuple):
    """A community of the demo: its share of the units in percent, and what its contract says.

    `home_months`, `bay_months`: how many months a bill of a home or shop, and of a parking bay, covers.
    """

    code: str
    name: str
    address: str
    phone: str
    share: int
    issue_day: int
    late_fee_rate: Decimal | None
    late_fee_clause: str = ""
    home_months: int = 1
    bay_months: int = 1


ESTATES = (
    Estate("JX", "锦绣花园", "杭州市西湖区锦绣路88号", "0571-88006600", 50, 5, Decimal("0.0003"),
           "逾期按日万分之三支付违约金", home_months=3, bay_months=6),
    Estate("LH", "临湖雅苑", "杭州市余杭区临湖路16号", "0571-88006611", 30, 1, Decimal("0.0005"),
           "逾期按日万分之五支付违约金", home_months=6, bay_months=12),
    Estate("CY", "晨阳公寓", "杭州市滨江区晨阳街9号", "0571-88006622", 20, 8, None,
           bay_months=6),
)  # fmt: skip
_RHYTHM = {3: "按季", 6: "按半年", 12: "按年"}
_PRICES = (  # as the made-up registers have them
    ("property", "AREA", Decimal(f"{RATE_YUAN:.2f}")),
    ("property", "AREA", Decimal(f"{SHOP_RATE_YUAN:.2f}")),
    ("parking_management", "FIXED", Decimal(f"{OWNED_BAY_YUAN:.2f}")),
    ("parking", "FIXED", Decimal(f"{LET_BAY_YUAN:.2f}")),
)
_ONE_ESTATE_BELOW = 240  # so few units are one community


@dataclass(frozen=True, slots=True)
class Place:
    """A company of the demo, ready to work. `cash_points`: community id -> its desk."""

    tenant_id: int
    cash_points: dict[int, int]
    user_ids: dict[str, int]


def found_jinxiu(*, units: int, seed: int, from_on: date) -> Place:
    """锦绣物业服务有限公司 with `units` homes, shops and parking bays, of the first community most."""
    tenant = members.create_company(
        code="jinxiu", name="锦绣物业服务有限公司", short_name="锦绣物业", is_demo=True
    )
    estates = ESTATES if units >= _ONE_ESTATE_BELOW else (ESTATES[0]._replace(share=100),)
    return _found(tenant, STAFF, estates, units=units, seed=seed, from_on=from_on)


def found_yunding(*, seed: int, from_on: date) -> Place:
    """云顶物业管理有限公司: small, and a stranger to the first."""
    tenant = members.create_company(
        code="yunding", name="云顶物业管理有限公司", short_name="云顶物业", is_demo=True
    )
    staff = (
        Person("yunding", "唐宁", ("collector", "cashier", "project_manager"), "前台兼项目经理"),
        Person("yunding-admin", "云顶管理员", ("company_admin", "branch_gm"), "公司管理员"),
    )
    estate = Estate("YD", "云顶苑", "宁波市江北区云顶路6号", "0574-87000000", 100, 5, Decimal("0.0003"),
                    "逾期按日万分之三支付违约金")  # fmt: skip
    return _found(tenant, staff, (estate,), units=32, seed=seed + 1, from_on=from_on)


def _found(
    tenant: Tenant,
    staff: tuple[Person, ...],
    estates: tuple[Estate, ...],
    *,
    units: int,
    seed: int,
    from_on: date,
) -> Place:
    tenant.credit_code, tenant.address, tenant.phone = (
        "91330100MA0000000C",
        estates[0].address,
        estates[0].phone,
    )
    tenant.legal_representative, tenant.legal_representative_post = "胡锦", "执行董事"
    tenant.save()
    user_ids = {person.username: _hire(tenant.pk, person) for person in staff}
    with acting_for(tenant.pk):
        seed_fee_items()
        ensure_templates()
        ensure_ladder(active_from=from_on)
        _note_city_rules()
        cash_points = dict(
            _build(estate, tenant.name, units=units * estate.share // 100, seed=seed + n, from_on=from_on)
            for n, estate in enumerate(estates)
        )
    return Place(tenant.pk, cash_points, user_ids)


def _build(estate: Estate, payee: str, *, units: int, seed: int, from_on: date) -> tuple[int, int]:
    """A community with its contract, its desk and its register; ids of the community and the desk."""
    fields = CommunityFields(
        name=estate.name, branch="杭州分公司", address=estate.address, service_phone=estate.phone,
        service_place=f"{estate.name}客户服务中心", service_hours="每日8:30-17:30",
    )  # fmt: skip
    community_id = create_community(code=estate.code, fields=fields)
    terms = Agreement(
        kind="PRELIMINARY", name=f"{estate.name}前期物业服务合同", number=f"{estate.code}-2022-001",
        start_on=date(2019, 1, 1), end_on=None, late_fee_rate=estate.late_fee_rate,
        late_fee_clause=estate.late_fee_clause, late_fee_cap_ratio=Decimal(1), late_fee_grace_days=0,
        principal_first=False, issue_day=estate.issue_day, due_day=None, payee_name=payee,
        payee_bank="中国银行杭州文一路支行", payee_account="6217 0000 0000 0000 001",
    )  # fmt: skip
    add_contract(community_id=community_id, terms=terms)
    _price(community_id, estate)
    cash_point_id = open_cash_point(community_id=community_id, code="01", name="客户服务中心")
    _register(community_id, estate.name, rows=units - units // 4, seed=seed, from_on=from_on)
    return community_id, cash_point_id


def _price(community_id: int, estate: Estate) -> None:
    """What is not paid by the month has its price before the register comes, which then finds it."""
    items = {item.code: item for item in fee_items()}
    for code, basis, rate in _PRICES:
        months = estate.home_months if code == "property" else estate.bay_months
        if months > 1:
            item, unit = items[code], "㎡·月" if basis == "AREA" else "月"
            add_tariff(
                community_id=community_id, fee_item_id=item.fee_item_id, basis=basis, rate=rate,
                name=f"{item.name} {rate}元/{unit}（{_RHYTHM[months]}）", from_on=date(2019, 1, 1),
                cycle_months=months, approval_reference="物价备案",
            )  # fmt: skip


def _note_city_rules() -> None:
    """What the city says about empty homes and paying ahead."""
    for kind, value in (
        (LocalKind.VACANCY_RATIO, "0.7"), (LocalKind.VACANCY_MONTHS, "6"), (LocalKind.PREPAY_MONTHS, "12"),
    ):  # fmt: skip
        add_local_rule(kind=kind, value=value, from_on=date(2019, 1, 1), basis="杭州市物业管理条例")


def _hire(tenant_id: int, person: Person) -> int:
    user = members.create_user(username=person.username, name=person.name, password=PASSWORD, check=False)
    members.join(tenant_id=tenant_id, user_id=user.pk, roles=person.roles)
    return int(user.pk)


def _register(community_id: int, name: str, *, rows: int, seed: int, from_on: date) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.xlsx"
        day_before = from_on - timedelta(days=1)
        write_register(path, units=rows, seed=seed, community_name=name, as_of=day_before)
        import_register(community_id=community_id, sheets=open_sheets(path), as_of=day_before, commit=True)
