"""What a new company starts with: the usual fee items, and a contract for a community."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db.backends.postgresql.psycopg_any import DateRange

from billing.charges.models import Contract, FeeItem

PROPERTY, PARKING, PARKING_MANAGEMENT = "property", "parking", "parking_management"
# code, name, revenue, bears a late fee, billed after the period
_USUAL = (
    (PROPERTY, "物业费", "own_income", True, False),
    (PARKING, "停车费", "own_income", False, False),
    (PARKING_MANAGEMENT, "车位管理费", "own_income", True, False),
    ("shared_electricity", "公共电费", "pass_through", False, True),
    ("water", "水费", "pass_through", False, True),
    ("electricity", "电费", "pass_through", False, True),
    ("decoration_deposit", "装修押金", "deposit", False, False),
    ("collection_cost", "催收费用", "cost", False, False),
)
_CLAUSE = "逾期按日万分之三支付违约金"


def seed_fee_items() -> dict[str, int]:
    """The usual fee items of a company, code -> id; those that exist are left as they are."""
    known = set(FeeItem.objects.values_list("code", flat=True))
    names = set(FeeItem.objects.values_list("name", flat=True))
    FeeItem.objects.bulk_create(
        FeeItem(code=code, name=name, revenue=revenue, bears_late_fee=late, in_arrears=arrears)
        for code, name, revenue, late, arrears in _USUAL
        if code not in known and name not in names
    )
    return dict(FeeItem.objects.values_list("code", "pk"))


def seed_contract(
    *,
    community_id: int,
    name: str,
    from_on: date,
    payee_name: str,
    payee_bank: str = "",
    payee_account: str = "",
    number: str = "",
    late_fee_rate: Decimal | None = None,
    late_fee_clause: str = "",
    kind: str = Contract.Kind.PRELIMINARY,
) -> int:
    """A contract for a community that has none on that day; the one it has otherwise. Without a clause
    there is no late fee (L-L6)."""
    known = Contract.objects.filter(community_id=community_id, held__contains=from_on).first()
    if known is not None:
        return int(known.pk)
    following = (
        Contract.objects.filter(community_id=community_id, held__startswith__gt=from_on)
        .order_by("held")
        .first()
    )
    contract = Contract.objects.create(
        community_id=community_id,
        kind=kind,
        name=name,
        number=number,
        held=DateRange(from_on, following.held.lower if following else None),
        late_fee_rate=late_fee_rate,
        late_fee_clause=late_fee_clause or (_CLAUSE if late_fee_rate == Decimal("0.0003") else ""),
        payee_name=payee_name,
        payee_bank=payee_bank,
        payee_account=payee_account,
    )
    return int(contract.pk)
