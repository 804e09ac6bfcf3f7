"""Holds: what stops the ladder of an account, from a day to a day, both inclusive."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from arrears.cases.models import Hold
from arrears.cases.rules.sanity import refuse_hold_days
from arrears.cases.services.rungs import lock_account
from billing.charges.queries import account_card
from tenancy.kernel.errors import Conflict, NotFound, Refused
from tenancy.kernel.scope import current_user_id
from tenancy.people.services import audit
from tenancy.people.words import sentence

_K = Hold.Kind
# What a person may set; the others follow from an event that the product records itself.
BY_HAND: Final = (_K.DISPUTE, _K.DATA_ERROR, _K.ESTATE, _K.NO_CONTACT)
# What stands because an application was granted, and ends with it.
GRANTED: Final = (_K.DEFERRAL, _K.INSTALMENT, _K.HARDSHIP)


class HoldRefused(Refused):
    """A hold without a reason, of a kind nobody sets by hand, or whose days make no sense."""

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
) -> int:
    """Stop the ladder of an account; returns its id. `as_of`: the day of setting, its first unless given.

    Raises NotFound, HoldRefused, HoldStands.
    """
    account_card(account_id)
    if kind not in BY_HAND:
        raise HoldRefused(_("This kind of hold cannot be set by hand."), field="kind")
    if not reason.strip():
        raise HoldRefused(_("Write the reason."), field="reason")
    wrong = refuse_hold_days(from_on, to_on, as_of=as_of or from_on)
    if wrong is not None:
        raise HoldRefused(sentence(wrong.because), field=wrong.field, why=wrong.because.code)
    lock_account(account_id)
    hold_id = _write(account_id, kind, from_on, to_on, reason)
    audit.record("hold.set", kind="hold", pk=hold_id, account=account_id, hold=kind)
    return hold_id


def release_hold(*, hold_id: int, released_on: date, reason: str = "") -> None:
    """End a hold: from `released_on` the ladder goes on where it stood. Raises NotFound, HoldGone,
    HoldStands (one that was granted on an application).
    """
    hold = Hold.objects.filter(pk=hold_id).first()
    if hold is None:
        raise NotFound(_("There is no such hold."))
    account_card(hold.account_id)
    if hold.kind in GRANTED:
        raise HoldStands(_("This hold ends with the application that it was granted on."))
    released = Hold.objects.filter(pk=hold_id, released_on=None).update(
        released_on=released_on, released_by_id=current_user_id()
    )
    if released == 0:
        raise HoldGone(_("This hold was released already."))
    audit.record("hold.released", kind="hold", pk=hold_id, account=hold.account_id, reason=reason)


def hold_granted(*, account_id: int, kind: str, from_on: date, to_on: date | None, reason: str) -> int:
    """What was asked for with proof is granted: the ladder waits. The account is locked.

    One of its kind that somebody had set before makes room for it.
    """
    end_granted(account_id=account_id, kind=kind, on=from_on)
    hold_id = _write(account_id, kind, from_on, to_on, reason)
    audit.record("hold.set", kind="hold", pk=hold_id, account=account_id, hold=kind)
    return hold_id


def end_granted(*, account_id: int, kind: str, on: date) -> None:
    """The grant is over, whether kept or broken: from the day on the ladder goes on where it stood."""
    standing = Hold.objects.filter(account_id=account_id, kind=kind, released_on=None)
    standing.update(released_on=on, released_by_id=current_user_id())


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


def _write(account_id: int, kind: str, from_on: date, to_on: date | None, reason: str) -> int:
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
                set_by_id=current_user_id(),
            )
    except IntegrityError as error:
        raise HoldStands(_("A hold of this kind stands already."), field="kind") from error
    return int(hold.pk)
