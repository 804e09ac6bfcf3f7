"""Numbers for people: the day at a glance, and how old the arrears are."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from arrears.cases.queries import TaskLine, own_queue, task_lines, worklist
from arrears.cases.queries.night import WALK
from arrears.cases.rules.holds import SILENT, SPOKEN_TASKS
from arrears.cases.rules.ladder import TOLERANCE_FEN
from arrears.legal.queries import court_days
from arrears.relief.queries import tickets_waiting
from arrears.team.queries import Waits, rounds_left, waits_for
from arrears.team.rules.rounds import SYNC_DAYS
from billing.charges.queries import BillFilter, BillRow, bill_rows, bills
from billing.payments.queries import ReceiptHit, receipts_by_number, receipts_ending
from notices.queries import FOR_OWNERS, NoticeRow, by_number
from owners.queries import UnitHit, communities, find_units
from owners.rules.numbering import read_number
from reports.queries.funds import Waiting, waiting
from reports.rules.ageing import Bucket, OpenItem, ageing
from tenancy.kernel import sql
from tenancy.kernel.permissions import Permission, StaffMember
from tenancy.people.queries.approvals import count_asked, count_pending
from tenancy.people.queries.jobs import NightRun, last_nights, last_run
from values.because import Because
from values.fen import Fen

SHANGHAI = ZoneInfo("Asia/Shanghai")
# The run that made today's lists; where there was none yet, the evening before stands in for it.
EVENING = time(18, 0)
METHODS = ("cash", "pos", "transfer", "wechat", "alipay", "debit")
MANY = 50
_WEEK = 7
_SPOKEN_TO = {"spoken": list(SPOKEN_TASKS), "silent": list(SILENT), "tolerance_fen": TOLERANCE_FEN}


@dataclass(frozen=True, slots=True)
class Figure:
    """How many, and how much where money is meant."""

    count: int = 0
    fen: int = 0


class CourtRow(NamedTuple):
    """A paper or review that waits, and why. `days_over`: since `due_on`, else 0."""

    task_id: int
    case_id: int
    kind: str
    due_on: date
    because: Because
    unit_id: int
    unit_code: str
    party_name: str
    overdue_fen: int
    days_late: int
    days_over: int


@dataclass(frozen=True, slots=True)
class CourtWork:
    """Papers to file and reviews that wait, due or not: the first rows, the latest first, and how many."""

    rows: tuple[CourtRow, ...] = ()
    count: int = 0
    late: int = 0


@dataclass(frozen=True, slots=True)
class Late:
    """How many things wait, and how many of them past their day."""

    count: int = 0
    late: int = 0


@dataclass(frozen=True, slots=True)
class Today:
    """What the day asks for, what it brought so far, and what the night did.

    The calls are his own queue when he holds cases (`own_queue`), else everybody's, in the order of the desk.
    `since`: when the last nightly run began that made the day's lists, or (not `after_run`) the evening
    before; the `overnight_*` figures count from it up to now.
    """

    as_of: date
    own_queue: bool
    calls: Figure
    calls_late: Figure
    next_calls: list[TaskLine]
    promises: Figure
    visits: Figure
    deliveries: Figure
    approvals: int
    questions: int
    court: CourtWork
    taken: Figure
    taken_by: Mapping[str, Figure]
    since: datetime
    after_run: bool
    overnight_paid: Figure
    overnight_objected: Figure
    overnight_unsent: Figure
    nights: list[NightRun]
    days: Waiting
    sheets: Waits
    court_days: Late
    tickets: Late
    rounds: Late


@dataclass(frozen=True, slots=True)
class AgeingRow:
    """One community's unpaid principal by age; `name` is empty in the total."""

    community_id: int | None
    name: str
    buckets: Mapping[Bucket, Fen]
    total_fen: int
    overdue_fen: int
    accounts_overdue: int

    @property
    def amounts_fen(self) -> list[int]:
        """Unpaid, past due, then the buckets in order."""
        return [self.total_fen, self.overdue_fen, *self.buckets.values()]


@dataclass(frozen=True, slots=True)
class Ageing:
    """账龄: every community of the reader, and their total."""

    as_of: date
    rows: list[AgeingRow]
    total: AgeingRow


@dataclass(frozen=True, slots=True)
class Found:
    """What a text in the search box may mean, by kind."""

    words: str
    units: list[UnitHit] = field(default_factory=list)
    bills: list[BillRow] = field(default_factory=list)
    receipts: list[ReceiptHit] = field(default_factory=list)
    papers: list[NoticeRow] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many things in all."""
        return len(self.units) + len(self.bills) + len(self.receipts) + len(self.papers)

    @property
    def has_more(self) -> bool:
        """Whether more rooms may fit than are shown."""
        return len(self.units) == MANY


def today(staff: StaffMember, *, as_of: date, next_calls: int = 12) -> Today:
    """The day at a glance for one member; counts stop at the communities he may see."""
    run_at = last_run(WALK, until=as_of)
    since = run_at or _evening_before(as_of)
    asked = {**_SPOKEN_TO, "as_of": as_of, "since": since, "for_owners": list(FOR_OWNERS)}
    found = {name: Figure(count, int(fen)) for name, count, fen in sql.rows("reports", "today", asked)}
    taken_by = {method: found[f"taken_{method}"] for method in METHODS if f"taken_{method}" in found}
    queue = own_queue(staff.user_id)
    due = worklist(queue, as_of=as_of)
    return Today(
        as_of=as_of,
        own_queue=queue.collector_id is not None,
        calls=Figure(len(due)),
        calls_late=Figure(sum(call.due_on < as_of for call in due)),
        next_calls=task_lines(due[:next_calls], as_of=as_of),
        promises=found["promises"],
        visits=found["visits"],
        deliveries=found["deliveries"],
        approvals=count_pending(roles=staff.roles, not_asked_by=staff.user_id),
        questions=count_asked(not_by=staff.user_id) if staff.can(Permission.APPROVAL_ANSWER) else 0,
        court=_court_work(staff, as_of, next_calls),
        taken=found["taken"],
        taken_by=taken_by,
        since=since,
        after_run=run_at is not None,
        overnight_paid=found["overnight_paid"],
        overnight_objected=found["overnight_objected"],
        overnight_unsent=found["overnight_unsent"],
        nights=last_nights(as_of=as_of),
        days=waiting(as_of=as_of) if staff.can(Permission.CASH_SEE) else Waiting(0, 0),
        sheets=waits_for(staff, as_of=as_of) if staff.can(Permission.SHEET_SEE) else Waits(),
        court_days=_court_days(staff, as_of),
        tickets=Late(*tickets_waiting(as_of=as_of)) if staff.can(Permission.TICKET_ANSWER) else Late(),
        rounds=_rounds(staff, as_of),
    )


def search(words: str, staff: StaffMember, *, as_of: date) -> Found:
    """Everything a text may mean that the member may see: numbers first, then rooms, owners and phones.

    Every reading is driven by an index; a text that is the number of a paper is no room.
    """
    words = words.strip()
    if not words:
        return Found(words)
    number, units = read_number(words), find_units(words, MANY)
    numbers = {words, number or ""}
    can = staff.can
    billed = bills(BillFilter(text=words), as_of=as_of)[:MANY] if number and can(Permission.BILL_SEE) else ()
    papers = by_number(numbers) if can(Permission.NOTICE_SEE) else []
    return Found(
        words,
        units=units,
        bills=bill_rows(billed, as_of=as_of),
        receipts=_receipts(words, numbers, bool(units)) if can(Permission.PAYMENT_SEE) else [],
        # A bill's number is its notice's number: who sees the bill needs no second line.
        papers=[row for row in papers if row.kind != "BILL_NOTICE" or not can(Permission.BILL_SEE)],
    )


def _receipts(words: str, numbers: Collection[str], is_room: bool) -> list[ReceiptHit]:
    """By the whole number; by its last digits only where these are no room, name or phone."""
    return receipts_by_number(numbers) or ([] if is_room else receipts_ending(words))


def ageing_report(*, as_of: date, community_ids: Collection[int] | None = None) -> Ageing:
    """Unpaid principal by age, as it stands now; charges issued after `as_of` are left out."""
    asked: dict[str, Any] = {
        "as_of": as_of,
        "community_ids": None if community_ids is None else list(community_ids),
    }
    items: dict[int, list[OpenItem]] = defaultdict(list)
    for community_id, due_on, unpaid_fen in sql.rows("reports", "ageing", asked):
        items[community_id].append(OpenItem(due_on, unpaid_fen))
    accounts = dict(sql.rows("reports", "overdue_accounts", asked))
    rows = [
        _ageing_row(place.id, place.name, items[place.id], accounts.get(place.id, 0), as_of)
        for place in communities()
        if community_ids is None or place.id in community_ids
    ]
    everything = [item for row in rows for item in items[row.community_id or 0]]
    total = _ageing_row(None, "", everything, sum(row.accounts_overdue for row in rows), as_of)
    return Ageing(as_of, rows, total)


def _ageing_row(
    community_id: int | None, name: str, items: list[OpenItem], accounts: int, as_of: date
) -> AgeingRow:
    buckets = ageing(items, as_of=as_of)
    total = sum(buckets.values())
    return AgeingRow(community_id, name, buckets, total, total - buckets[Bucket.NOT_DUE], accounts)


def _court_work(staff: StaffMember, as_of: date, limit: int) -> CourtWork:
    """FILE for who sees the court's papers, REVIEW also for who decides."""
    sees = staff.can(Permission.LEGAL_SEE)
    kinds = ["FILE"] * sees + ["REVIEW"] * (sees or staff.can(Permission.APPROVAL_DECIDE))
    if not kinds:
        return CourtWork()
    asked = {"as_of": as_of, "limit": limit, "tolerance_fen": TOLERANCE_FEN, "kinds": kinds}
    found = sql.rows("reports", "court_work", asked)
    if not found:
        return CourtWork()
    rows = tuple(_court_row(*row[:-2], as_of=as_of) for row in found)
    return CourtWork(rows, *found[0][-2:])


def _rounds(staff: StaffMember, as_of: date) -> Late:
    if not staff.can(Permission.ROUND_WALK):
        return Late()
    return Late(*rounds_left(staff.user_id, as_of=as_of, since=as_of - timedelta(SYNC_DAYS)))


def _court_days(staff: StaffMember, as_of: date) -> Late:
    """For who files: the courts do not wait."""
    if not staff.can(Permission.FILING_RECORD):
        return Late()
    near = [row for row in court_days(as_of=as_of) if row.days_left <= _WEEK]
    return Late(len(near), sum(row.days_over > 0 for row in near))


def _court_row(
    task_id: int,
    case_id: int,
    kind: str,
    due_on: date,
    code: str,
    params: str,
    unit_id: int,
    unit_code: str,
    party_name: str,
    overdue_fen: int,
    oldest: date | None,
    *,
    as_of: date,
) -> CourtRow:
    why = Because(code, json.loads(params))
    days_late = (as_of - oldest).days if oldest else 0
    return CourtRow(
        task_id, case_id, kind, due_on, why, unit_id, unit_code, party_name, int(overdue_fen), days_late,
        max(0, (as_of - due_on).days),
    )  # fmt: skip


def _evening_before(as_of: date) -> datetime:
    return datetime.combine(as_of - timedelta(days=1), EVENING, tzinfo=SHANGHAI)


FIRST_STEPS = ("community", "contract", "register", "tariff", "cash_point", "bills")


def first_steps() -> dict[str, bool]:
    """How far a new company has come before its first bills: FIRST_STEPS, each done or not."""
    return dict(zip(FIRST_STEPS, sql.rows("reports", "first_steps")[0], strict=True))
