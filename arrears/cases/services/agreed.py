"""What an agreement with the owner does to the ladder: it stands for the demand, or asks for it anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from arrears.cases.models import Case, Hold, Step, Task
from arrears.cases.queries.facts import standing_of
from arrears.cases.rules.ladder import FORMAL_FROM_LEVEL, RungCode
from arrears.cases.rules.steps import StepState
from arrears.cases.services.recording import Ended, StepRow, TaskRow, add_tasks, end_tasks, record_steps
from arrears.cases.services.rungs import drop, open_step, undo
from tenancy.people.services import approvals
from values.because import Because

_K = Task.Kind
_OF_RUNGS: Final = (_K.CALL, _K.VISIT, _K.PM_VISIT, _K.DELIVER)
_FORMAL: Final = tuple(RungCode)[FORMAL_FROM_LEVEL - 1 :]


def stand_for_demand(
    *, account_id: int, charge_ids: Sequence[int], on: date, why: Because, notice_id: int | None = None
) -> bool:
    """A signed plan counts as the demand of what it lists; whether it was written on the ladder.

    The account is locked. A case that stands on a later rung keeps it: an agreement never lowers a level.
    """
    case_id = _open_case(account_id)
    found = None if case_id is None else standing_of(account_id, as_of=on)
    if case_id is None or found is None:
        return False
    row, _standing = found
    end_tasks([Ended(case_id, kind, done=False) for kind in _OF_RUNGS])
    if row.level > FORMAL_FROM_LEVEL:
        return False
    _drop_open(case_id, on, why)
    demand = RungCode.DEMAND.value
    taken = StepRow(
        case_id, account_id, FORMAL_FROM_LEVEL, demand, StepState.TAKEN, on, why, charge_ids, notice_id
    )
    return record_steps([taken]) > 0


def ask_demand_again(*, account_id: int, on: date, why: Because) -> bool:
    """After a deferral the owner is asked anew: nothing from the demand on counts as taken any more.

    Whether anything did. The night opens the demand again, with its own days to pay.
    """
    case_id = _open_case(account_id)
    if case_id is None:
        return False
    _drop_open(case_id, on, why, from_level=FORMAL_FROM_LEVEL)
    end_tasks([Ended(case_id, kind, done=False) for kind in _OF_RUNGS if kind != _K.CALL])
    return sum(undo(case_id, code, on=on, why=why) for code in _FORMAL) > 0


def call_about(*, account_id: int, on: date, why: Because, kind: str = _K.CALL) -> bool:
    """Give the collector something to do about an account; whether there is a case to do it for."""
    case_id = _open_case(account_id)
    if case_id is not None:
        add_tasks([TaskRow(case_id, kind, on, why)])
    return case_id is not None


def is_at_court(account_id: int, *, on: date) -> bool:
    """Whether a claim is before a court: what is agreed then is a settlement, and legal's."""
    holds = Hold.objects.filter(account_id=account_id, kind=Hold.Kind.LEGAL_PROCEEDING, released_on=None)
    return holds.filter(from_on__lte=on).exists()


def _open_case(account_id: int) -> int | None:
    found = Case.objects.filter(account_id=account_id, closed_on=None).values_list("pk", flat=True)
    return found.first()


def _drop_open(case_id: int, on: date, why: Because, *, from_level: int = 1) -> None:
    step: Step | None = open_step(case_id)
    if step is None or step.level < from_level:
        return
    drop(step, on=on, why=why)
    if step.approval_id is not None:
        approvals.withdraw(approval_ids=[step.approval_id])
