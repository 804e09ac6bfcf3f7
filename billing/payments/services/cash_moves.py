"""Cash that leaves a till: to the bank with a slip, to the next cashier or finance with two confirmations."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from billing.payments.models import CashDeposit, CashHandover
from billing.payments.queries.tills import handovers
from billing.payments.services.days import check_days_open
from billing.payments.services.tills import NotYourTill, check_moved, lock_session
from tenancy.kernel.errors import Conflict, Forbidden, NotFound, Refused
from tenancy.kernel.permissions import Permission, Role, StaffMember
from tenancy.people.queries.members import members
from tenancy.people.services import audit, files

PAPERS = (files.JPEG, files.PNG, files.PDF)


class BadReceiver(Refused):
    """Cash is handed to another cashier or to finance of this company."""

    code = "payments.bad_receiver"


class AlreadyAnswered(Conflict):
    """The hand-over was confirmed or declined before."""

    code = "payments.handover_answered"


class NotYours(Forbidden):
    """Only the receiver confirms; only he or the giver takes it back."""

    code = "payments.handover_not_yours"


class SlipMissing(Refused):
    """A deposit names its bank and the number of its slip."""

    code = "payments.slip_missing"


class SlipUsed(Conflict):
    """A deposit with this slip is booked."""

    code = "payments.slip_used"


class TooMuch(Refused):
    """More than finance still holds of a hand-over."""

    code = "payments.deposit_too_much"


@transaction.atomic
def offer_handover(
    *,
    session_id: int,
    to_user_id: int,
    amount_fen: int,
    by: StaffMember,
    at: datetime,
    note: str = "",
) -> int:
    """Say whom the cash is handed to; it leaves the session once he confirms. Its id.

    To finance when the receiver plays that part, else to the next cashier of the desk.
    """
    session = lock_session(session_id)
    if session.cashier_id != by.user_id:
        raise NotYourTill(_("Only its cashier hands cash of this till over."))
    check_moved(session, amount_fen)
    purpose = _purpose(to_user_id, community_id=session.community_id, giver_id=by.user_id)
    handover = CashHandover.objects.create(
        community_id=session.community_id, session=session, day=session.day, purpose=purpose,
        amount_fen=amount_fen, offered_by_id=by.user_id, offered_at=at, to_user_id=to_user_id,
        note=note.strip(),
    )  # fmt: skip
    audit.record(
        "till.handover_offered",
        kind="cash_session",
        pk=session_id,
        amount_fen=amount_fen,
        for_user=to_user_id,
    )
    return int(handover.pk)


@transaction.atomic
def answer_handover(*, handover_id: int, accept: bool, by: StaffMember, at: datetime) -> None:
    """The receiver confirms that he has the cash, or it stays where it was (the giver may say so too)."""
    found = CashHandover.objects.filter(pk=handover_id).first()
    if found is None:
        raise NotFound(_("There is no such hand-over."))
    if by.user_id != found.to_user_id and (accept or by.user_id != found.offered_by_id):
        raise NotYours(_("Only who receives the cash confirms it."))
    answered = {"accepted_at": at} if accept else {"declined_at": at}
    lock_session(found.session_id)
    open_ = CashHandover.objects.filter(pk=handover_id, accepted_at=None, declined_at=None)
    if open_.update(**answered) == 0:
        raise AlreadyAnswered(_("This hand-over was answered already."))
    action = "till.handover_accepted" if accept else "till.handover_declined"
    audit.record_many(
        action, [audit.Entry("cash_session", found.session_id, {"amount_fen": found.amount_fen})]
    )


@transaction.atomic
def deposit_cash(
    *,
    bank: str,
    slip_number: str,
    amount_fen: int,
    by: StaffMember,
    on: date,
    at: datetime,
    session_id: int | None = None,
    handover_id: int | None = None,
    file: tuple[str, bytes] | None = None,
) -> int:
    """Note a deposit slip: cash of one's own session, or of what finance was handed. Its id."""
    if not bank.strip() or not slip_number.strip():
        raise SlipMissing(_("A deposit needs its bank and the number of its slip."), field="slip_number")
    if session_id is not None:
        session = lock_session(session_id)
        if session.cashier_id != by.user_id:
            raise NotYourTill(_("Only its cashier takes cash of this till to the bank."))
        check_moved(session, amount_fen)
        community_id, on = session.community_id, session.day
    else:
        community_id = _check_held(handover_id, amount_fen, by)
    check_days_open([community_id], on=on)
    kept = (
        files.store(file[1], name=file[0], purpose="deposit_slip", accept=PAPERS, community_id=community_id)
        if file
        else None
    )
    try:
        with transaction.atomic():
            deposit = CashDeposit.objects.create(
                community_id=community_id, session_id=session_id, handover_id=handover_id, day=on,
                bank=bank.strip(), slip_number=slip_number.strip(), amount_fen=amount_fen, file=kept,
                made_by_id=by.user_id, made_at=at,
            )  # fmt: skip
    except IntegrityError as error:
        if "cash_deposit_slip_once" not in str(error):
            raise
        raise SlipUsed(_("A deposit with this slip is booked already."), field="slip_number") from error
    audit.record(
        "till.deposited",
        kind="cash_deposit",
        pk=deposit.pk,
        bank=bank.strip(),
        slip_number=slip_number.strip(),
        amount_fen=amount_fen,
    )
    return int(deposit.pk)


def _purpose(to_user_id: int, *, community_id: int, giver_id: int) -> str:
    receiver = next(
        (
            row
            for row in members()
            if row.user_id == to_user_id
            and row.is_active
            and (row.community_ids is None or community_id in row.community_ids)
        ),
        None,
    )
    if receiver is None or to_user_id == giver_id:
        raise BadReceiver(_("Choose another cashier or finance of this company."), field="to_user")
    if Role.FINANCE in receiver.roles:
        return CashHandover.Purpose.FINANCE
    if Role.CASHIER not in receiver.roles:
        raise BadReceiver(_("Choose another cashier or finance of this company."), field="to_user")
    return CashHandover.Purpose.TILL


def _check_held(handover_id: int | None, amount_fen: int, by: StaffMember) -> int:
    """The community of a hand-over to finance that still holds so much cash."""
    locked = CashHandover.objects.select_for_update(no_key=True).filter(pk=handover_id).first()
    if locked is None or locked.purpose != CashHandover.Purpose.FINANCE or locked.accepted_at is None:
        raise NotFound(_("There is no such hand-over."))
    if not by.can(Permission.CASH_SIGN):
        raise NotYourTill(_("Only finance takes what it was handed to the bank."))
    (row,) = handovers(pk=handover_id)
    if not 0 < amount_fen <= row.left_fen:
        raise TooMuch(_("Finance does not hold so much of this hand-over."), field="amount")
    return int(locked.community_id)
