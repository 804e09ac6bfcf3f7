"""Ask that a receipt be voided; another person decides, and then it is void and replaced at once."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from billing.charges.services import lock_account
from billing.payments.models import Payment
from billing.payments.queries.detail import ReceiptDetail, receipt_detail
from billing.payments.queries.receipt_voids import RECEIPT_VOID, void_asked
from billing.payments.services.receipts import AlreadyVoid, OwnPayment, ReasonMissing, void_receipt
from tenancy.kernel.errors import Conflict
from tenancy.kernel.permissions import Role, StaffMember
from tenancy.people.models import Approval
from tenancy.people.services import audit
from tenancy.people.services.approvals import Request, ask_all


class VoidAsked(Conflict):
    """Somebody asked for the same and waits."""

    code = "payments.void_asked"


@transaction.atomic
def ask_void(*, receipt_id: int, reason: str, by: StaffMember, at: datetime) -> int:
    """Ask that a receipt be voided; the request's id. Neither the asker nor the cashier decides.

    Raises NotFound, ReasonMissing, AlreadyVoid, VoidAsked.
    """
    found = receipt_detail(receipt_id)
    if not reason.strip():
        raise ReasonMissing(_("Say why the receipt is void."), field="reason")
    lock_account(found.payment.account_id)
    if receipt_detail(receipt_id).receipt.voided_on is not None:
        raise AlreadyVoid(_("This receipt is void already."))
    if void_asked(receipt_id):
        raise VoidAsked(_("This was asked already; it waits for a decision."))
    role = Role.BRANCH_GM if by.plays(Role.PROJECT_MANAGER) else Role.PROJECT_MANAGER
    request = Request(
        kind=RECEIPT_VOID,
        subject=f"{found.payment.community_name} {found.payment.unit_code}",
        role=role.value,
        community_id=found.payment.community_id,
        facts=_facts(found, reason.strip()),
    )
    (approval_id,) = ask_all([request], asked_at=at)
    audit.record(
        "receipt.void_asked",
        kind="receipt",
        pk=receipt_id,
        number=found.receipt.number,
        reason=reason.strip(),
    )
    return approval_id


def void_decided(decided: Approval, *, by: StaffMember, on: date) -> None:
    """What follows a decision: approved, the receipt is void and a new one is issued. Raises OwnPayment."""
    if Payment.objects.filter(pk=decided.facts["payment_id"], taken_by_id=by.user_id).exists():
        raise OwnPayment(_("You took this payment yourself; somebody else must void its receipt."))
    if decided.decision == Approval.Decision.APPROVED:
        facts = decided.facts
        void_receipt(receipt_id=facts["receipt_id"], reason=facts["reason"], on=on, by=by)


def _facts(found: ReceiptDetail, reason: str) -> dict[str, object]:
    payment = found.payment
    return {
        "receipt_id": found.receipt.receipt_id,
        "payment_id": payment.payment_id,
        "account_id": payment.account_id,
        "unit_id": payment.unit_id,
        "unit_code": payment.unit_code,
        "party": payment.party_name,
        "community": payment.community_name,
        "amount_fen": payment.amount_fen,
        "method": payment.method,
        "paid_on": payment.paid_on.isoformat(),
        "receipt": found.receipt.number,
        "copies": found.receipt.prints,
        "taken_by": payment.taken_by,
        "reason": reason,
    }
