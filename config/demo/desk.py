"""The demo's front desk: calls, letters, visits, decisions, through the services that staff use."""

from __future__ import annotations

from contextlib import AbstractContextManager, suppress
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db import transaction

from arrears.cases import services as desk
from arrears.cases.queries.tasks import OpenTask, open_tasks
from arrears.cases.rules.quiet import usually
from arrears.cases.services.visits import VisitHeld
from billing.charges.queries import account_cards
from config import timetable
from config.demo.characters import Habit, Said, dice, says
from config.demo.company import Place
from config.demo.court import Court
from config.demo.disputes import Disputes
from config.demo.lawyer import Lawyer
from config.demo.payers import Payers
from notices import queries as notices
from notices.rules.delivered import Method, Receiver, Result
from notices.services import HandOver, record_deliveries
from owners.queries import contacts_of
from tenancy.kernel.errors import Refused
from tenancy.kernel.permissions import StaffMember
from tenancy.kernel.scope import Scope, acting_for
from tenancy.people.queries.approvals import PendingRow, pending
from tenancy.people.queries.members import default_membership_id, staff_member
from tenancy.people.services import approvals

_FIRST_CALL: Final = time(10, 5)
_COLLECTORS: Final = ("qiantai", "pianguan")
# The desk has other work too; the second collector came in the last months.
_CALLS, _CALLS_ON_MONDAYS, _CALLS_OF_LATE, _OF_LATE = 2, 5, 4, timedelta(days=75)
_USABLE: Final = ("GOOD", "UNCHECKED")
_KINDS: Final = ("MOBILE", "LANDLINE")
_RESTS: Final = timedelta(days=6)
_TO_GO: Final = ("QUEUED", "SENT")
_WAITS: Final = timedelta(days=9)  # what came up in the last days still waits for its person
_LAST_LETTERS: Final = timedelta(days=5)
_RARELY: Final = timedelta(days=24)  # the same for what comes up a few times a month
_TALKED_ROUND: Final = 0.4  # of those whom one more visit moves
_WORTH_A_SUIT_FEN: Final = 200_000
_LAW_FROM, _LAW_AGAIN = timedelta(days=150), timedelta(days=96)


class Desk:
    """What staff do about money that is late, day by day until `to_on`."""

    def __init__(self, place: Place, payers: Payers, *, seed: int, from_on: date, to_on: date) -> None:
        self._place, self._payers, self._seed = place, payers, seed
        self._from_on, self._to_on = from_on, to_on
        self._rests: dict[int, date] = {}
        self._promised: set[int] = set()
        self._members: dict[str, StaffMember] = {}
        self._leaking: set[int] = set()
        self._disputes = Disputes(place)
        self._at_law: list[int] = []
        self._lawyer = Lawyer(place)
        self._law = Court(self._lawyer, to_on=to_on)
        self.promised_today: set[int] = set()

    def day(self, day: date) -> None:
        """A day's work; calls on working days, letters every other day, visits on Mondays."""
        if day.weekday() < 5:
            self._disputes.answer_leaks(day)
            self._calls(day)
        if day.weekday() in (0, 2, 4):
            self._letters(day)
        if day.weekday() == 0:
            self._visits(day)
        if day.weekday() in (0, 4):
            self._decisions(day)
            self._court(day)

    def _as(self, username: str) -> AbstractContextManager[Scope]:
        return acting_for(self._place.tenant_id, user_id=self._place.user_ids[username])

    def _waits(self, task: OpenTask, day: date) -> bool:
        """Every third thing of the last days is left to do, so that the next morning has some work."""
        return task.account_id % 3 == 0 and day > self._to_on - _WAITS

    # -- calls

    def _calls(self, day: date) -> None:
        late = day > self._to_on - _OF_LATE
        with self._as(_COLLECTORS[0]):
            tasks = open_tasks(kinds=["CALL"], until=day)
        tasks = [task for task in tasks if self._rests.get(task.case_id, day) <= day]
        people = _COLLECTORS if late else _COLLECTORS[:1]
        calls = _CALLS_OF_LATE if late else _CALLS_ON_MONDAYS if day.weekday() == 0 else _CALLS
        for n, username in enumerate(people):
            with self._as(username):
                self._ring(tasks[n :: len(people)], day, calls)

    def _ring(self, tasks: list[OpenTask], day: date, calls: int) -> None:
        tried = tasks[: calls * 4]
        looked_at = timetable.nominal(day, _FIRST_CALL) - timedelta(minutes=30)
        desk.review_cases(case_ids=[task.case_id for task in tried], at=looked_at)
        phones = _phones([task.account_id for task in tried])
        made = 0
        for task in tried:
            if made == calls:
                return
            at = timetable.nominal(day, _FIRST_CALL) + timedelta(minutes=7 * made)
            if task.account_id in phones and self._call(task, phones[task.account_id], at):
                made += 1
            else:
                self._rests[task.case_id] = day + _RESTS

    def _call(self, task: OpenTask, contact_id: int, at: datetime) -> bool:
        day = at.date()
        habit = self._payers.habit(task.account_id, day)
        if task.case_id in self._promised:
            habit = Habit.FORGETFUL  # nobody promises the same money twice
        said = says(self._seed, task.account_id, habit, on=day, favourite=self._to_on + timedelta(days=1))
        try:
            desk.log_call(
                case_id=task.case_id,
                contact_id=contact_id,
                outcome=said.outcome,
                at=at,
                promised_on=said.promised_on,
                next_on=said.next_on,
                reason_code=said.reason,
                feedback=said.feedback,
            )
        except Refused:
            return False  # refused before anything is written: just paid, or rung often enough
        self._after_the_call(task, said, habit, day)
        return True

    def _after_the_call(self, task: OpenTask, said: Said, habit: Habit, day: date) -> None:
        if said.promised_on is not None:
            self._promised.add(task.case_id)
        if said.promised_on is not None and said.promised_on > self._to_on:
            self.promised_today.add(task.account_id)
        elif habit is Habit.KEEPS_PROMISE and said.promised_on:
            self._payers.will_come(task.account_id, said.promised_on)
        if habit is Habit.LEAKING_ROOF and task.account_id not in self._leaking:
            self._leaking.add(task.account_id)
            repaired_on = self._disputes.report_leak(task.account_id, day)
            # Repaired and paid; whose roof has only just been reported is still waiting.
            self._payers.will_come(task.account_id, repaired_on + timedelta(days=4))

    # -- letters

    def _letters(self, day: date) -> None:
        if day > self._to_on - _LAST_LETTERS:
            return  # those of the last days are still to be carried
        with self._as("pianguan"):
            open_ones = open_tasks(kinds=["DELIVER"], until=day + _WAITS)
            wanted = [task for task in open_ones if not self._waits(task, day)]
            # Who paid this morning has his letter withdrawn; the task goes with the next night.
            papers = notices.standing([task.notice_id for task in wanted if task.notice_id])
            to_go = {pk: kind for pk, (kind, state) in papers.items() if state in _TO_GO}
            tasks = [task for task in wanted if task.notice_id in to_go]
            for task in tasks:
                notice_id = task.notice_id or 0
                given = _hand_over(task, notices.get(notice_id).party.name, day)
                record_deliveries(notice_ids=[notice_id], hand_over=given, as_of=day)
                self._impress(task, to_go[notice_id], day)

    def _impress(self, task: OpenTask, kind: str, day: date) -> None:
        """A letter moves most of those whom calls did not; the hardest stay as they are."""
        chance = dice(self._seed, task.account_id, day.toordinal()).random()
        moved = {"DEMAND": 0.55, "SECOND_DEMAND": 0.6, "LAWYER_LETTER": 0.3}.get(kind, 0.0)
        if task.case_id in self._at_law:
            moved = 0.0  # whom the branch takes to law waits for the court
        if chance < moved:
            self._payers.will_come(task.account_id, day + timedelta(days=3 + int(chance * 15)))

    # -- visits

    def _visits(self, day: date) -> None:
        if usually(day) is not None:
            return
        with self._as("jingli"):
            for task in open_tasks(kinds=["VISIT", "PM_VISIT"], until=day + timedelta(days=30)):
                if task.account_id % 2 and day > self._to_on - _RARELY:
                    continue
                met = self._payers.habit(task.account_id, day) is not Habit.GONE
                with suppress(VisitHeld):  # under a deferral or a plan nobody comes to the door
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

    # -- decisions

    def _decisions(self, day: date) -> None:
        """What was asked in the last days still waits; the branch manager takes few to law, and says why."""
        self._lawyer.begin(day)
        for username, waits in (("jingli", _RARELY), ("zongjing", _WAITS)):
            with self._as(username):
                by = self._member(username)
                for approval in pending(roles=by.roles):
                    if date.fromisoformat(approval.facts["as_of"]) <= self._to_on - waits:
                        self._decide(approval, by, day)
        with self._as("lingban"):
            for task in open_tasks(kinds=["REVIEW"], until=min(day, self._to_on - _WAITS)):
                at = timetable.nominal(day, time(16, 0))
                desk.finish_task(task_id=task.task_id, at=at, note="已与项目经理沟通，按催缴流程处理")

    def ask_back(self, day: date) -> None:
        """The manager wants to know one thing before he signs; the team lead has it on his list."""
        with self._as("jingli"):
            by = self._member("jingli")
            for approval in pending(roles=by.roles)[:1]:
                approvals.say(
                    approval_id=approval.approval_id,
                    by=by,
                    text="上次上门时业主怎么说的？有没有书面异议？",
                    at=timetable.nominal(day, time(17, 20)),
                )

    def _decide(self, approval: PendingRow, by: StaffMember, day: date) -> None:
        approve = approval.facts["code"] != "LEGAL_REVIEW" or self._goes_to_law(approval, day)
        if not approve and dice(self._seed, approval.approval_id).random() < _TALKED_ROUND:
            self._payers.will_come(approval.facts["account_id"], day + timedelta(days=11))
        try:
            with transaction.atomic():
                desk.decide(
                    approval_id=approval.approval_id,
                    by=by,
                    approve=approve,
                    reason="同意" if approve else "金额不大，项目先继续上门沟通",
                    at=timetable.nominal(day, time(17, 0)),
                )
        except Refused:
            return  # paid or held meanwhile: the night takes the request back

    def _goes_to_law(self, approval: PendingRow, day: date) -> bool:
        """Two early ones, and three so late that their papers are under way today; none for a small sum."""
        allowed = 2 if day < self._to_on - _LAW_AGAIN else 5
        if day < self._from_on + _LAW_FROM or len(self._at_law) >= allowed:
            return False
        if approval.facts["principal_fen"] < _WORTH_A_SUIT_FEN:
            return False
        self._at_law.append(approval.facts["case_id"])
        with self._as("jingli"):
            self._law.assess(approval.facts["case_id"], by=self._member("jingli"), day=day)
        return True

    def _court(self, day: date) -> None:
        with self._as("fawu"):
            self._law.day(day)

    def _member(self, username: str) -> StaffMember:
        if username not in self._members:
            user_id = self._place.user_ids[username]
            member = staff_member(user_id=user_id, membership_id=default_membership_id(user_id=user_id))
            if member is None:
                raise LookupError(username)
            self._members[username] = member
        return self._members[username]


def _hand_over(task: OpenTask, name: str, day: date) -> HandOver:
    """Every third letter goes by express mail, the others into the owner's own hand."""
    by_mail = task.account_id % 3 == 0
    return HandOver(
        method=Method.EMS if by_mail else Method.HAND,
        result=Result.SIGNED,
        on=day,
        receiver=Receiver.OWNER,
        receiver_name="" if by_mail else name,
        handed_over_by="" if by_mail else "何军",
        waybill=f"10{task.task_id:011d}" if by_mail else "",
    )


def _phones(account_ids: list[int]) -> dict[int, int]:
    """By account, the number to ring: a mobile, else a landline."""
    who = {one.account_id: one.party_id for one in account_cards(account_ids).values()}
    contacts = contacts_of(set(who.values()))
    usable = {}
    for party_id, found in contacts.items():
        numbers = [c for c in found if c.kind in _KINDS and c.state in _USABLE]
        if numbers:
            usable[party_id] = min(numbers, key=lambda c: _KINDS.index(c.kind)).contact_id
    return {account_id: pk for account_id, party_id in who.items() if (pk := usable.get(party_id))}
