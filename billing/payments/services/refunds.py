"""Pay credit back by the way it came: asked for, agreed to, paid, by three people (3.3)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from billing.charges import queries as charges
from billing.charges import services as charges_services
from billing.payments.models import Allocation, CashPoint, CreditEntry, Payment, Refund
from billing.payments.queries.credit import credit_of
from billing.payments.queries.refunds import REFUND, refund_card, refundable, way_back
from billing.payments.services.checks import check_amount, check_days
from billing.payments.services.days import check_days_open
from billing.payments.services.tills import session_at
from owners.queries import community_card
from tenancy.kernel.errors import Conflict, Forbidden, NotFound, Refused
from tenancy.kernel.permissions import Role, StaffMember
from tenancy.people.models import Approval
from tenancy.people.services import audit
from tenancy.people.services.approvals import Request, ask_all, withdraw


class ReasonMissing(Refused):
    """A refund needs a reason."""

    code = "payments.reason_missing"


class NotRefundable(Refused):
    """More than what of the payment is still here as credit."""

    code = "payments.not_refundable"


class RefundNotApproved(Conflict):
    """It waits, was rejected, or is paid already."""

    code = "payments.refund_not_approved"


class AnotherPerson(Forbidden):
    """Who asked or agreed does not pay (3.3)."""

    code = "payments.refund_needs_another_person"


class ReferenceMissing(Refused):
    """What leaves through a bank or a channel is found again by its number only."""

    code = "payments.reference_missing"


class WrongCashPoint(Refused):
    """Cash leaves a desk of the same community."""

    code = "payments.wrong_cash_point"


@transaction.atomic
def ask_refund(
    *, account_id: int, payment_id: int, amount_fen: int, reason: str, by: StaffMember, on: date, at: datetime
) -> int:
    """Ask that credit go back to a payment; the refund's id. The project manager decides.

    Raises NotFound, ReasonMissing, BadAmount, NotRefundable.
    """
    card = charges.account_card(account_id)
    if not reason.strip():
        raise ReasonMissing(_("Say why the money goes back."), field="reason")
    check_amount(amount_fen)
    charges_services.lock_account(account_id)
    source = next((row for row in refundable(account_id) if row.payment_id == payment_id), None)
    if source is None or amount_fen > source.left_fen:
        raise NotRefundable(_("Not that much of this payment is here as credit."), field="amount")
    role = Role.BRANCH_GM if by.plays(Role.PROJECT_MANAGER) else Role.PROJECT_MANAGER
    community = community_card(card.community_id).name
    facts = {
        "account_id": account_id,
        "unit_id": card.unit_id,
        "unit_code": card.unit_code,
        "party": card.party_name,
        "community": community,
        "amount_fen": amount_fen,
        "payment_id": payment_id,
        "method": source.method,
        "paid_on": source.paid_on.isoformat(),
        "payer": source.payer_name,
        "reason": reason.strip(),
    }
    request = Request(REFUND, f"{community} {card.unit_code}", role.value, facts, card.community_id)
    (approval_id,) = ask_all([request], asked_at=at)
    refund = Refund.objects.create(
        account_id=account_id,
        payment_id=payment_id,
        amount_fen=amount_fen,
        reason=reason.strip()[:200],
        approval_id=approval_id,
        asked_by_id=by.user_id,
        asked_on=on,
    )
    audit.record("refund.asked", kind="account", pk=account_id, amount_fen=amount_fen, reason=refund.reason)
    return int(refund.pk)


def refund_decided(decided: Approval, *, by: StaffMember, on: date) -> None:
    """What follows a decision: finance may pay, or the credit is free again."""
    approved = decided.decision == Approval.Decision.APPROVED
    state = Refund.State.APPROVED if approved else Refund.State.REJECTED
    closed_on = None if approved else on
    Refund.objects.filter(approval_id=decided.pk, state=Refund.State.ASKED).update(
        state=state, decided_by_id=by.user_id, closed_on=closed_on
    )


@transaction.atomic
def pay_refund(
    *,
    refund_id: int,
    by: StaffMember,
    posted_on: date,
    at: datetime,
    reference: str = "",
    cash_point_id: int | None = None,
) -> int:
    """Pay an approved refund by the way the money came; the id of the entry. Not by who asked or agreed.

    Raises NotFound, RefundNotApproved, AnotherPerson, ReferenceMissing, WrongCashPoint, NotRefundable,
    BadDay.
    """
    found = refund_card(refund_id)
    if by.user_id in (found.asked_by_id, found.decided_by_id):
        raise AnotherPerson(_("You asked for this refund or agreed to it; somebody else must pay it."))
    check_days(paid_on=posted_on, posted_on=posted_on, at=at)
    check_days_open([found.community_id], on=posted_on)
    _check_way(found.method, reference, cash_point_id, found.community_id)
    charges_services.lock_account(found.account_id)
    refund = Refund.objects.select_for_update(of=("self",)).select_related("payment").get(pk=refund_id)
    if refund.state != Refund.State.APPROVED:
        raise RefundNotApproved(_("This refund is not approved, or it is paid already."))
    if refund.amount_fen > credit_of([refund.account_id])[refund.account_id]:
        raise NotRefundable(_("The account does not hold that much credit any more."))
    entry = _pay_out(refund, by=by, on=posted_on, at=at, reference=reference, cash_point_id=cash_point_id)
    Refund.objects.filter(pk=refund_id).update(
        state=Refund.State.PAID, paid_as=entry, paid_by_id=by.user_id, closed_on=posted_on
    )
    audit.record("refund.paid", kind="payment", pk=entry.pk, amount_fen=refund.amount_fen, refund=refund_id)
    return int(entry.pk)


@transaction.atomic
def withdraw_refund(*, refund_id: int, by: StaffMember, on: date) -> None:
    """Take back one's own request that nobody has decided. NotFound, AnotherPerson, RefundNotApproved."""
    found = refund_card(refund_id)
    if found.asked_by_id != by.user_id:
        raise AnotherPerson(_("Somebody else asked for this."))
    if withdraw(approval_ids=[found.approval_id]) == 0:
        raise RefundNotApproved(_("This request was decided already."))
    Refund.objects.filter(pk=refund_id).update(state=Refund.State.WITHDRAWN, closed_on=on)
    audit.record("refund.withdrawn", kind="account", pk=found.account_id, amount_fen=found.amount_fen)


def _check_way(method: str, reference: str, cash_point_id: int | None, community_id: int) -> None:
    if method != Payment.Method.CASH:
        if not reference.strip():
            raise ReferenceMissing(_("Enter the number the bank gave the transfer."), field="reference")
        return
    desk = CashPoint.objects.filter(pk=cash_point_id).first() if cash_point_id else None
    if desk is None:
        raise NotFound(_("There is no such cash point."), field="cash_point")
    if desk.community_id != community_id:
        raise WrongCashPoint(_("This cash point belongs to another community."), field="cash_point")


def _pay_out(
    refund: Refund, *, by: StaffMember, on: date, at: datetime, reference: str, cash_point_id: int | None
) -> Payment:
    came = refund.payment
    way = way_back(came)
    is_cash = way == Payment.Method.CASH
    session_id = session_at(cash_point_id, on=on) if is_cash and cash_point_id is not None else None
    entry: Payment = Payment.objects.create(
        kind=Payment.Kind.REFUND,
        community_id=came.community_id,
        unit_id=came.unit_id,
        account_id=refund.account_id,
        cash_point_id=cash_point_id if is_cash else None,
        session_id=session_id,
        method=way,
        amount_fen=-refund.amount_fen,
        paid_on=on,
        posted_on=on,
        reference=reference.strip(),
        payer_name=came.payer_name,
        note=refund.reason,
        idempotency_key=f"refund-{refund.pk}",
        taken_by_id=by.user_id,
        created_at=at,
    )
    Allocation.objects.create(payment=entry, part=Allocation.Part.CREDIT, amount_fen=-refund.amount_fen)
    CreditEntry.objects.create(account_id=refund.account_id, payment=entry, amount_fen=-refund.amount_fen)
    return entry
