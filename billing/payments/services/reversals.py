"""Take a payment back by a counter-entry: the same lines with the other sign (冲正). Nothing is edited."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.db.models import F, OuterRef, QuerySet, Subquery, Sum
from django.utils.translation import gettext as _

from billing.charges import services as charges
from billing.payments.models import Allocation, CreditEntry, Payment, Receipt
from billing.payments.queries.credit import credit_of
from billing.payments.queries.detail import PaymentDetail, payment_detail
from billing.payments.queries.reversals import REVERSAL, is_kept, reversal_asked
from billing.payments.rules.allocation import Part
from billing.payments.services.checks import check_days
from billing.payments.services.days import check_days_open
from billing.payments.services.tenders import mirror_tenders
from billing.payments.services.tills import session_at
from tenancy.kernel.errors import Conflict, Forbidden, Refused
from tenancy.kernel.permissions import Role, StaffMember
from tenancy.kernel.scope import current_user_id
from tenancy.people.models import Approval
from tenancy.people.services import audit
from tenancy.people.services.approvals import Request, ask_all

CASH: Final = Payment.Method.CASH


class ReasonMissing(Refused):
    """An auditor wants to read why."""

    code = "payments.reason_missing"


class NotReversible(Conflict):
    """Taken back already, or itself what takes something back."""

    code = "payments.not_reversible"


class KeptByCut(Conflict):
    """It moved no money: it belongs to the act that cut the charge, and stands or falls with it."""

    code = "payments.kept_by_cut"


class CreditSpent(Conflict):
    """What was left over of it has paid something else since."""

    code = "payments.credit_spent"


class ReversalAsked(Conflict):
    """Somebody asked for the same and waits."""

    code = "payments.reversal_asked"


class OwnTaking(Forbidden):
    """Who took the money does not decide that it was not (R000-D11)."""

    code = "payments.reversal_needs_another_person"


def ask_reversal(*, payment_id: int, reason: str, by: StaffMember, at: datetime) -> int:
    """Ask that a payment be taken back; the request's id. Another person decides.

    Raises NotFound, ReasonMissing, NotReversible, KeptByCut, ReversalAsked.
    """
    found = payment_detail(payment_id)
    if not reason.strip():
        raise ReasonMissing(_("Say why the payment is taken back."), field="reason")
    _refuse_irreversible(payment_id)
    if reversal_asked(payment_id):
        raise ReversalAsked(_("This was asked already; it waits for a decision."))
    role = Role.BRANCH_GM if by.plays(Role.PROJECT_MANAGER) else Role.PROJECT_MANAGER
    request = Request(
        kind=REVERSAL,
        subject=f"{found.community_name} {found.unit_code}",
        role=role.value,
        community_id=found.community_id,
        facts=_facts(found, reason.strip()),
    )
    (approval_id,) = ask_all([request], asked_at=at)
    audit.record("payment.reversal_asked", kind="payment", pk=payment_id, reason=reason.strip())
    return approval_id


def reversal_decided(decided: Approval, *, by: StaffMember, on: date, at: datetime) -> None:
    """What follows a decision: approved, the payment is taken back at once. Raises OwnTaking."""
    payment_id: int = decided.facts["payment_id"]
    if decided.decision != Approval.Decision.APPROVED:
        return
    if Payment.objects.filter(pk=payment_id, taken_by_id=by.user_id).exists():
        raise OwnTaking(_("You took this payment yourself; somebody else must decide."))
    reverse_payment(payment_id=payment_id, reason=decided.facts["reason"], posted_on=on, at=at)


@transaction.atomic
def reverse_payment(*, payment_id: int, reason: str, posted_on: date, at: datetime) -> int:
    """Write the counter-entry of a payment, as if it had never come; its id.

    What it paid is owed again with the late fee that would have run; what it left as credit goes; its
    receipt is void. Raises NotFound, NotReversible, KeptByCut, CreditSpent, BadDay.
    """
    found = payment_detail(payment_id)
    if not reason.strip():
        raise ReasonMissing(_("Say why the payment is taken back."), field="reason")
    check_days(paid_on=found.paid_on, posted_on=posted_on, at=at)
    check_days_open([found.community_id], on=posted_on)
    charges.lock_account(found.account_id)
    _refuse_irreversible(payment_id)
    old = Payment.objects.get(pk=payment_id)
    lines = list(Allocation.objects.filter(payment_id=payment_id).order_by("pk"))
    _refuse_spent(old, lines)
    new = _counter_entry(old, reason.strip(), posted_on, at)
    Allocation.objects.bulk_create(
        Allocation(payment=new, charge_id=line.charge_id, part=line.part, amount_fen=-line.amount_fen)
        for line in lines
    )
    CreditEntry.objects.bulk_create(
        CreditEntry(account_id=new.account_id, payment=new, amount_fen=-entry.amount_fen)
        for entry in CreditEntry.objects.filter(payment_id=payment_id).order_by("pk")
    )
    changes = [_owed_again(line.charge_id, line) for line in lines if line.charge_id is not None]
    charges.settle_charges(changes=changes, paid_on=old.paid_on)
    paid = [change.charge_id for change in changes]
    charges.take_back_offers(charge_ids=paid, reason=reason.strip(), on=old.paid_on, at=at)
    Receipt.objects.filter(payment_id=payment_id, voided_on=None).update(
        voided_on=posted_on, void_reason=reason.strip()[:200], voided_by_id=current_user_id()
    )
    audit.record(
        "payment.reversed", kind="payment", pk=payment_id, amount_fen=old.amount_fen, reason=reason.strip(),
        by=new.pk,
    )  # fmt: skip
    return int(new.pk)


def _refuse_irreversible(payment_id: int) -> None:
    """Only what came in, once."""
    payment = Payment.objects.get(pk=payment_id)
    if payment.kind != Payment.Kind.RECEIVED:
        raise NotReversible(_("This is itself an entry that takes money back."))
    if is_kept(payment.method, payment.idempotency_key):
        raise KeptByCut(
            _("This entry only pays what stays of a charge that was cut; no money came with it to take back.")
        )
    if Payment.objects.filter(reverses_id=payment_id).exists():
        raise NotReversible(_("This payment was taken back already."))
    lines = Allocation.objects.filter(payment_id=payment_id)
    if lines.filter(charge__reversed_on__isnull=False).exists() or _was_released(lines):
        raise NotReversible(_("What this payment paid is not owed any more and was set free as credit."))


def _was_released(lines: QuerySet[Allocation]) -> bool:
    """Whether a release took off a charge what is to be taken off it: less is paid of it than these lines."""
    beside = Allocation.objects.filter(charge=OuterRef("charge"), part=OuterRef("part")).order_by()
    stays = beside.values("charge").annotate(fen=Sum("amount_fen")).values("fen")
    return (
        lines.filter(charge__isnull=False)
        .annotate(stays=Subquery(stays))
        .filter(stays__lt=F("amount_fen"))
        .exists()
    )


def _refuse_spent(payment: Payment, lines: Sequence[Allocation]) -> None:
    left_over = sum(line.amount_fen for line in lines if line.part == Allocation.Part.CREDIT)
    if left_over > credit_of([payment.account_id])[payment.account_id]:
        raise CreditSpent(
            _("Part of this payment became credit and has paid something else since. Take that back first.")
        )


def _counter_entry(old: Payment, reason: str, posted_on: date, at: datetime) -> Payment:
    is_cash = old.method == CASH or old.tenders.filter(method=CASH).exists()
    desk_id = old.cash_point_id if is_cash else None
    entry: Payment = Payment.objects.create(
        kind=Payment.Kind.REVERSAL,
        reverses=old,
        session_id=None if desk_id is None else session_at(desk_id, on=posted_on),
        community_id=old.community_id,
        unit_id=old.unit_id,
        account_id=old.account_id,
        cash_point_id=old.cash_point_id,
        method=old.method,
        amount_fen=-old.amount_fen,
        paid_on=old.paid_on,
        posted_on=posted_on,
        reference=old.reference,
        payer_name=old.payer_name,
        note=reason[:200],
        idempotency_key=f"reversal-{old.pk}",
        taken_by_id=current_user_id(),
        created_at=at,
    )
    mirror_tenders({old.pk: entry})
    return entry


def _owed_again(charge_id: int, line: Allocation) -> charges.Settlement:
    if line.part == Part.LATE_FEE:
        return charges.Settlement(charge_id, 0, -line.amount_fen)
    return charges.Settlement(charge_id, -line.amount_fen)


def _facts(found: PaymentDetail, reason: str) -> dict[str, object]:
    return {
        "payment_id": found.payment_id,
        "account_id": found.account_id,
        "unit_id": found.unit_id,
        "unit_code": found.unit_code,
        "party": found.party_name,
        "community": found.community_name,
        "amount_fen": found.amount_fen,
        "method": found.method,
        "paid_on": found.paid_on.isoformat(),
        "receipt": found.receipt.number if found.receipt else "",
        "taken_by": found.taken_by,
        "reason": reason,
    }
