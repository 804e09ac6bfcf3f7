"""Holds: what stops the ladder of an account, from a day to a day, both inclusive."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from arrears.cases.models import Case, Hold
from arrears.cases.queries.facts import BILL_LEAD_DAYS as _LEAD_DAYS
from arrears.cases.rules.holds import HOLD_RULES, Ending, HoldKind, refuse_end
from arrears.cases.rules.sanity import refuse_hold_days
from arrears.cases.services.disputes import free_charges
from arrears.cases.services.recording import Ended, end_tasks
from arrears.cases.services.rungs import drop, lock_account, open_step
from billing.charges.queries import account_card, open_charges
from notices.services import Photo, withdraw
from tenancy.kernel.errors import Conflict, NotFound, Refused
from tenancy.kernel.scope import current_user_id
from tenancy.people.services import audit, files
from tenancy.people.words import sentence
from values.because import because

_K = Hold.Kind
# What a person may set; the others follow from an event that the product records itself.
BY_HAND: Final = (
    _K.DISPUTE,
    _K.DATA_ERROR,
    _K.ESTATE,
    _K.INSOLVENCY,
    _K.GUARDIAN,
    _K.NO_CONTACT,
    _K.HANDOVER,
)
# What stands because an application was granted, and ends with it.
GRANTED: Final = (_K.DEFERRAL, _K.INSTALMENT, _K.HARDSHIP)
_PROOFS: Final = (files.PDF, *files.IMAGES)


class HoldRefused(Refused):
    """A hold without a reason or proof, of a kind nobody sets by hand, or that cannot end like this."""

    code = "cases.hold_refused"


class HoldStands(Conflict):
    """A hold of this kind stands already."""

    code = "cases.hold_stands"


class HoldGone(Conflict):
    """The hold was released already."""

    code = "cases.hold_gone"


def set_hold(
    *,
    account_id: int,
    kind: str,
    from_on: date,
    reason: str,
    to_on: date | None = None,
    as_of: date | None = None,
    proof: Photo | None = None,
) -> int:
    """Stop the ladder of an account; returns its id. `as_of`: the day of setting, its first unless given.

    An error in our data takes back every paper that was not delivered. Raises NotFound, HoldRefused,
    HoldStands.
    """
    account = account_card(account_id)
    if kind not in BY_HAND:
        raise HoldRefused(_("This kind of hold cannot be set by hand."), field="kind")
    if not reason.strip():
        raise HoldRefused(_("Write the reason."), field="reason")
    if proof is None and HOLD_RULES[HoldKind(kind)].proof:
        raise HoldRefused(_("This hold needs a proof: a PDF, JPEG or PNG."), field="proof")
    today = as_of or from_on
    wrong = refuse_hold_days(from_on, to_on, as_of=today)
    if wrong is not None:
        raise HoldRefused(sentence(wrong.because), field=wrong.field, why=wrong.because.code)
    lock_account(account_id)
    hold_id = _write(account_id, kind, from_on, to_on, reason, proof_id=_keep(proof, account.community_id))
    if kind == _K.DATA_ERROR:
        _take_papers_back(account_id, today)
    audit.record("hold.set", kind="hold", pk=hold_id, account=account_id, hold=kind)
    return hold_id


def release_hold(
    *,
    hold_id: int,
    released_on: date,
    reason: str,
    representative: str = "",
    nothing_wrong: bool = False,
    approved: bool = False,
) -> None:
    """End a hold: from `released_on` the ladder goes on where it stood.

    `representative`: who speaks for the debtor from now on. `nothing_wrong`: an error was looked for and not
    found. Raises NotFound, HoldGone, HoldRefused, HoldStands (one that was granted on an application).
    """
    hold = Hold.objects.filter(pk=hold_id).first()
    if hold is None:
        raise NotFound(_("There is no such hold."))
    account_card(hold.account_id)
    if hold.kind in GRANTED:
        raise HoldStands(_("This hold ends with the application that it was granted on."))
    lock_account(hold.account_id)
    kind = HoldKind(hold.kind)
    corrected = kind is HoldKind.DATA_ERROR and _billed_since(hold, released_on)
    wrong = refuse_end(kind, Ending(reason, representative, corrected, nothing_wrong, approved))
    if wrong is not None:
        field = "representative" if wrong.code == "hold_needs_representative" else "reason"
        raise HoldRefused(sentence(wrong), field=field, why=wrong.code)
    released = Hold.objects.filter(pk=hold_id, released_on=None).update(
        released_on=released_on,
        released_by_id=current_user_id(),
        end_reason=reason.strip()[:300],
        representative=representative.strip()[:200],
    )
    if released == 0:
        raise HoldGone(_("This hold was released already."))
    if hold.only_listed:
        free_charges(hold_id, from_on=released_on)
    audit.record("hold.released", kind="hold", pk=hold_id, account=hold.account_id, reason=reason)


def hold_granted(
    *,
    account_id: int,
    kind: str,
    from_on: date,
    to_on: date | None,
    reason: str,
    agreed_days: Sequence[date] = (),
) -> int:
    """What was asked for with proof is granted: the ladder waits. The account is locked.

    `agreed_days`: when money is due under it; the owner is called to remind him of them, and for nothing
    else. One of its kind that somebody had set before makes room for it.
    """
    end_granted(account_id=account_id, kind=kind, on=from_on)
    hold_id = _write(account_id, kind, from_on, to_on, reason, agreed_days=agreed_days)
    audit.record("hold.set", kind="hold", pk=hold_id, account=account_id, hold=kind)
    return hold_id


def end_granted(*, account_id: int, kind: str, on: date) -> None:
    """The grant is over, whether kept or broken: from the day on the ladder goes on where it stood."""
    standing = Hold.objects.filter(account_id=account_id, kind=kind, released_on=None)
    standing.update(released_on=on, released_by_id=current_user_id())


def _billed_since(hold: Hold, on: date) -> bool:
    """Whether a charge was issued since the error was noted, with the ten days that a new bill leaves."""
    return any(
        charge.issued_on >= hold.from_on and charge.due_on >= charge.issued_on + timedelta(days=_LEAD_DAYS)
        for charge in open_charges(account_ids=[hold.account_id], as_of=on)
    )


def _keep(proof: Photo | None, community_id: int) -> int | None:
    if proof is None:
        return None
    return int(
        files.store(
            proof.content, name=proof.name, purpose="hold", accept=_PROOFS, community_id=community_id
        ).pk
    )


def _take_papers_back(account_id: int, on: date) -> None:
    """What says a wrong amount goes to nobody; what is on its way counts for nothing."""
    touched = [charge.charge_id for charge in open_charges(account_ids=[account_id], as_of=on)]
    withdraw(account_id=account_id, touched=touched, settled=touched, reason_code="data_error")
    for case_id in Case.objects.filter(account_id=account_id, closed_on=None).values_list("pk", flat=True):
        step = open_step(case_id)
        if step is not None and step.notice_id is not None:
            drop(step, on=on, why=because("data_error_drops", rung=step.code))
            end_tasks([Ended(case_id, "DELIVER", done=False), Ended(case_id, "FILE", done=False)])


def hold_for_check(*, account_id: int, on: date, until: date) -> None:
    """The owner says he has paid: nobody calls until somebody has looked (one day)."""
    _write(account_id, _K.PAYMENT_PENDING, on, until, "claims_paid")


def hold_for_court(*, account_id: int, on: date) -> None:
    """A claim was filed: collectors leave the owner alone until the procedure ends."""
    open_already = Hold.objects.filter(account_id=account_id, kind=_K.LEGAL_PROCEEDING, released_on=None)
    if open_already.exists():
        return
    _write(account_id, _K.LEGAL_PROCEEDING, on, None, "filed")


def end_court_hold(*, account_id: int, on: date) -> None:
    """The procedure ended without an instrument: collectors may speak to the owner again."""
    standing = Hold.objects.filter(account_id=account_id, kind=_K.LEGAL_PROCEEDING, released_on=None)
    standing.update(released_on=on, released_by_id=current_user_id())


def _write(
    account_id: int,
    kind: str,
    from_on: date,
    to_on: date | None,
    reason: str,
    *,
    proof_id: int | None = None,
    agreed_days: Sequence[date] = (),
) -> int:
    # One whose last day is over ended by itself; only its row says it is open still.
    over = Q(to_on__lt=from_on)
    Hold.objects.filter(over, account_id=account_id, kind=kind, released_on=None).update(
        released_on=F("to_on") + timedelta(days=1)
    )
    try:
        with transaction.atomic():
            hold = Hold.objects.create(
                account_id=account_id,
                kind=kind,
                from_on=from_on,
                to_on=to_on,
                reason=reason.strip(),
                proof_id=proof_id,
                agreed_days=sorted(agreed_days),
                set_by_id=current_user_id(),
            )
    except IntegrityError as error:
        raise HoldStands(_("A hold of this kind stands already."), field="kind") from error
    return int(hold.pk)
