"""The nightly walk: every account decided once for the day, one rung at most, all of it written as sets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Final

from arrears.cases.models import Task
from arrears.cases.queries.calling import out_of_reach
from arrears.cases.queries.facts import Row, as_standing, stream_facts
from arrears.cases.queries.instruments import payable_until
from arrears.cases.queries.ladders import Ladders, current_ladders
from arrears.cases.queries.subjects import subjects
from arrears.cases.rules.classes import after_broken_promise
from arrears.cases.rules.day import Outcome, walk_one
from arrears.cases.rules.ladder import Action, Rung, task_due_on
from arrears.cases.rules.steps import StepState
from arrears.cases.services import gates, papers, requests
from arrears.cases.services.climbs import Climb, in_full, prepare
from arrears.cases.services.decisions import DELIVER_DAYS, FILE_DAYS
from arrears.cases.services.distribution import Distribution, assign_collectors
from arrears.cases.services.judging import judge_promises
from arrears.cases.services.ladders import ensure_ladder, lock_walk
from arrears.cases.services.reaching import reachable
from arrears.cases.services.recording import (
    PACKAGE,
    Ended,
    StepRow,
    TaskRow,
    add_tasks,
    end_tasks,
    record_steps,
)
from arrears.cases.services.reminders import Round
from arrears.cases.services.renewals import approved_before, renewed
from arrears.cases.services.transfers import hold_for_transfers
from billing.charges.queries import OpenCharge
from notices.services import withdraw
from tenancy.kernel import sql
from tenancy.people.services import approvals, audit
from values.because import because

CLOSE_REASONS: Final = {"nothing_overdue": "PAID", "within_tolerance": "WITHIN_TOLERANCE"}
_K = Task.Kind
_UNSIGNED: Final[Mapping[int, papers.Signed]] = MappingProxyType({})
# What a rung's own work is called; calls go on while anything is owed, whatever becomes of the rung.
_TASKS_OF: Final[Mapping[Action, tuple[str, ...]]] = {
    Action.VISIT: (_K.VISIT, _K.PM_VISIT),
    Action.DOCUMENT: (_K.DELIVER,),
    Action.FILING: (_K.FILE,),
}


@dataclass(frozen=True, slots=True)
class Walk:
    """What a walk did. `steps`: rungs opened, by code. `refused`: what could not be written, by reason."""

    cases_opened: int = 0
    cases_closed: int = 0
    steps: Mapping[str, int] = field(default_factory=dict)
    documents_queued: int = 0
    reminders_queued: int = 0
    accounts: int = 0
    refused: Mapping[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The counts of the day for a job's row."""
        return {
            "cases_opened": self.cases_opened,
            "cases_closed": self.cases_closed,
            "steps": dict(self.steps),
            "documents_made": self.documents_queued,
            "reminders_queued": self.reminders_queued,
            "accounts": self.accounts,
            "refused": dict(self.refused),
        }


def walk_ladder(*, as_of: date) -> Walk:
    """Decide every account of the company once for the day; a second walk of the day changes nothing."""
    ensure_ladder()
    lock_walk()
    hold_for_transfers(as_of=as_of)
    judge_promises(as_of=as_of)
    _break_promises(as_of)
    walker = _Walker(current_ladders(as_of=as_of), as_of)
    for block in stream_facts(as_of=as_of):
        walker.walk(block)
    assign_collectors(as_of=as_of)
    walk = walker.result()
    if walk.refused:
        audit.record("ladder.refused", as_of=as_of.isoformat(), reasons=dict(walk.refused))
    return walk


class _Walker:
    """One day's walk: decides block by block and counts."""

    def __init__(self, ladders: Ladders, as_of: date) -> None:
        self._ladders = ladders
        self._as_of = as_of
        self._reminders: Round | None = None  # most nights have none
        self._distribution = Distribution(as_of=as_of)
        self._steps = Counter[str]()
        self._counts = Counter[str]()

    def walk(self, block: Sequence[Row]) -> None:
        """Decide a block, then write what came of it: first what ended, then what opens."""
        self._counts["accounts"] += len(block)
        found = self._decide([(row, self._ladder_of(row)) for row in block])
        self._record_events([(row, outcome) for row, outcome in found if outcome.events])
        self._close([(row, outcome) for row, outcome in found if outcome.clear and row.case_id])
        opens = [(row, outcome.facts, outcome.opening) for row, outcome in found if outcome.opening]
        climbs, opened = prepare(opens, self._distribution, self._ladders, as_of=self._as_of)
        self._counts["opened"] += opened
        self._climb(climbs)

    def _decide(self, block: Sequence[tuple[Row, tuple[Rung, ...]]]) -> list[tuple[Row, Outcome]]:
        until, as_of = payable_until(block), self._as_of
        found = []
        for row, ladder in block:
            due_on = until.get(row.case_id or 0)
            standing = as_standing(row, as_of=as_of, instrument_due_on=due_on)
            found.append((row, walk_one(standing, ladder, as_of=as_of)))
        return found

    def _ladder_of(self, row: Row) -> tuple[Rung, ...]:
        """A running case stays on its version; what has no case yet begins on today's."""
        return self._ladders.of_case(row.ladder_id, row.community_id)

    def result(self) -> Walk:
        """The day's counts."""
        count = self._counts
        return Walk(
            cases_opened=count["opened"],
            cases_closed=count["closed"],
            steps=dict(self._steps),
            documents_queued=count["documents"],
            reminders_queued=count["reminders"],
            accounts=count["accounts"],
            refused=dict(self._reminders.refused) if self._reminders else {},
        )

    def _record_events(self, found: Sequence[tuple[Row, Outcome]]) -> None:
        steps: list[StepRow] = []
        ended: list[Ended] = []
        void: list[Row] = []
        for row, outcome in found:
            for event in outcome.events:
                case_id = row.case_id or 0
                steps.append(
                    StepRow(case_id, row.account_id, event.level, event.code, event.event, event.on,
                            event.because, row.open_charge_ids or (), row.notice_id)
                )  # fmt: skip
                rung = self._ladder_of(row)[event.level - 1]
                done = event.event is StepState.TAKEN
                ended += [Ended(case_id, kind, done) for kind in _TASKS_OF.get(rung.action, ())]
                if event.event is StepState.VOID:
                    void.append(row)
        record_steps(steps)
        end_tasks(ended)
        self._take_back(void)

    def _take_back(self, void: Sequence[Row]) -> None:
        """What a void step asked for or queued is asked and sent no more."""
        if not void:
            return
        case_ids = [row.case_id for row in void]
        pending = sql.rows(PACKAGE, "pending_approvals", {"case_ids": case_ids})
        approvals.withdraw(approval_ids=[approval_id for (approval_id,) in pending])
        for row in void:
            if row.notice_id and row.paper_state == "QUEUED":
                touched = row.open_charge_ids or ()
                withdraw(account_id=row.account_id, touched=touched, settled=(), reason_code="step_void")

    def _close(self, found: Sequence[tuple[Row, Outcome]]) -> None:
        if not found:
            return
        reasons = [CLOSE_REASONS[outcome.clear.code] for _row, outcome in found if outcome.clear]
        params = {
            "case_ids": [row.case_id for row, _outcome in found],
            "reasons": reasons,
            "as_of": self._as_of,
        }
        self._counts["closed"] += int(sql.rows(PACKAGE, "close_cases", params)[0][0])

    def _climb(self, climbs: Sequence[Climb]) -> None:
        signed = self._draw_up_anew([climb for climb in climbs if climb.rung.approver])
        free = [climb for climb in climbs if not climb.rung.approver]
        by_action: dict[Action, list[Climb]] = {action: [] for action in Action}
        for climb in free:
            by_action[climb.rung.action].append(climb)
        self._remind(by_action[Action.MESSAGE])
        self._call(by_action[Action.CALL])
        self._hand_out(by_action[Action.VISIT], _K.VISIT)
        self._hand_out(by_action[Action.REVIEW], _K.REVIEW)
        self._issue(by_action[Action.DOCUMENT], _K.DELIVER, DELIVER_DAYS)
        # A paper for the court that cannot be made here is still to be filed: legal writes it by hand.
        self._hand_out(self._issue(by_action[Action.FILING], _K.FILE, FILE_DAYS), _K.FILE)
        self._ask(signed)

    def _draw_up_anew(self, climbs: Sequence[Climb]) -> list[Climb]:
        """Papers whose approval still covers them are made; returns the climbs that somebody must sign."""
        approved = approved_before(climbs, as_of=self._as_of)
        # What shut since it was approved is put before its role again, who cannot approve it either.
        before = {
            climb.case_id: approved[climb.case_id] for climb in climbs if self._may_renew(climb, approved)
        }
        again = [renewed(climb, before[climb.case_id]) for climb in climbs if climb.case_id in before]
        letters = [climb for climb in again if climb.rung.action is Action.DOCUMENT]
        filings = [climb for climb in again if climb.rung.action is Action.FILING]
        left = self._issue(letters, _K.DELIVER, DELIVER_DAYS, before)
        left += self._issue(filings, _K.FILE, FILE_DAYS, before)
        unmade = {climb.case_id for climb in left}
        return [climb for climb in climbs if climb.case_id not in before or climb.case_id in unmade]

    def _may_renew(self, climb: Climb, before: Mapping[int, papers.Signed]) -> bool:
        return climb.case_id in before and gates.is_open(
            climb.rung.code, case_id=climb.case_id, charge_ids=climb.charge_ids, on=self._as_of
        )

    def _remind(self, climbs: Sequence[Climb]) -> None:
        if not climbs:
            return
        steps: list[StepRow] = []
        self._reminders = self._reminders or Round(as_of=self._as_of)
        for reminded in self._reminders.queue(climbs):
            due = reminded.climb.step(StepState.DUE, self._as_of, notice_id=reminded.notice_id)
            steps.append(due)
            if reminded.nobody is not None:
                steps.append(due._replace(event=StepState.TAKEN, because=reminded.nobody))
            else:
                self._counts["reminders"] += 1
        self._open(steps)

    def _call(self, climbs: Sequence[Climb]) -> None:
        """Whom no number reaches is visited to find one, and the ladder goes on without a call (class C)."""
        if not climbs:
            return
        who = {pk: one.party_id for pk, one in subjects([climb.account_id for climb in climbs]).items()}
        silent = out_of_reach(set(who.values()))
        self._hand_out([climb for climb in climbs if who[climb.account_id] not in silent], _K.CALL)
        without = [climb for climb in climbs if who[climb.account_id] in silent]
        self._hand_out(without, _K.VISIT)
        nobody = because("no_number")
        record_steps([climb.step(StepState.TAKEN, self._as_of)._replace(because=nobody) for climb in without])

    def _hand_out(self, climbs: Sequence[Climb], kind: str) -> None:
        self._open([climb.step(StepState.DUE, self._as_of) for climb in climbs])
        add_tasks(
            [
                TaskRow(
                    climb.case_id,
                    kind,
                    task_due_on(climb.facts, climb.rung, opened_on=self._as_of),
                    climb.because,
                )
                for climb in climbs
            ]
        )

    def _issue(
        self, climbs: Sequence[Climb], kind: str, days: int, signed: Mapping[int, papers.Signed] = _UNSIGNED
    ) -> list[Climb]:
        """Make papers, each with a task of `kind` due in `days`; returns those without one."""
        left: list[Climb] = []
        for code in sorted({climb.rung.code.value for climb in climbs}):
            group = [climb for climb in climbs if climb.rung.code.value == code]
            charges = in_full(group, as_of=self._as_of)
            orders = [_order(climb, charges[climb.case_id], signed.get(climb.case_id)) for climb in group]
            made = papers.issue(orders, as_of=self._as_of) if papers.makes_paper(code) else {}
            issued = [climb for climb in group if climb.case_id in made]
            left += [climb for climb in group if climb.case_id not in made]
            self._open([self._due(climb, made[climb.case_id], signed.get(climb.case_id)) for climb in issued])
            due_on = self._as_of + timedelta(days=days)
            add_tasks(
                [TaskRow(climb.case_id, kind, due_on, climb.because, made[climb.case_id]) for climb in issued]
            )
            self._counts["documents"] += sum(made[climb.case_id] is not None for climb in issued)
        return left

    def _due(self, climb: Climb, notice_id: int | None, signed: papers.Signed | None) -> StepRow:
        approval_id = signed.approval_id if signed else None
        return climb.step(StepState.DUE, self._as_of, notice_id=notice_id, approval_id=approval_id)

    def _ask(self, climbs: Sequence[Climb]) -> None:
        asked = requests.ask(climbs, as_of=self._as_of)
        self._open(
            [
                climb.step(StepState.PROPOSED, self._as_of, approval_id=asked[climb.case_id])
                for climb in climbs
            ]
        )

    def _open(self, steps: Sequence[StepRow]) -> None:
        record_steps(steps)
        self._steps.update(step.code for step in steps if step.event in (StepState.DUE, StepState.PROPOSED))


def _order(
    climb: Climb, charges: tuple[OpenCharge, ...], signed: papers.Signed | None = None
) -> papers.Order:
    return papers.Order(
        climb.case_id,
        climb.account_id,
        climb.community_id,
        climb.rung.code.value,
        charges,
        climb.rung.period_days,
        signed,
    )


def _break_promises(as_of: date) -> None:
    tasks = []
    for case_id, promised_on, kept in sql.rows(PACKAGE, "broken_promises", {"as_of": as_of}):
        due_on = after_broken_promise(promised_on).next_on
        broken = because("promise_broken", promised_on=promised_on, rung=_K.CALL.value)
        why = because("promise_part_kept", promised_on=promised_on) if kept else broken
        tasks.append(TaskRow(case_id, _K.CALL, due_on, why))
    add_tasks(reachable(tasks))
