"""Many of everything in a company: as many units, bills, payments, cases, papers and requests as one likes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from django.db.backends.postgresql.psycopg_any import DateRange

from arrears.cases.models import Case, DisputedCharge, Hold, Ladder, Relaxation, Rung, Step, Task
from arrears.cases.rules.ladder import DEFAULT_LADDER
from arrears.legal.models import Filing, PublicNotice
from arrears.relief.models import Application, Ticket, TicketEvent
from arrears.team.models import Correction, Entry, Leave, Round, Stop, StopPaper, WeekPack
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
from tenancy.people.models import Approval, AuditEntry, Membership, StoredFile, User
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
    cases = _cases(company, accounts, due_on)
    _rounds(company, cases, as_of)
    _requests(company, cases, as_of)
    _tickets(company, cases, as_of)
    _posted(company, accounts, as_of)
    _measured(company, accounts, as_of)
    _relieved(company, accounts, wing, as_of)
    _people(company, count, wing)
    _team(company, count, as_of)


def _team(company: Company, count: int, as_of: date) -> None:
    """A remark on a day's sheet, a leave and a review for each."""
    moment = datetime(as_of.year, as_of.month, as_of.day, 4, tzinfo=UTC)
    members = list(Membership.objects.filter(tenant=company.tenant).order_by("-pk")[:count])
    Correction.objects.bulk_create(
        Correction(community=company.community, person_id=m.user_id, day=as_of, text="补充", at=moment)
        for m in members
    )
    Leave.objects.bulk_create(
        Leave(
            user_id=m.user_id, from_on=as_of + timedelta(days=900), to_on=as_of + timedelta(days=901),
            entered_by=company.people["team_lead"], entered_at=moment,
        )
        for m in members
    )  # fmt: skip
    seen = WeekPack.objects.count()
    WeekPack.objects.bulk_create(
        WeekPack(
            community=company.community, meeting_on=FROM + timedelta(days=7 * (seen + n)),
            from_on=FROM + timedelta(days=7 * (seen + n - 1)), to_on=FROM + timedelta(days=7 * (seen + n) - 1),
            data_at=moment, figures={}, digest="0" * 64,
        )
        for n in range(count)
    )  # fmt: skip


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


def _cases(company: Company, accounts: list[Account], due_on: date) -> list[Case]:
    community = company.community
    ladder, is_new = Ladder.objects.get_or_create(version=1, defaults={"name": "阶梯", "active_from": FROM})
    if is_new:
        Rung.objects.bulk_create(
            Rung(ladder=ladder, level=rung.level, code=rung.code.value, min_days=rung.min_days)
            for rung in DEFAULT_LADDER
        )
    cases = Case.objects.bulk_create(
        Case(
            community=community, account=account, unit=account.unit, opened_on=due_on + timedelta(days=1),
            collector=company.people["collector"],
        )
        for account in accounts
    )  # fmt: skip
    Relaxation.objects.bulk_create(
        Relaxation(
            case=case, account=case.account, level=6, from_on=due_on, opens_on=date(2099, 1, 1), reason="住院"
        )
        for case in cases
    )
    steps = Step.objects.bulk_create(
        Step(
            case=case,
            account=case.account,
            level=9,
            code="ENFORCEMENT",
            event="DUE",
            on=due_on,
            because="due",
        )
        for case in cases
    )
    for kind in ("CALL", "VISIT"):
        Task.objects.bulk_create(
            Task(
                community=community, account=case.account, case=case, step=step, kind=kind, due_on=due_on,
                because="due",
            )
            for case, step in zip(cases, steps, strict=True)
        )  # fmt: skip
    Filing.objects.bulk_create(
        Filing(
            case=case, step=step, kind="PAYMENT_ORDER", court="杭州市西湖区人民法院", filed_on=due_on,
            claim_fen=FEN, fee_fen=1_667,
        )
        for case, step in zip(cases, steps, strict=True)
    )  # fmt: skip
    return cases


def _rounds(company: Company, cases: list[Case], as_of: date) -> None:
    """A round of the administrator for each case; and each one's door, with its papers, on one of another day."""
    moment = datetime(as_of.year, as_of.month, as_of.day, 4, tzinfo=UTC)
    where = {"community": company.community, "main": company.people["company_admin"], "created_at": moment}
    rounds = Round.objects.bulk_create(Round(on=as_of, **where) for _case in cases)
    places = [(row, case, 1) for row, case in zip(rounds, cases, strict=True)]
    if other := Round.objects.exclude(on=as_of).order_by("pk").first():
        first = Stop.objects.filter(round=other).count() + 1
        places += [(other, case, place) for place, case in enumerate(cases, start=first)]
    stops = Stop.objects.bulk_create(
        Stop(round=row, on=row.on, position=place, unit=case.unit, account=case.account, case=case)
        for row, case, place in places
    )
    papers = dict(Notice.objects.filter(channel="PAPER").values_list("account_id", "pk"))
    StopPaper.objects.bulk_create(StopPaper(stop=stop, notice_id=papers[stop.account_id]) for stop in stops)
    Entry.objects.bulk_create(
        Entry(
            key=uuid4(), stop=stop, kind="SKIP", skip_reason="NO_TIME", came_at=moment, received_at=moment,
            by=company.people["company_admin"],
        )
        for stop in stops
    )  # fmt: skip


def _tickets(company: Company, cases: list[Case], as_of: date) -> None:
    """Each case with a dispute of its first charge and a ticket behind it."""
    first: dict[int, int] = {}
    accounts = [case.account_id for case in cases]
    rows = Charge.objects.filter(account_id__in=accounts).order_by("account_id", "due_on", "pk")
    for account_id, charge_id in rows.values_list("account_id", "pk"):
        first.setdefault(account_id, charge_id)
    holds = Hold.objects.bulk_create(
        Hold(account_id=account_id, kind="DISPUTE", from_on=as_of, reason="漏水", only_listed=True)
        for account_id in first
    )
    DisputedCharge.objects.bulk_create(
        DisputedCharge(
            hold=hold, account_id=hold.account_id, charge_id=first[hold.account_id], amount_fen=1,
            held=DateRange(as_of, None),
        )
        for hold in holds
    )  # fmt: skip
    of = {hold.account_id: hold for hold in holds}
    tickets = Ticket.objects.bulk_create(
        Ticket(
            community=company.community, unit=case.unit, account_id=case.account_id, hold=of.get(case.account_id),
            department="ENGINEERING", subject="漏水", description="屋顶漏水", opened_on=as_of,
            deadline_on=as_of + timedelta(days=14),
        )
        for case in cases
    )  # fmt: skip
    TicketEvent.objects.bulk_create(
        TicketEvent(ticket=ticket, kind="OPENED", on=as_of, text="屋顶漏水") for ticket in tickets
    )


def _posted(company: Company, accounts: list[Account], as_of: date) -> None:
    PublicNotice.objects.bulk_create(
        PublicNotice(
            community=company.community, level="L0", state="APPROVED", number=f"CR-PN-{account.unit.code}",
            as_of=as_of, data={"groups": [], "rooms": [], "owed_fen": FEN}, account_ids=[account.pk], place="大堂",
            from_on=as_of, to_on=as_of,
        )
        for account in accounts
    )  # fmt: skip


def _requests(company: Company, cases: list[Case], as_of: date) -> None:
    moment = datetime(as_of.year, as_of.month, as_of.day, 4, tzinfo=UTC)
    collector = company.people["collector"]
    Approval.objects.bulk_create(
        Approval(
            kind="ladder.SECOND_DEMAND", subject=case.unit.code, role="project_manager", asked_at=moment,
            asked_by=collector, community_id=company.community.pk,
        )
        for case in cases
    )  # fmt: skip
    AuditEntry.objects.bulk_create(
        AuditEntry(user=collector, action="contact.revealed", object_kind="contact", object_id=case.pk)
        for case in cases
    )


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
