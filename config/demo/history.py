"""A year in the demo community, day by day, through the same services that staff use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, time, timedelta

from arrears.cases import services as desk
from arrears.cases.queries import call_gate
from arrears.cases.queries.tasks import OpenTask, open_tasks
from billing.charges.queries import BillFilter, BillRow, bill_rows, bills, owed
from billing.payments.services import take_payment
from config import timetable
from config.demo.characters import Habit, Said, habit_of, pays_by_transfer, pays_on, says
from config.demo.company import Place
from config.demo.picture import photo_of_a_door
from notices import queries as notices
from notices.rules.delivered import Method, Receiver, Result
from notices.services import HandOver, Photo, record_deliveries, record_round
from notices.tasks import send_waiting
from tenancy.kernel.permissions import StaffMember
from tenancy.kernel.scope import Scope, acting_for
from tenancy.people.queries.approvals import pending
from tenancy.people.queries.members import default_membership_id, staff_member

Say = Callable[[str], None]
_FIRST_CALL = time(10, 35)
_CALLS_A_DAY = 6  # the front desk of a small community has other work too


class Year:
    """The community's days; what owners will do is decided by their habits and the seed."""

    def __init__(self, place: Place, *, seed: int) -> None:
        self.place = place
        self.seed = seed
        self.habits: dict[int, Habit] = {}
        self.comes: dict[date, set[int]] = defaultdict(set)
        self.door = Photo("door.png", photo_of_a_door())

    def live(self, *, from_on: date, to_on: date, say: Say) -> None:
        """Walk every day of [from_on, to_on]."""
        for n in range((to_on - from_on).days + 1):
            day = from_on + timedelta(days=n)
            if day.day == 1:
                say(f"{day:%Y-%m}")
            self._night(day)
            self._round(day)
            self._counter(day)
            self._calls(day)
            self._papers(day)
            self._visits(day)
            self._decisions(day)

    def _as(self, username: str) -> AbstractContextManager[Scope]:
        return acting_for(self.place.tenant_id, user_id=self.place.user_ids[username])

    def _night(self, day: date) -> None:
        for job in timetable.TIMETABLE:
            if job.name == "figures":
                continue  # a dashboard of a day long past is reckoned when somebody asks for it
            timetable.run_job(job.name, tenant_id=self.place.tenant_id, as_of=day)
        send_waiting(tenant_id=self.place.tenant_id, at=timetable.nominal(day, time(9, 0)))

    def _round(self, day: date) -> None:
        """New bills go to the doors the same day; each payer makes up his mind when to come."""
        with self._as("xunluo"):
            fresh = self._bills_of(day)
            for bill in fresh:
                habit = self._habit(bill.account_id, bill.party_name)
                comes_on = pays_on(self.seed, bill.account_id, habit, issued_on=day, due_on=bill.due_on)
                if comes_on is not None:
                    self.comes[comes_on].add(bill.account_id)
            left = HandOver(
                method=Method.MAILBOX,
                result=Result.LEFT_WITH_PHOTO,
                on=day,
                photo=self.door,
                handed_over_by="马强",
            )
            for row in notices.waiting_by_building() if fresh else []:
                if row.kind == "BILL_NOTICE":
                    record_round(
                        community_id=row.community_id, building_id=row.building_id, kind=row.kind,
                        hand_over=left, as_of=day,
                    )  # fmt: skip

    def _bills_of(self, day: date) -> list[BillRow]:
        found = bills(BillFilter(community_id=self.place.community_id), as_of=day).filter(issued_on=day)
        return bill_rows(found, as_of=day)

    def _habit(self, account_id: int, party_name: str = "") -> Habit:
        if account_id not in self.habits:
            developer = "开发" in party_name or "置业" in party_name
            self.habits[account_id] = habit_of(self.seed, account_id, developer=developer)
        return self.habits[account_id]

    def _counter(self, day: date) -> None:
        for n, account_id in enumerate(sorted(self.comes.pop(day, ()))):
            with self._as("qiantai"):
                self._pay(account_id, day, n)

    def _pay(self, account_id: int, day: date, n: int) -> None:
        if owed(account_ids=[account_id], as_of=day)[account_id].principal_fen == 0:
            return
        at = _at(day, time(9, 0), minutes=n % 480)
        by_transfer = pays_by_transfer(self.seed, account_id)
        take_payment(
            account_id=account_id,
            amount_fen=None,
            method="TRANSFER" if by_transfer else "CASH",
            reference=f"{day:%Y%m%d}{account_id:08d}" if by_transfer else "",
            paid_on=day,
            posted_on=day,
            at=at,
            cash_point_id=self.place.cash_point_id,
            idempotency_key=f"demo-{account_id}-{day}",
        )

    def _calls(self, day: date) -> None:
        with self._as("qiantai"):
            tasks = open_tasks(kinds=["CALL"], until=day)[:_CALLS_A_DAY]
        for n, task in enumerate(tasks):
            with self._as("qiantai"):
                self._call(task, _at(day, _FIRST_CALL, minutes=n % 80))

    def _call(self, task: OpenTask, at: datetime) -> None:
        gate = call_gate(task.case_id, at=at)
        if not gate.allowed:
            return
        said = says(self.seed, task.account_id, self._habit(task.account_id), on=at.date())
        desk.log_call(
            case_id=task.case_id,
            contact_id=gate.contact.contact_id if gate.contact else None,
            outcome=said.outcome,
            at=at,
            promised_on=said.promised_on,
            reason_code=said.reason,
            feedback=said.feedback,
        )
        self._after_the_call(task, said, at.date())

    def _after_the_call(self, task: OpenTask, said: Said, day: date) -> None:
        habit = self._habit(task.account_id)
        if habit is Habit.KEEPS_PROMISE and said.promised_on:
            self.comes[said.promised_on].add(task.account_id)
        if habit is Habit.LEAKING_ROOF and task.account_id % 2:
            desk.set_hold(
                account_id=task.account_id, kind="DISPUTE", from_on=day, to_on=day + timedelta(days=21),
                reason="屋顶漏水，已转工程部核实",
            )  # fmt: skip
            self.habits[task.account_id] = Habit.REFUSES

    def _papers(self, day: date) -> None:
        with self._as("pianguan"):
            for task in open_tasks(kinds=["DELIVER"], until=day):
                # Who paid this afternoon has his letter withdrawn; the task goes with the next night.
                if task.notice_id is not None and notices.get(task.notice_id).state != "WITHDRAWN":
                    self._deliver(task, day)

    def _deliver(self, task: OpenTask, day: date) -> None:
        hand_over = self._hand_over(task, day)
        record_deliveries(notice_ids=[task.notice_id or 0], hand_over=hand_over, as_of=day)
        if self._habit(task.account_id) is Habit.BREAKS_PROMISE and task.account_id % 3:
            self.comes[day + timedelta(days=8)].add(task.account_id)

    def _hand_over(self, task: OpenTask, day: date) -> HandOver:
        if task.account_id % 3 == 0:
            return HandOver(
                method=Method.EMS, result=Result.SIGNED, on=day, receiver=Receiver.OWNER,
                waybill=f"10{task.task_id:011d}",
            )  # fmt: skip
        return HandOver(
            method=Method.HAND, result=Result.SIGNED, on=day, receiver=Receiver.OWNER, handed_over_by="何军",
            receiver_name=notices.get(task.notice_id or 0).party.name,
        )  # fmt: skip

    def _visits(self, day: date) -> None:
        if day.weekday() != 5:
            return
        with self._as("jingli"):
            for task in open_tasks(kinds=["VISIT", "PM_VISIT"], until=day + timedelta(days=30)):
                met = self._habit(task.account_id) is not Habit.GONE
                desk.log_visit(
                    case_id=task.case_id,
                    on=day,
                    as_of=day,
                    result="MET_REFUSED" if met else "NOBODY_HOME",
                    time_in=time(14, 0),
                    time_out=time(14, 20),
                    second_person="何军",
                    by_manager=True,
                    feedback="当面说明欠费明细，业主仍不同意交纳" if met else "无人应门，留便条",
                )

    def _decisions(self, day: date) -> None:
        """The manager signs what waits; the branch manager decides on Mondays and keeps some waiting."""
        for username in ("jingli", "zongjing"):
            if username == "zongjing" and day.weekday() != 0:
                continue
            with self._as(username):
                by = self._member(username)
                for approval in pending(roles=by.roles):
                    desk.decide(
                        approval_id=approval.approval_id,
                        by=by,
                        approve=True,
                        reason="同意",
                        at=_at(day, time(17, 0)),
                    )

    def _member(self, username: str) -> StaffMember:
        user_id = self.place.user_ids[username]
        member = staff_member(user_id=user_id, membership_id=default_membership_id(user_id=user_id))
        if member is None:
            raise LookupError(username)
        return member


def _at(day: date, start: time, *, minutes: int = 0) -> datetime:
    return timetable.nominal(day, start) + timedelta(minutes=minutes)
