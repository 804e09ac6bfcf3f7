"""Take a whole run back: one asks, somebody else agrees, then all its bills are reversed in one go."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from billing.charges.models import Bill, Charge, Run
from billing.charges.queries.runs import CANCEL, CancelState, cancel_of, run_detail, standing_bills
from billing.charges.services.adjust import undo_reductions
from notices.services import Untrue, withdraw_all
from tenancy.kernel.errors import Conflict, Refused
from tenancy.kernel.permissions import Role, StaffMember
from tenancy.people.services import audit
from tenancy.people.services.approvals import Request, ask_all

MOST_REASON = 200


class RunPaid(Conflict):
    """Something of it is paid."""

    code = "charges.run_paid"


class NothingToCancel(Conflict):
    code = "charges.nothing_to_cancel"


class CancelAsked(Conflict):
    code = "charges.cancel_asked"


class NotAgreed(Conflict):
    code = "charges.cancel_not_agreed"


class ReasonMissing(Refused):
    code = "charges.reason_missing"


def ask_cancel(*, run_id: int, reason: str, by: StaffMember, at: datetime) -> int:
    """Ask the project manager (his superior, if he asks himself) to take a run back; the request's id."""
    run = run_detail(run_id)
    if not reason.strip():
        raise ReasonMissing(_("Say why this run is taken back."), field="reason")
    bills, amount_fen = standing_bills(run_id)
    if not bills:
        raise NothingToCancel(_("No bill of this run stands."))
    _refuse_paid(run_id)
    asked = cancel_of(run_id)
    if asked is not None and asked.state in (CancelState.PENDING, CancelState.APPROVED):
        raise CancelAsked(_("This was asked already."))
    role = Role.BRANCH_GM if by.plays(Role.PROJECT_MANAGER) else Role.PROJECT_MANAGER
    request = Request(
        kind=CANCEL,
        subject=f"{run.community_name} {run.period.label}",
        role=role.value,
        community_id=run.community_id,
        facts={
            "run_id": run_id,
            "community": run.community_name,
            "period_text": run.period.label,
            "issued_on": run.issued_on.isoformat(),
            "bills": bills,
            "amount_fen": amount_fen,
            "reason": reason.strip()[:MOST_REASON],
        },
    )
    (approval_id,) = ask_all([request], asked_at=at)
    audit.record("run.cancel_asked", kind="run", pk=run_id, reason=reason.strip(), bills=bills)
    return approval_id


def cancel_run(*, run_id: int, on: date) -> int:
    """Reverse all bills of a run that somebody else agreed to take back; how many. Nothing of it may be paid.

    Numbers stay taken, readings and shares are free again, the days can be billed anew.
    """
    run_detail(run_id)
    Run.objects.select_for_update().get(pk=run_id)
    asked = cancel_of(run_id)
    if asked is None or asked.state is not CancelState.APPROVED:
        raise NotAgreed(_("Nobody has agreed yet that this run is taken back."))
    charges = Charge.objects.filter(bill__run_id=run_id, reversed_on=None)
    found = list(charges.select_for_update(of=("self",)).order_by("pk").values_list("pk", "account_id"))
    if not found:
        raise NothingToCancel(_("No bill of this run stands."))
    undo_reductions(charge_ids=[pk for pk, _account in found], reason=asked.why[:MOST_REASON], on=on)
    _refuse_paid(run_id)
    charges.update(reversed_on=on)
    voided = Bill.objects.filter(run_id=run_id, voided_on=None).update(
        voided_on=on, void_reason=asked.why[:MOST_REASON]
    )
    withdraw_all(_untrue(found), reason_code="bill_voided")
    audit.record("run.cancelled", kind="run", pk=run_id, bills=voided, reason=asked.why)
    return voided


def _untrue(found: list[tuple[int, int]]) -> list[Untrue]:
    of_account: dict[int, list[int]] = {}
    for charge_id, account_id in found:
        of_account.setdefault(account_id, []).append(charge_id)
    return [Untrue(account_id, ids, ids) for account_id, ids in of_account.items()]


def _refuse_paid(run_id: int) -> None:
    touched = Q(settled_fen__gt=0) | Q(late_fee_paid_fen__gt=0)
    if Charge.objects.filter(touched, bill__run_id=run_id).exists():
        raise RunPaid(_("Something of this run is paid: take back its bills one by one."))
