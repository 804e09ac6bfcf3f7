"""A company with one community of N units, filled by set-based statements: what is measured on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any, Final

from billing.charges.services import add_tariff, seed_contract, seed_fee_items
from config.bench.owner import Owner
from notices.services import ensure_templates
from owners.services import CommunityFields, create_community
from tenancy.kernel import sql
from tenancy.kernel.crypto import encrypt, fingerprint
from tenancy.kernel.models import Tenant
from tenancy.kernel.scope import acting_for
from tenancy.people.services import members

PACKAGE: Final = "config.bench"
CODE: Final = "bench-"
FROM_ON: Final = date(2022, 1, 1)
UNITS_PER_BUILDING: Final = 144
# In this order each finds the rows it points to.
_FILLS: Final = {
    "buildings": "owners_building",
    "units": "owners_unit",
    "parties": "owners_party",
    "ownerships": "owners_ownership",
    "contacts": "owners_contact",
    "subscriptions": "charges_subscription",
    "accounts": "charges_account",
}
FILLED: Final = tuple(_FILLS.values())
_PHONE: Final = "13800000000"
_COMMUNITY: Final = CommunityFields(
    name="测量花园",
    address="杭州市西湖区测量路1号",
    service_phone="0571-88000000",
    service_place="客户服务中心",
    service_hours="8:30-17:30",
)


@dataclass(frozen=True, slots=True)
class Town:
    """A company of the bench. One account per unit; one unit in ten is co-owned."""

    tenant_id: int
    community_id: int
    units: int


def build_empty() -> Town:
    """A company and its community, ready for a register."""
    number, tenant = _company()
    with acting_for(tenant.pk):
        return Town(tenant.pk, _community(f"M{number}", tenant.name), 0)


def build(units: int, owner: Owner) -> Town:
    """A company whose units, owners, telephones, tariffs and accounts are there; nothing is billed yet."""
    town = build_empty()
    wanted = _wanted(town, units)
    for rows, table in _FILLS.items():
        with acting_for(town.tenant_id):
            sql.run(PACKAGE, f"town_{rows}", wanted)
        owner.settle_down(table)  # or the next join would be planned for empty tables
    return Town(town.tenant_id, town.community_id, units)


def build_more(town: Town) -> Town:
    """Another community of the same size in the same company."""
    with acting_for(town.tenant_id):
        tenant = Tenant.objects.get(pk=town.tenant_id)
        more = Town(tenant.pk, _community(f"M{town.community_id}X", tenant.name), town.units)
        wanted = _wanted(more, town.units)
        for rows in _FILLS:
            sql.run(PACKAGE, f"town_{rows}", wanted)
    return more


def _company() -> tuple[int, Tenant]:
    number = next(n for n in count(1) if not Tenant.objects.filter(code=f"{CODE}{n}").exists())
    tenant = members.create_company(code=f"{CODE}{number}", name=f"测量物业{number}", short_name="测量物业")
    with acting_for(tenant.pk):
        seed_fee_items()
        ensure_templates()
    return number, tenant


def _community(code: str, payee: str) -> int:
    """A community with a service contract."""
    community_id = create_community(code=code, fields=_COMMUNITY)
    seed_contract(
        community_id=community_id,
        name="测量花园前期物业服务合同",
        from_on=FROM_ON,
        payee_name=payee,
        payee_bank="中国银行杭州分行",
        payee_account="6217000000000000001",
        late_fee_rate=Decimal("0.0003"),
    )
    return community_id


def _wanted(town: Town, units: int) -> dict[str, Any]:
    """What the fills of a community are told; its tariff is made here."""
    with acting_for(town.tenant_id):
        items = seed_fee_items()
        tariff_id = add_tariff(
            community_id=town.community_id,
            fee_item_id=items["property"],
            name="物业费标准",
            basis="AREA",
            rate=Decimal("2.35"),
            from_on=FROM_ON,
        )
        return {
            "community_id": town.community_id,
            "units": units,
            "per_building": UNITS_PER_BUILDING,
            "from_on": FROM_ON,
            "fee_item_id": items["property"],
            "tariff_id": tariff_id,
            "phone": encrypt(_PHONE),
            "phone_hash": fingerprint(_PHONE),
            "last4_hashes": [fingerprint(f"{digits:04}") for digits in range(10_000)],
        }
