"""What became of a message that left: the provider's receipt, or a person who looked it up there."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from notices.models import Attempt, Delivery, Notice
from notices.rules.delivered import Method, Result
from notices.rules.sending import Answer, Outcome
from notices.services.deliver import HandOver, record_deliveries
from notices.services.sending import write_failed
from tenancy.kernel.errors import Conflict, NotFound, Refused
from tenancy.people.services import audit

_S = Notice.State
_LEFT = (_S.SENDING, _S.SENT, _S.UNKNOWN)


class FateKnown(Conflict):
    """What became of this message is known already: only an unknown fate is settled by hand."""

    code = "notices.fate_known"


class ProofMissing(Refused):
    """A person must say where the answer comes from."""

    code = "notices.proof_missing"


def settle_fate(*, notice_id: int, delivered: bool, on: date, note: str, at: datetime) -> str:
    """A person looked at the provider's console: it arrived on that day, or it did not. The new state.

    It is never sent again by this. NotFound; FateKnown when the message is not (or no longer) in doubt;
    ProofMissing without a note; DeliveryRefused for a day that cannot be.
    """
    notice = _locked(notice_id)
    if notice is None:
        raise NotFound(_("This notice does not exist."))
    if notice.state != _S.UNKNOWN:
        raise FateKnown(_("What became of this message is known already."))
    if not note.strip():
        raise ProofMissing(_("Write what the provider's records say."), field="note")
    if delivered:
        _record_receipt(notice, on=on, note=note.strip(), at=at)
    else:
        answer = Answer(notice.pk, Outcome.FAILED, code="told_not_delivered", detail=note.strip())
        write_failed(answer, at=at, from_states=(_S.UNKNOWN,))
    outcome = "DELIVERED" if delivered else "FAILED"
    audit.record("notice.settled", kind="notice", pk=notice.pk, state=outcome, note=note.strip())
    return outcome


def take_receipt(*, notice_id: int, delivered: bool, on: date, detail: str, at: datetime) -> bool:
    """The provider's receipt for one message. False: unknown, or it changes nothing (it came before).

    Arrival wins over everything the provider said before; a failure never takes an arrival back.
    """
    notice = _locked(notice_id)
    if notice is None or notice.channel != Notice.Channel.SMS:
        return False
    if not delivered:
        answer = Answer(notice.pk, Outcome.FAILED, code="sms_not_delivered", detail=detail)
        return notice.state in _LEFT and write_failed(answer, at=at, from_states=_LEFT)
    known = Delivery.objects.filter(notice_id=notice.pk, result=Result.RECEIPT).exists()
    if known or notice.state not in (*_LEFT, _S.FAILED):
        return False
    _record_receipt(notice, on=on, note=detail, at=at)
    return True


def _record_receipt(notice: Notice, *, on: date, note: str, at: datetime) -> None:
    entry = HandOver(method=Method(notice.channel), result=Result.RECEIPT, on=on, note=note[:300])
    record_deliveries(notice_ids=[notice.pk], hand_over=entry, as_of=timezone.localtime(at).date())
    Notice.objects.filter(pk=notice.pk).update(lease_until=None, reason_code="", reason_params={})
    Attempt.objects.create(notice_id=notice.pk, at=at, outcome="DELIVERED")


def _locked(notice_id: int) -> Notice | None:
    found: Notice | None = Notice.objects.select_for_update().filter(pk=notice_id).first()
    return found
