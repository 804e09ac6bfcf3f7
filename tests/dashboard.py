"""Charges and payments for the tests of the dashboard: month lines as the engine writes them, a line each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from billing.charges.models import Account, Charge
from billing.charges.services import Settlement
from owners.models import Unit
from tests.cast import Company
from tests.money import settle_charges
from values.period import add_months


def house(company: Company, code: str) -> Account:
    """One more room, of 李四."""
    unit = Unit.objects.create(
        community=company.community, room=code, code=code, sort_key=code, area_cm2=1_000_000
    )
    return Account.objects.create(
        community=company.community, unit=unit, party=company.parties["李四"], opened_on=date(2022, 1, 1)
    )


def charge(
    company: Company,
    account: Account,
    start: date,
    months: Sequence[int],
    *,
    due_on: date | None = None,
    issued_on: date | None = None,
    item: str = "property",
    **more: object,
) -> Charge:
    """A charge from a first of a month on with these month lines, in fen; issued and due on its first day."""
    firsts = [add_months(start, n) for n in range(len(months))]
    lines = [
        {"month": f"{first:%Y-%m}", "amount_fen": fen} for first, fen in zip(firsts, months, strict=True)
    ]
    due = due_on or start
    return Charge.objects.create(
        community_id=account.community_id, account=account, unit_id=account.unit_id, fee_item=company.items[item],
        period=DateRange(start, add_months(start, len(months))), issued_on=issued_on or start, due_on=due,
        amount_fen=sum(months), late_fee_from=due, late_fee_cap_fen=0, snapshot={"lines": lines}, **more,
    )  # fmt: skip


def pay(charge: Charge, fen: int, on: date) -> None:
    """Principal that settles a charge on a value date."""
    settle_charges(changes=[Settlement(charge.pk, fen)], paid_on=on)


def worked_example(company: Company) -> None:
    """The five units of domain 3.4 as charges and payments, up to 2026-06-30."""
    june = date(2026, 6, 20)
    year = charge(company, house(company, "U1"), date(2026, 1, 1), [21_002] * 12, issued_on=date(2025, 12, 1))
    pay(year, 252_024, date(2025, 12, 20))
    second = house(company, "U2")
    for month in range(1, 7):
        pay(charge(company, second, date(2026, month, 1), [30_000]), 30_000, date(2026, month, 9))
    third = house(company, "U3")
    for month in range(9, 13):
        pay(charge(company, third, date(2025, month, 1), [25_050]), 25_050, date(2026, 3, 1))
    for month in range(1, 7):
        due = charge(company, third, date(2026, month, 1), [25_050])
        if month <= 3:
            pay(due, 25_050, june)
    fourth = house(company, "U4")
    oldest = charge(company, fourth, date(2024, 1, 1), [18_000] * 12)
    charge(company, fourth, date(2025, 1, 1), [18_000] * 12)
    pay(oldest, 50_000, june)
    charge(company, fourth, date(2026, 1, 1), [18_000] * 6)
    fifth = house(company, "U5")
    for quarter in (1, 4):
        due = charge(company, fifth, date(2026, quarter, 1), [14_701] * 3)
        pay(due, 44_103, june)
