"""The open step of a case, and following it with the next event."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from django.utils.translation import gettext as _

from arrears.cases.models import Case, Step
from arrears.cases.rules.ladder import RungCode
from arrears.cases.rules.steps import OPEN_STATES, StepState, refuse_event
from arrears.cases.services.recording import PACKAGE, StepRow, record_steps
from notices.services import withdraw
from tenancy.kernel import sql
from tenancy.kernel.errors import Conflict, NotFound
from values.because import Because


class StepMoved(Conflict):
    """The step is no longer in the state that this needs: it was taken, decided or dropped meanwhile."""

    code = "cases.step_moved"


def lock_account(account_id: int) -> None:
    """Hold the account until the transaction ends: whatever changes what it owes waits here."""
    lock_accounts([account_id])


def lock_accounts(account_ids: Collection[int]) -> None:
    """The same for several, in one order: two who lock them wait for each other, and never for ever."""
    sql.rows(PACKAGE, "lock_accounts", {"account_ids": sorted(account_ids)})


def find_case(case_id: int) -> Case:
    """The case, open or closed; NotFound when it is not there, or not the member's."""
    case: Case | None = Case.objects.filter(pk=case_id).first()
    if case is None:
        raise NotFound(_("There is no such case."))
    return case


def open_step(case_id: int) -> Step | None:
    """The newest event of a case when its step is still open."""
    newest: Step | None = Step.objects.filter(case_id=case_id).order_by("-pk").first()
    return newest if newest is not None and newest.event in OPEN_STATES else None


def follow(
    step: Step,
    event: StepState,
    *,
    on: date,
    why: Because,
    notice_id: int | None = None,
    charge_ids: Sequence[int] | None = None,
) -> None:
    """Record the next event of an open step. StepMoved when it may not follow."""
    if refuse_event(StepState(step.event), event) is not None:
        raise StepMoved(_("This step has moved on since. Reload the page."))
    row = StepRow(
        step.case_id,
        step.account_id,
        step.level,
        step.code,
        event,
        on,
        why,
        step.charge_ids if charge_ids is None else charge_ids,
        notice_id or step.notice_id,
        step.approval_id,
    )
    record_steps([row])


def take(case_id: int, code: RungCode, *, on: date, why: Because) -> bool:
    """Count the open step as taken if it is on this rung; whether it was."""
    step = open_step(case_id)
    if step is None or step.code != code or refuse_event(StepState(step.event), StepState.TAKEN):
        return False
    follow(step, StepState.TAKEN, on=on, why=why)
    return True


def undo(case_id: int, code: RungCode, *, on: date, why: Because) -> bool:
    """Let a taken rung no longer count, as if it had not been; whether it had. It may open again."""
    newest: Step | None = Step.objects.filter(case_id=case_id, code=code.value).order_by("-pk").first()
    if newest is None or newest.event != StepState.TAKEN:
        return False
    follow(newest, StepState.VOID, on=on, why=why)
    return True


def drop(step: Step, *, on: date, why: Because) -> None:
    """Drop an open step with its paper, if that was not handed over yet; the night may open it anew."""
    follow(step, StepState.VOID, on=on, why=why)
    withdraw(account_id=step.account_id, touched=step.charge_ids, settled=(), reason_code="step_void")
