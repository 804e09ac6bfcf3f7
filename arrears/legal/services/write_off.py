"""Write a debt off: asked with proof, agreed by the branch's head and by finance, two people (R004-20)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext as _

from arrears.cases.queries.calling import active_holds, local_time
from arrears.cases.queries.subjects import Subject, late_charges, subjects
from arrears.cases.rules.holds import HoldKind
from arrears.cases.services.closing import WRITTEN_OFF, close_case
from arrears.cases.services.holds import end_court_hold
from arrears.cases.services.rungs import find_case, lock_account
from arrears.legal.models import Filing, WriteOff
from arrears.legal.queries.dockets import docket_cards
from arrears.legal.services.gates import keep
from billing.charges.queries import OpenCharge
from billing.charges.services.adjust import LetOff, adjust_charges
from notices.services import Photo, withdraw
from tenancy.kernel.errors import Conflict, Refused
from tenancy.kernel.permissions import Role, StaffMember
from tenancy.people.models import Approval
from tenancy.people.services import audit
from tenancy.people.services.approvals import NotYourPart, Request, ask_all

KIND: Final = "legal.write_off"
WRITTEN: Final = "WRITE_OFF"
_FIRST, _SECOND = Role.BRANCH_GM.value, Role.FINANCE.value
_S = WriteOff.State


class WriteOffRefused(Refused):
    """Without a reason or proof, of a case that owes nothing, or while a court has the claim."""

    code = "legal.write_off_refused"


class WriteOffAsked(Conflict):
    """A request about this case waits already."""

    code = "legal.write_off_asked"


def ask_write_off(*, case_id: int, reason: str, file: Photo, by: StaffMember, on: date, at: datetime) -> int:
    """Ask that all that a case owes past its due day be written off; returns the request's id.

    Raises NotFound, WriteOffRefused, WriteOffAsked.
    """
    case = find_case(case_id)
    if not reason.strip():
        raise WriteOffRefused(_("Write the reason."), field="reason")
    lock_account(case.account_id)
    charges = late_charges([case.account_id], as_of=on).get(case.account_id, [])
    if case.closed_on is not None or not charges:
        raise WriteOffRefused(_("This case owes nothing any more."))
    _refuse_pending(case_id, on)
    if WriteOff.objects.filter(case_id=case_id, state=_S.ASKED).exists():
        raise WriteOffAsked(_("A request to write this case off waits already."))
    _refuse_disputed(case.account_id, on)
    subject = subjects([case.account_id])[case.account_id]
    approval_id = _ask(_facts(case_id, subject, charges, reason.strip(), on), _FIRST, subject, at)
    made = WriteOff.objects.create(
        case_id=case_id,
        account_id=case.account_id,
        charge_ids=[charge.charge_id for charge in charges],
        principal_fen=sum(charge.unpaid_fen for charge in charges),
        late_fee_fen=sum(charge.late_fee_fen for charge in charges),
        reason=reason.strip()[:200],
        file_id=keep(file, community_id=case.community_id),
        approval_id=approval_id,
        asked_by_id=by.user_id,
        asked_on=on,
    )
    audit.record(
        "write_off.asked", kind="case", pk=case_id, amount_fen=made.principal_fen, reason=made.reason
    )
    return int(made.pk)


def write_off_decided(decided: Approval, by: StaffMember, at: datetime) -> None:
    """What follows a decision, in its transaction: finance is asked, or the debt is written off."""
    row = WriteOff.objects.get(Q(approval_id=decided.pk) | Q(second_approval_id=decided.pk))
    lock_account(row.account_id)
    on = local_time(at).date()
    if decided.decision != Approval.Decision.APPROVED:
        WriteOff.objects.filter(pk=row.pk).update(state=_S.REJECTED, closed_on=on)
        audit.record("write_off.rejected", kind="case", pk=row.case_id, reason=decided.reason)
        return
    if row.second_approval_id is None:
        subject = subjects([row.account_id])[row.account_id]
        agreed = {"by": by.name, "on": on.isoformat(), "reason": decided.reason}
        second_id = _ask({**decided.facts, "agreed": agreed}, _SECOND, subject, at)
        WriteOff.objects.filter(pk=row.pk).update(second_approval_id=second_id)
        return
    if by.user_id == row.asked_by_id:
        raise NotYourPart(_("You asked for this yourself; somebody else must decide."))
    _write_off(row, on, at)


def _refuse_pending(case_id: int, on: date) -> None:
    found = Filing.objects.filter(case_id=case_id)
    if any(not card.docket.is_over for card in docket_cards(list(found), as_of=on).values()):
        raise WriteOffRefused(_("A court has this claim. Withdraw it there, or wait for its end."))


def _refuse_disputed(account_id: int, on: date) -> None:
    """What is disputed is answered first: else a case is closed over it and less is let off."""
    if any(hold.kind == HoldKind.DISPUTE for hold in active_holds(account_id, as_of=on)):
        raise WriteOffRefused(_("Part of this is disputed. Answer the dispute first."))


def _facts(
    case_id: int, subject: Subject, charges: Sequence[OpenCharge], reason: str, on: date
) -> dict[str, Any]:
    return {
        "case_id": case_id,
        "write_off": True,
        "account_id": subject.account_id,
        "unit_id": subject.unit_id,
        "unit": subject.unit_code,
        "party": subject.party_name,
        "community": subject.community_name,
        "as_of": on.isoformat(),
        "reason": reason,
        "amount_fen": sum(charge.owed_fen for charge in charges),
        "principal_fen": sum(charge.unpaid_fen for charge in charges),
        "late_fee_fen": sum(charge.late_fee_fen for charge in charges),
        "oldest_due_on": min(charge.due_on for charge in charges).isoformat(),
        "charge_ids": [charge.charge_id for charge in charges],
        "charges": [
            {
                "fee_item": charge.fee_item,
                "period": charge.period.label,
                "due_on": charge.due_on.isoformat(),
                "unpaid_fen": charge.unpaid_fen,
                "late_fee_fen": charge.late_fee_fen,
            }
            for charge in charges
        ],
    }


def _ask(facts: dict[str, Any], role: str, subject: Subject, at: datetime) -> int:
    request = Request(
        kind=KIND,
        subject=f"{subject.community_name} {subject.unit_code}",
        role=role,
        facts=facts,
        community_id=subject.community_id,
    )
    return ask_all([request], asked_at=at)[0]


def _write_off(row: WriteOff, on: date, at: datetime) -> None:
    """What is still owed of what was asked; then the case is closed if nothing else is past due."""
    _refuse_disputed(row.account_id, on)
    late = late_charges([row.account_id], as_of=on).get(row.account_id, [])
    asked = set(row.charge_ids)
    about = [charge for charge in late if charge.charge_id in asked]
    if not about:
        raise WriteOffRefused(_("What this is about has been paid in the meantime."))
    wanted = [
        LetOff(charge.charge_id, WRITTEN, part, fen, row.reason)
        for charge in about
        for part, fen in (("LATE_FEE", charge.late_fee_fen), ("PRINCIPAL", charge.unpaid_fen))
        if fen > 0
    ]
    adjust_charges(wanted=wanted, on=on, at=at)
    ids = [charge.charge_id for charge in about]
    withdraw(account_id=row.account_id, touched=ids, settled=ids, reason_code="written_off")
    done = sum(one.amount_fen for one in wanted)
    WriteOff.objects.filter(pk=row.pk).update(state=_S.DONE, closed_on=on, written_off_fen=done)
    audit.record("write_off.done", kind="case", pk=row.case_id, amount_fen=done)
    end_court_hold(account_id=row.account_id, on=on)
    if len(about) == len(late):
        close_case(row.case_id, reason=WRITTEN_OFF, on=on)
