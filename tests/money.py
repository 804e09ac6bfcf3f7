"""Debts and payments for the tests of money: a line each, with the day and the rate a scenario asks for."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from itertools import count
from zoneinfo import ZoneInfo

from django.db.backends.postgresql.psycopg_any import DateRange

from billing.charges.models import Charge
from billing.charges.queries import open_charges
from billing.payments import services
from tests.cast import Company
from values.period import add_months

PAID_ON = date(2026, 5, 31)
AT = datetime(2026, 5, 31, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
_YEARS = count()


def owe(
    company: Company,
    fen: int,
    due_on: date,
    *,
    unit: str = "3-1-1602",
    item: str = "property",
    rate: str = "0.0003",
    cap: str = "1",
) -> Charge:
    """An issued charge. Its period is some year of its own: periods of one item never overlap."""
    start = date(1900 + next(_YEARS) % 8000, 1, 1)
    account = company.accounts[unit]
    return Charge.objects.create(
        community=company.community,
        account=account,
        unit=company.units[unit],
        fee_item=company.items[item],
        period=DateRange(start, add_months(start, 12)),
        issued_on=min(due_on, date(2025, 1, 1)),
        due_on=due_on,
        amount_fen=fen,
        late_fee_rate=Decimal(rate),
        late_fee_from=due_on,
        late_fee_cap_fen=int(fen * Decimal(cap)),
        snapshot={"late_fee": {"rate": rate, "cap_ratio": cap, "grace_days": 0}},
    )


def pay(company, fen, *, unit="3-1-1602", key="k1", **given):
    """A payment in cash on 31 May unless told otherwise."""
    asked = {
        "account_id": company.accounts[unit].pk,
        "amount_fen": fen,
        "method": "CASH",
        "paid_on": PAID_ON,
        "posted_on": PAID_ON,
        "at": AT,
        "cash_point_id": company.cash_point.pk,
        "idempotency_key": key,
    }
    return services.take_payment(**(asked | given))


def still_open(company, as_of=PAID_ON, unit="3-1-1602"):
    """charge id -> (unpaid principal, late fee) as of a day."""
    found = open_charges(account_ids=[company.accounts[unit].pk], as_of=as_of)
    return {charge.charge_id: (charge.unpaid_fen, charge.late_fee_fen) for charge in found}


def lines(taken):
    """(charge, part, fen) in the order of the allocation."""
    return [(line.charge_id, line.part, line.amount_fen) for line in taken.lines]
