"""The cast of the tests: 锦绣物业 with a small community, 云顶物业 to prove the walls.

锦绣花园 (JX), monthly 物业费 2.35 yuan per square metre, late fee 0.0003 a day by contract:
  3-1-1602  89.37 m2  张三 (mobile, landline)      210.02 a month
  3-1-1702  120.50 m2  李四 and joint owner 王五    283.18 a month
  3-2-201   96.50 m2  developer, unsold            226.78 a month
  B1-001    parking bay of 张三, 停车费 300.00 a month (no late fee)
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.backends.postgresql.psycopg_any import DateRange

from billing.charges.models import Account, Contract, FeeItem, Subscription, Tariff, TariffVersion
from billing.payments.models import CashPoint
from owners.models import Building, Community, Contact, Ownership, Party, Unit
from tenancy.kernel.crypto import encrypt, fingerprint
from tenancy.kernel.models import Tenant
from tenancy.kernel.permissions import Role, StaffMember
from tenancy.kernel.scope import Scope, acting_for
from tenancy.people.models import Membership, User
from tenancy.people.queries.members import as_staff
from values.mask import mask_phone

FROM = date(2022, 1, 1)
PASSWORD = "demo-password-2026"


@dataclass
class Company:
    """One property company with everything a test wants at hand."""

    tenant: Tenant
    community: Community
    people: dict[str, User] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    parties: dict[str, Party] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    items: dict[str, FeeItem] = field(default_factory=dict)
    tariffs: dict[str, Tariff] = field(default_factory=dict)
    cash_point: CashPoint | None = None

    @contextmanager
    def open(self, role: str | None = None) -> Iterator[Scope]:
        """Act for this company, as nobody (the timetable) or as one of its people."""
        user_id = self.people[role].pk if role else None
        with acting_for(self.tenant.pk, user_id=user_id) as scope:
            yield scope

    def staff(self, role: str) -> StaffMember:
        """The member playing a role."""
        return as_staff(Membership.objects.select_related("tenant", "user").get(user=self.people[role]))


@dataclass
class Cast:
    """Both companies."""

    jinxiu: Company
    yunding: Company


def assemble() -> Cast:
    """Make both companies with their people, units, owners and tariffs."""
    return Cast(
        jinxiu=_company("jinxiu", "锦绣物业服务有限公司", "锦绣物业", "JX", "锦绣花园"),
        yunding=_company("yunding", "云顶物业服务有限公司", "云顶物业", "YD", "云顶苑"),
    )


def _company(code: str, name: str, short: str, community_code: str, community_name: str) -> Company:
    tenant = Tenant.objects.create(code=code, name=name, short_name=short, is_demo=True)
    with acting_for(tenant.pk):
        community = Community.objects.create(
            code=community_code,
            name=community_name,
            branch="杭州分公司",
            address="杭州市西湖区文一路1号",
            service_phone="0571-88000000",
            service_place="客户服务中心",
            service_hours="8:30-17:30",
        )
        company = Company(tenant, community)
        for role in Role:
            company.people[role.value] = _person(tenant, f"{code}-{role.value}", role)
        _tariffs(company)
        _homes(company)
        company.cash_point = CashPoint.objects.create(community=community, code="01", name="前台一")
    return company


def _person(tenant: Tenant, username: str, role: Role) -> User:
    user = User.objects.create_user(username, PASSWORD, name=f"{username}员工")
    Membership.objects.create(tenant=tenant, user=user, roles=[role.value])
    return user


def _tariffs(company: Company) -> None:
    community = company.community
    Contract.objects.create(
        community=community,
        name=f"{community.name}前期物业服务合同",
        number="JX-2022-001",
        held=DateRange(FROM, None),
        late_fee_rate=Decimal("0.0003"),
        late_fee_clause="逾期按日万分之三支付违约金",
        payee_name=company.tenant.name,
        payee_bank="中国银行杭州分行",
        payee_account="6217000000000000001",
    )
    for code, name, basis, rate_micro, late in (
        ("property", "物业费", "AREA", 2_350_000, True),
        ("parking", "停车费", "FIXED", 300_000_000, False),
    ):
        item = FeeItem.objects.create(code=code, name=name, bears_late_fee=late)
        tariff = Tariff.objects.create(community=community, fee_item=item, name=f"{name}标准", basis=basis)
        TariffVersion.objects.create(tariff=tariff, from_on=FROM, rate_micro=rate_micro)
        company.items[code], company.tariffs[code] = item, tariff


def _homes(company: Company) -> None:
    community = company.community
    building = Building.objects.create(community=community, name="3", sort_key="0003")
    for name, kind in (("张三", "PERSON"), ("李四", "PERSON"), ("王五", "PERSON"), ("锦绣置业", "DEVELOPER")):
        company.parties[name] = Party.objects.create(name=name, name_key=name, kind=kind)
    # What a court asks of a debtor; the others are not known that well.
    known = {"domicile": "浙江省杭州市西湖区文三路90号", "id_number": encrypt("330102199001011234")}
    Party.objects.filter(pk=company.parties["张三"].pk).update(**known)
    _phone(company.parties["张三"], "MOBILE", "13800138000", 2)
    _phone(company.parties["张三"], "LANDLINE", "0571-88006864", 1)
    _phone(company.parties["李四"], "MOBILE", "13900139000", 1)
    for room, entrance, area, owners in (
        ("1602", "1", 893_700, ("张三",)),
        ("1702", "1", 1_205_000, ("李四", "王五")),
        ("201", "2", 965_000, ("锦绣置业",)),
    ):
        code = f"3-{entrance}-{room}"
        company.units[code] = Unit.objects.create(
            community=community, building=building, kind="ROOM", entrance=entrance, room=room, code=code,
            sort_key=f"0003-{entrance:>04}-{room:>06}", area_cm2=area,
            floor=int(room[:-2]), handover_on=FROM,
            handover="UNSOLD" if owners == ("锦绣置业",) else "TAKEN_OVER",
        )  # fmt: skip
        _settle_in(company, code, owners, "property")
    company.units["B1-001"] = Unit.objects.create(
        community=community, kind="BAY", room="B1-001", code="B1-001", sort_key="~B1-001", linked_unit=company.units["3-1-1602"],
    )  # fmt: skip
    _settle_in(company, "B1-001", ("张三",), "parking")


def _settle_in(company: Company, code: str, owners: tuple[str, ...], item: str) -> None:
    unit = company.units[code]
    for rank, name in enumerate(owners, start=1):
        Ownership.objects.create(
            unit=unit, party=company.parties[name], rank=rank, held=DateRange(FROM, None)
        )
    Subscription.objects.create(
        unit=unit, tariff=company.tariffs[item], fee_item=company.items[item], held=DateRange(FROM, None)
    )
    company.accounts[code] = Account.objects.create(
        community=company.community, unit=unit, party=company.parties[owners[0]], opened_on=FROM
    )


def _phone(party: Party, kind: str, value: str, position: int) -> Contact:
    digits = value.replace("-", "")
    return Contact.objects.create(
        party=party, kind=kind, value=encrypt(value), value_hash=fingerprint(digits), masked=mask_phone(value),
        last4_hash=fingerprint(digits[-4:]), position=position,
    )  # fmt: skip
