"""Many of everything in a company: as many units, bills, payments, cases, papers and requests as one likes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange

from arrears.relief.models import Application
from billing.charges.models import (
    Account,
    Bill,
    Charge,
    DiscountOffer,
    LocalRule,
    Meter,
    MeterReading,
    Run,
    SharedCostPool,
    Tariff,
    Vacancy,
    Waiver,
)
from billing.payments.models import Allocation, CashSession, Payment, Receipt, Refund, Transfer
from notices.models import Notice
from owners.models import Building, Ownership, Party, Unit
from tenancy.people.models import Approval, Membership, StoredFile, User
from tests import crowd_collection as collection
from tests.cast import FROM, Company
from tests.crowd_bank import FEN, LONG_NAME, bank
from tests.notices_data import DEMAND


def crowd(company: Company, count: int, *, as_of: date, wing: str = "9") -> None:
    """Add `count` of each to a company: rooms 9-1-y that owe for 40 days; call inside `open()`."""
    accounts = _homes(company, count, wing)
    due_on = as_of - timedelta(days=40)
    charges = _bills(company, accounts, due_on)
    _payments(company, charges, as_of)
    _sessions(company, count, as_of)
    bank(company, accounts, wing, as_of)
    _papers(company, accounts, as_of)
    cases = collection.cases(company, accounts, due_on)
    collection.rounds(company, cases, as_of)
    collection.requests(company, cases, as_of)
    collection.tickets(company, cases, as_of)
    collection.drafts(cases, as_of)
    collection.posted(company, accounts, as_of)
    _measured(company, accounts, as_of)
    _relieved(company, accounts, wing, as_of)
    _people(company, count, wing)
    collection.team(company, count, as_of)


def _homes(company: Company, count: int, wing: str) -> list[Account]:
    community = company.community
    building = Building.objects.create(community=community, name=wing, sort_key=f"{wing:>04}")
    names = [LONG_NAME if n % 7 == 0 else f"业主{n:04}" for n in range(count)]
    parties = Party.objects.bulk_create(Party(name=name, name_key=name, kind="PERSON") for name in names)
    units = Unit.objects.bulk_create(
        Unit(
            community=community, building=building, kind="ROOM", entrance="1", room=f"{n:04}", code=f"{wing}-1-{n:04}",
            sort_key=f"{wing:>04}-0001-{n:06}", area_cm2=893_700, handover_on=FROM, handover="TAKEN_OVER",
        )
        for n in range(count)
    )  # fmt: skip
    held = DateRange(FROM, None)
    pairs = list(zip(units, parties, strict=True))
    Ownership.objects.bulk_create(Ownership(unit=u, party=p, rank=1, held=held) for u, p in pairs)
    return Account.objects.bulk_create(
        Account(community=community, unit=u, party=p, opened_on=FROM) for u, p in pairs
    )


def _bills(company: Company, accounts: list[Account], due_on: date) -> list[Charge]:
    community, item = company.community, company.items["property"]
    start = due_on.replace(day=1)
    period = DateRange(start, due_on + timedelta(days=1))
    run = Run.objects.create(community=community, period=period, issued_on=start)
    bills = Bill.objects.bulk_create(
        Bill(
            community=community, account=account, run=run, number=f"CR-{account.unit.code}", period=period, amount_fen=FEN,
            issued_on=start, due_on=due_on,
        )
        for account in accounts
    )  # fmt: skip
    charges = Charge.objects.bulk_create(
        Charge(
            community=community, account=bill.account, unit=bill.account.unit, fee_item=item, bill=bill,
            period=period, amount_fen=FEN, settled_fen=1_000, issued_on=start, due_on=due_on,
            late_fee_from=due_on + timedelta(days=1), late_fee_cap_fen=FEN,
        )
        for bill in bills
    )  # fmt: skip
    Tariff.objects.bulk_create(
        Tariff(community=community, fee_item=item, name=f"标准 {account.unit.code}", basis="AREA")
        for account in accounts
    )
    return charges


def _measured(company: Company, accounts: list[Account], as_of: date) -> None:
    """A meter, a shared cost and a local rule for each."""
    item = company.items["property"]
    meters = Meter.objects.bulk_create(
        Meter(
            community=company.community, unit=account.unit, fee_item=item, serial=f"W-{account.unit.code}",
            installed_on=FROM,
        )
        for account in accounts
    )  # fmt: skip
    MeterReading.objects.bulk_create(
        MeterReading(meter=meter, read_on=FROM, value_milli=0, kind="START") for meter in meters
    )
    seen = LocalRule.objects.count()
    LocalRule.objects.bulk_create(
        LocalRule(kind="PREPAY_MONTHS", value="12", from_on=FROM + timedelta(seen + n), basis="条例")
        for n in range(len(accounts))
    )
    SharedCostPool.objects.bulk_create(
        SharedCostPool(
            community=company.community, fee_item=item, name=f"公摊 {account.unit.code}", period=DateRange(FROM, as_of),
            amount_fen=FEN, method="AREA", document="电费单",
        )
        for account in accounts
    )  # fmt: skip


def _relieved(company: Company, accounts: list[Account], wing: str, as_of: date) -> None:
    """An empty home, an offer for paying a year at once and an application for time to pay for each."""
    proof = StoredFile.objects.create(
        name="proof.pdf",
        content_type="application/pdf",
        size=1,
        sha256=wing,
        path=f"y/{wing}",
        purpose="vacancy",
    )
    Vacancy.objects.bulk_create(
        Vacancy(
            community=company.community, account=account, accepted_on=FROM, from_on=FROM, ratio="0.7", min_months=6,
            reason="空置", evidence=proof, asked_on=as_of,
        )
        for account in accounts
    )  # fmt: skip
    Application.objects.bulk_create(
        Application(
            community=company.community, account=account, kind="HARDSHIP", reason_code="HARDSHIP", statement="住院",
            asked_on=as_of, principal_fen=1, late_fee_fen=0, from_on=as_of,
        )
        for account in accounts
    )  # fmt: skip
    seen = DiscountOffer.objects.count()
    DiscountOffer.objects.bulk_create(
        DiscountOffer(
            community=company.community, fee_item=company.items["property"], year=2026, share="0.05", basis="公告",
            held=DateRange(FROM + timedelta(seen + n), FROM + timedelta(seen + n + 1)), entered_on=as_of,
        )
        for n, _account in enumerate(accounts)
    )  # fmt: skip


def _payments(company: Company, charges: list[Charge], as_of: date) -> None:
    moment = datetime(as_of.year, as_of.month, as_of.day, 4, tzinfo=UTC)
    payments = Payment.objects.bulk_create(
        Payment(
            community=company.community, account=charge.account, unit=charge.unit, cash_point=company.cash_point,
            method="CASH", amount_fen=1_000, paid_on=as_of, posted_on=as_of, idempotency_key=f"crowd-{charge.unit.code}",
            created_at=moment, taken_by=company.people["cashier"],
        )
        for charge in charges
    )  # fmt: skip
    Receipt.objects.bulk_create(
        Receipt(
            cash_point=company.cash_point,
            payment=payment,
            number=f"CR-R-{payment.unit.code}",
            issued_on=as_of,
        )
        for payment in payments
    )
    Allocation.objects.bulk_create(
        Allocation(payment=payment, charge=charge, part="PRINCIPAL", amount_fen=1_000)
        for payment, charge in zip(payments, charges, strict=True)
    )
    _back(company, charges, payments, as_of)


def _back(company: Company, charges: list[Charge], payments: list[Payment], as_of: date) -> None:
    """What was asked to go back, and what to be let off."""
    asked = Approval.objects.bulk_create(
        Approval(
            kind="payment.refund", subject=charge.unit.code, role="project_manager", community_id=company.community.pk,
            asked_by=company.people["cashier"], asked_at=payment.created_at,
        )
        for charge, payment in zip(charges, payments, strict=True)
    )  # fmt: skip
    rows = list(zip(charges, payments, asked, strict=True))
    Refund.objects.bulk_create(
        Refund(
            account=charge.account, payment=payment, amount_fen=1, reason="多缴", approval=approval, asked_on=as_of,
            asked_by=company.people["cashier"],
        )
        for charge, payment, approval in rows
    )  # fmt: skip
    Transfer.objects.bulk_create(
        Transfer(
            community=company.community, unit=charge.unit, account=charge.account, buyer=charge.account.party,
            number=f"TRANSFER-{charge.pk}", on=as_of, free_fen=FEN, bill=charge.bill, facts={"lines": []},
            issued_by=company.people["cashier"], created_at=payment.created_at,
        )
        for charge, payment, _approval in rows
    )  # fmt: skip
    Waiver.objects.bulk_create(
        Waiver(
            account=charge.account, kind="LATE_FEE", amount_fen=1, reason="首次逾期", approval=approval, asked_on=as_of,
            asked_by=company.people["collector"],
        )
        for charge, _payment, approval in rows
    )  # fmt: skip


def _sessions(company: Company, count: int, as_of: date) -> None:
    """A till a day, closed each evening."""
    cashier = company.people["cashier"]
    moment = datetime(as_of.year, as_of.month, as_of.day, 4, tzinfo=UTC)
    CashSession.objects.bulk_create(
        CashSession(
            community=company.community, cash_point=company.cash_point, cashier=cashier,
            day=as_of - timedelta(days=n), opened_at=moment, opening_fen=50_000, closed_at=moment,
            closed_by=cashier, expected_fen=51_000, counted_fen=51_000,
        )
        for n in range(count)
    )  # fmt: skip


def _papers(company: Company, accounts: list[Account], as_of: date) -> None:
    Notice.objects.bulk_create(
        Notice(
            community=company.community, unit=account.unit, party=account.party, account_id=account.pk,
            kind="DEMAND", channel="PAPER", unique_key=f"crowd-{account.unit.code}", number=f"CR-D-{account.unit.code}",
            issued_on=as_of - timedelta(days=n % 5), data=DEMAND.as_json(),
        )
        for n, account in enumerate(accounts)
    )  # fmt: skip


def _people(company: Company, count: int, wing: str) -> None:
    users = User.objects.bulk_create(
        User(username=f"{company.tenant.code}-crowd-{wing}-{n}", name=f"员工{n:04}", password="!")
        for n in range(count)
    )
    Membership.objects.bulk_create(
        Membership(
            tenant=company.tenant, user=user, roles=["collector"], community_ids=[company.community.pk]
        )
        for user in users
    )
