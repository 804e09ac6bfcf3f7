"""Decide what the ladder asked for: the approved document goes out, a rejected rung may come again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from arrears.cases.models import Case, Step, Task
from arrears.cases.queries.calling import local_time
from arrears.cases.queries.frozen import freeze_of
from arrears.cases.queries.ladders import current_ladders
from arrears.cases.queries.subjects import late_charges
from arrears.cases.rules.ladder import Action, Rung
from arrears.cases.rules.steps import OPEN_STATES, StepState
from arrears.cases.services import gates, papers
from arrears.cases.services.calls import JustPaid
from arrears.cases.services.recording import TaskRow, add_tasks
from arrears.cases.services.rungs import StepMoved, follow, lock_account
from billing.charges import services as charges
from billing.charges.queries import STAND_ALONE, VACANCY, WAIVER
from billing.payments import services as payments
from billing.payments.queries import RECEIPT_VOID, REFUND, REVERSAL
from billing.payments.services import CONTRACT_END
from tenancy.kernel.errors import Conflict, NotFound, Refused
from tenancy.kernel.permissions import StaffMember
from tenancy.people.models import Approval
from tenancy.people.services import approvals
from values.because import because

DELIVER_DAYS: Final = 2
FILE_DAYS: Final = 30
_K = Task.Kind
_BILLING: Final = (*STAND_ALONE, WAIVER, VACANCY, REVERSAL, REFUND, RECEIPT_VOID, CONTRACT_END)
# What the apps above ask for: kind -> what follows from a decision, in its transaction.
Follow = Callable[[Approval, StaffMember, datetime], None]
_ABOVE: dict[str, Follow] = {}


class ReasonMissing(Refused):
    """A rejection says why; what is granted or done to an owner says it too."""

    code = "cases.reason_missing"


class OnHold(Conflict):
    """A hold stands: nothing harsher goes out meanwhile."""

    code = "cases.on_hold"


class NoDocument(Conflict):
    """The document cannot be made: no contract is in force, or nobody makes this one."""

    code = "cases.no_document"


def register(kind: str, follow_up: Follow) -> None:
    """Let `follow_up` do what a decision on a request of this kind leads to, approved or rejected."""
    _ABOVE[kind] = follow_up


def decide(*, approval_id: int, by: StaffMember, approve: bool, reason: str = "", at: datetime) -> Approval:
    """Approve or reject one request, with everything that follows on the ladder if it is one of its own.

    Raises NotFound, NotYourPart, AlreadyDecided (people), ReasonMissing, JustPaid, OnHold, NoDocument,
    StepMoved, and what the rung's gate raises. All or nothing.
    """
    asked = _of_billing(approval_id, by)
    if asked is not None:
        _refuse_unexplained(asked.kind, approve=approve, reason=reason)
        return _decide_billing(asked, by, approve, reason.strip(), at)
    step = _step_of(approval_id)
    _refuse_unexplained(None, approve=approve, reason=reason)
    lock_account(step.account_id)
    decided = approvals.decide(
        approval_id=approval_id, by=by, approve=approve, reason=reason.strip(), decided_at=at
    )
    on = local_time(at).date()
    step = _still_open(step.case_id, approval_id)
    if approve:
        _approve(step, decided, by, on)
    else:
        why = because("rejected_by", role=decided.role, on=on)
        follow(step, StepState.REJECTED, on=on, why=why)
    return decided


def _refuse_unexplained(kind: str | None, *, approve: bool, reason: str) -> None:
    """`kind` None: a rung of the ladder."""
    if reason.strip():
        return
    if not approve:
        raise ReasonMissing(_("Write why it is rejected."), field="reason")
    if kind is None or kind in _ABOVE:
        raise ReasonMissing(_("Write what you found and why you decide so."), field="reason")


def _of_billing(approval_id: int, by: StaffMember) -> Approval | None:
    """A request about money or a run; one about a community of others is not there."""
    asked: Approval | None = Approval.objects.filter(pk=approval_id, kind__in=(*_BILLING, *_ABOVE)).first()
    return asked if asked and (by.communities is None or asked.community_id in by.communities) else None


def _decide_billing(asked: Approval, by: StaffMember, approve: bool, reason: str, at: datetime) -> Approval:
    """Decide, and let billing do what follows in the same transaction; the rest is read by who asked.

    The account comes before the request, as for everybody who takes a request back or changes the debt.
    """
    if (account_id := asked.facts.get("account_id")) is not None:
        lock_account(account_id)
    decided = approvals.decide(approval_id=asked.pk, by=by, approve=approve, reason=reason, decided_at=at)
    if asked.kind in _ABOVE:
        _ABOVE[asked.kind](decided, by, at)
    else:
        _follow_billing(decided, by, at)
    return decided


def _follow_billing(decided: Approval, by: StaffMember, at: datetime) -> None:
    on = local_time(at).date()
    if decided.kind == WAIVER:
        charges.waiver_decided(decided, on=on, at=at)
    elif decided.kind == VACANCY:
        payments.vacancy_decided(decided, on=on, at=at)
    elif decided.kind == REVERSAL:
        payments.reversal_decided(decided, by=by, on=on, at=at)
    elif decided.kind == REFUND:
        payments.refund_decided(decided, by=by, on=on)
    elif decided.kind == RECEIPT_VOID:
        payments.void_decided(decided, by=by, on=on)
    elif decided.kind == CONTRACT_END:
        payments.contract_end_decided(decided, on=on, at=at)


def _step_of(approval_id: int) -> Step:
    step: Step | None = Step.objects.filter(approval_id=approval_id).order_by("pk").first()
    # Through the case, so that a member of other communities finds nothing.
    if step is None or not Case.objects.filter(pk=step.case_id).exists():
        raise NotFound(_("There is no such request."))
    return step


def _still_open(case_id: int, approval_id: int) -> Step:
    newest: Step | None = Step.objects.filter(case_id=case_id).order_by("-pk").first()
    if newest is None or newest.approval_id != approval_id or newest.event not in OPEN_STATES:
        raise StepMoved(_("This step has moved on since. Reload the page."))
    return newest


def _approve(step: Step, decided: Approval, by: StaffMember, on: date) -> None:
    case = Case.objects.get(pk=step.case_id)
    rung = current_ladders(as_of=on).of_case(case.ladder_id, case.community_id)[step.level - 1]
    _refuse_held(step, rung, on)
    wanted = set(step.charge_ids)
    charges = tuple(
        charge
        for charge in late_charges([step.account_id], as_of=on).get(step.account_id, [])
        if charge.charge_id in wanted
    )
    if not charges:
        raise JustPaid(_("What this is about has been paid in the meantime."))
    gates.require(step.code, case_id=case.pk, charge_ids=[charge.charge_id for charge in charges], on=on)
    notice_id = None
    if rung.action is not Action.REVIEW:
        signed = papers.Signed(decided.pk, by.name, on)
        order = papers.Order(
            case.pk, step.account_id, case.community_id, step.code, charges, rung.period_days, signed
        )
        notice_id = _issue(order, on)
    why = because("approved_by", role=decided.role, on=on)
    ids = [charge.charge_id for charge in charges]
    follow(step, StepState.APPROVED, on=on, why=why, notice_id=notice_id, charge_ids=ids)
    if rung.action is Action.DOCUMENT:
        add_tasks([TaskRow(case.pk, _K.DELIVER, on + timedelta(days=DELIVER_DAYS), why, notice_id)])
    elif rung.action is Action.FILING:
        add_tasks([TaskRow(case.pk, _K.FILE, on + timedelta(days=FILE_DAYS), why, notice_id)])


def _refuse_held(step: Step, rung: Rung, on: date) -> None:
    found = freeze_of(step.account_id, level=rung.level, as_of=on)
    if found is not None:
        raise OnHold(_("A hold stands on this account. Release it first."), kind=found.kind)


def _issue(order: papers.Order, on: date) -> int | None:
    if not papers.makes_paper(order.code):
        raise NoDocument(_("Nobody makes this document."))
    made = papers.issue([order], as_of=on)
    if order.case_id not in made:
        raise NoDocument(_("The document cannot be made: no service contract is in force."))
    return made[order.case_id]
