"""Many cases, rounds, tickets, requests, sheets and notices that hang."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from django.db.backends.postgresql.psycopg_any import DateRange

from arrears.cases.models import Case, DisputedCharge, Hold, Ladder, Relaxation, Rung, Step, Task
from arrears.cases.rules.ladder import DEFAULT_LADDER
from arrears.legal.models import Draft, DraftVersion, Filing, LawFirm, PublicNotice
from arrears.relief.models import Ticket, TicketEvent
from arrears.team.models import Correction, Entry, Leave, Round, Stop, StopPaper, WeekPack
from billing.charges.models import (
    Account,
    Charge,
)
from notices.models import Notice
from tenancy.people.models import Approval, AuditEntry, Membership
from tests.cast import FROM, Company
from tests.crowd_bank import FEN


def team(company: Company, count: int, as_of: date) -> None:
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


def cases(company: Company, accounts: list[Account], due_on: date) -> list[Case]:
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


def rounds(company: Company, cases: list[Case], as_of: date) -> None:
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


def tickets(company: Company, cases: list[Case], as_of: date) -> None:
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


def drafts(cases: list[Case], as_of: date) -> None:
    """A document that is being written in each case, and a law firm for each."""
    rows = Draft.objects.bulk_create(Draft(case=case, kind="COMPLAINT", opened_on=as_of) for case in cases)
    DraftVersion.objects.bulk_create(DraftVersion(draft=draft, number=1) for draft in rows)
    LawFirm.objects.bulk_create(LawFirm(name=f"律所{case.pk}", lawyer="钱律师") for case in cases)


def posted(company: Company, accounts: list[Account], as_of: date) -> None:
    PublicNotice.objects.bulk_create(
        PublicNotice(
            community=company.community, level="L0", state="APPROVED", number=f"CR-PN-{account.unit.code}",
            as_of=as_of, data={"groups": [], "rooms": [], "owed_fen": FEN}, account_ids=[account.pk], place="大堂",
            from_on=as_of, to_on=as_of,
        )
        for account in accounts
    )  # fmt: skip


def requests(company: Company, cases: list[Case], as_of: date) -> None:
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
