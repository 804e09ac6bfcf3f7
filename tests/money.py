"""Debts and payments for the tests of money: a line each, with the day and the rate a scenario asks for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import count
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from billing.charges import services as charges
from billing.charges.models import Charge
from billing.charges.queries import open_charges
from billing.payments import services
from billing.payments.models import Allocation, CreditEntry, Payment
from tests.cast import Company
from values.period import add_months

PAID_ON = date(2026, 5, 31)
AT = datetime(2026, 5, 31, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
_YEARS = count()
_KEYS = count()


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


def settle_charges(*, changes: Sequence[charges.Settlement], paid_on: date) -> None:
    """What is settled was paid by somebody: a payment of its own for each change, as the database demands."""
    with transaction.atomic():
        for change in changes:
            _paid_by_somebody(change, paid_on)
        charges.settle_charges(changes=changes, paid_on=paid_on)


def paid_but(charge: Charge, left_fen: int, *, paid_on: date = PAID_ON) -> None:
    """All of a charge was paid but so much of its principal."""
    paid = charges.Settlement(charge.pk, charge.amount_fen - charge.settled_fen - left_fen)
    settle_charges(changes=[paid], paid_on=paid_on)


def _paid_by_somebody(change: charges.Settlement, paid_on: date) -> None:
    charge = Charge.objects.filter(pk=change.charge_id).first()
    fen = change.principal_fen + change.late_fee_fen
    if charge is None or fen == 0:
        return
    payment = Payment.objects.create(
        kind="RECEIVED" if fen > 0 else "RELEASE",
        community_id=charge.community_id,
        unit_id=charge.unit_id,
        account_id=charge.account_id,
        method="CASH" if fen > 0 else "CREDIT",
        amount_fen=fen,
        paid_on=paid_on,
        posted_on=date(2999, 1, 1),  # so that it stands in the takings of no day that a test looks at
        idempotency_key=f"somebody-{next(_KEYS)}",
        created_at=AT,
    )
    if fen < 0:
        CreditEntry.objects.create(account_id=charge.account_id, payment=payment, amount_fen=-fen)
    for part, amount in (("PRINCIPAL", change.principal_fen), ("LATE_FEE", change.late_fee_fen)):
        if amount:
            Allocation.objects.create(payment=payment, charge=charge, part=part, amount_fen=amount)


def still_open(company, as_of=PAID_ON, unit="3-1-1602"):
    """charge id -> (unpaid principal, late fee) as of a day."""
    found = open_charges(account_ids=[company.accounts[unit].pk], as_of=as_of)
    return {charge.charge_id: (charge.unpaid_fen, charge.late_fee_fen) for charge in found}


def lines(taken):
    """(charge, part, fen) in the order of the allocation."""
    return [(line.charge_id, line.part, line.amount_fen) for line in taken.lines]
