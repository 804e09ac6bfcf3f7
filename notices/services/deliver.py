"""A delivery is recorded by hand: one notice, a chosen few, or all that wait in a building."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from notices import queries
from notices.models import Delivery, Notice
from notices.rules.delivered import (
    Delivered,
    Entered,
    Method,
    Receiver,
    Result,
    delivered,
    is_handed_over,
    refuse_entry,
)
from tenancy.kernel import sql
from tenancy.kernel.errors import Conflict, NotFound, Refused
from tenancy.kernel.scope import current_user_id
from tenancy.people.services import audit, files
from tenancy.people.words import sentence
from values.because import because

_K = Notice.Kind
_FOR_COURT = frozenset(
    {
        _K.PAYMENT_ORDER_APPLICATION,
        _K.PAYMENT_ORDER_WITHDRAWAL,
        _K.COMPLAINT,
        _K.EVIDENCE_LIST,
        _K.ENFORCEMENT_APPLICATION,
    }
)
_GONE = frozenset({Notice.State.WITHDRAWN, Notice.State.SKIPPED})


class DeliveryRefused(Refused):
    """What was entered cannot be a delivery: a day before the notice, a signature without a name ..."""

    code = "notices.delivery_refused"


class NotDeliverable(Conflict):
    """The notice was withdrawn, or it goes to a court and not to the owner."""

    code = "notices.not_deliverable"


class NothingWaits(Conflict):
    """No notice of this choice waits to be delivered."""

    code = "notices.nothing_waits"


class Photo(NamedTuple):
    """An uploaded picture."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """One way of handing over, as entered."""

    method: Method
    result: Result
    on: date
    receiver: Receiver = Receiver.NONE
    receiver_name: str = ""
    relation: str = ""
    handed_over_by: str = ""
    waybill: str = ""
    agreed_address: bool = False
    note: str = ""
    photo: Photo | None = None
    signature: Photo | None = None


def record_delivery(
    *,
    notice_id: int,
    method: str,
    result: str,
    on: date,
    as_of: date,
    receiver: str = "NONE",
    receiver_name: str = "",
    relation: str = "",
    handed_over_by: str = "",
    waybill: str = "",
    agreed_address: bool = False,
    note: str = "",
    photo: Photo | None = None,
    signature: Photo | None = None,
) -> Delivery:
    """Record one delivery and what it counts for (rules/delivered).

    NotFound for a notice of others; NotDeliverable when it was withdrawn; DeliveryRefused, naming the field,
    when the entry cannot be true. `as_of` is today: nothing is delivered tomorrow.
    """
    hand_over = HandOver(
        method=Method(method),
        result=Result(result),
        on=on,
        receiver=Receiver(receiver),
        receiver_name=receiver_name.strip(),
        relation=relation.strip(),
        handed_over_by=handed_over_by.strip(),
        waybill=waybill.strip(),
        agreed_address=agreed_address,
        note=note.strip(),
        photo=photo,
        signature=signature,
    )
    (delivery_id,) = record_deliveries(notice_ids=[notice_id], hand_over=hand_over, as_of=as_of)
    made: Delivery = Delivery.objects.get(pk=delivery_id)
    return made


def record_deliveries(*, notice_ids: Collection[int], hand_over: HandOver, as_of: date) -> list[int]:
    """The same hand-over for several notices, all or none. Returns the ids of the deliveries."""
    notices = list(Notice.objects.select_for_update().filter(pk__in=notice_ids).order_by("pk"))
    if not notice_ids or len(notices) != len(set(notice_ids)):
        raise NotFound(_("This notice does not exist."))
    _check_entry(hand_over, as_of=as_of)
    for notice in notices:
        _check_notice(notice, hand_over)
    return _record(notices, hand_over)


def record_round(
    *,
    community_id: int,
    building_id: int | None,
    kind: str,
    hand_over: HandOver,
    as_of: date,
    issued_on: date | None = None,
) -> int:
    """All that waits in a building (None: in the community, 0: outside any) was handed over; how many."""
    chosen = queries.waiting_ids(
        community_id=community_id, building_id=building_id, kind=kind, issued_on=issued_on
    )
    if not chosen:
        raise NothingWaits(_("Nothing of this kind waits to be delivered there."))
    return len(record_deliveries(notice_ids=chosen, hand_over=hand_over, as_of=as_of))


def _record(notices: Sequence[Notice], hand_over: HandOver) -> list[int]:
    worth = [_worth(notice, hand_over) for notice in notices]
    home = notices[0].community_id
    columns = {
        "ids": [notice.pk for notice in notices],
        "delivered": [one.delivered for one in worth],
        "opens_gates": [one.opens_gates for one in worth],
        "interrupts": [one.interrupts for one in worth],
    }
    entry = {name: getattr(hand_over, name) for name in _ENTERED}
    entry |= {
        "photo_id": _keep(hand_over.photo, home),
        "signature_id": _keep(hand_over.signature, home),
        "user_id": current_user_id(),
    }
    ids = [pk for (pk,) in sql.rows("notices", "deliveries", {**columns, **entry})]
    standing = {
        "on": hand_over.on,
        "returned": hand_over.result is Result.RETURNED,
        "handed_over": is_handed_over(hand_over.result),
    }
    sql.run("notices", "delivered", {**columns, **standing})
    audit.record(
        "delivery.recorded", kind="notice", pk=notices[0].pk, count=len(notices), method=hand_over.method,
        result=hand_over.result, on=hand_over.on.isoformat(),
    )  # fmt: skip
    return ids


_ENTERED = (
    "method", "result", "on", "handed_over_by", "receiver", "receiver_name", "relation", "waybill",
    "agreed_address", "note",
)  # fmt: skip


def _worth(notice: Notice, hand_over: HandOver) -> Delivered:
    return delivered(
        hand_over.method,
        hand_over.result,
        hand_over.receiver,
        document=notice.kind,
        agreed_address=hand_over.agreed_address,
    )


def _keep(photo: Photo | None, community_id: int | None) -> int | None:
    if photo is None:
        return None
    return int(
        files.store(
            photo.content, name=photo.name, purpose="delivery", accept=files.IMAGES, community_id=community_id
        ).pk
    )


def _check_entry(entry: HandOver, *, as_of: date) -> None:
    if entry.on > as_of:
        raise DeliveryRefused(_("A delivery cannot lie in the future."), field="on")
    written = (entry.receiver_name, entry.relation, entry.handed_over_by, entry.waybill)
    if entry.signature is not None and entry.result is not Result.SIGNED:
        raise DeliveryRefused(_("Only what was signed for has a signature."), field="signature")
    known = (entry.method, entry.result, entry.receiver)
    wrong = refuse_entry(Entered(*known, *written, entry.photo is not None))
    if wrong is not None:
        raise DeliveryRefused(sentence(because(wrong.code)), field=wrong.field, why=wrong.code)


def _check_notice(notice: Notice, entry: HandOver) -> None:
    if notice.state in _GONE:
        raise NotDeliverable(_("This notice was withdrawn: it must not be delivered any more."))
    if notice.kind in _FOR_COURT:
        raise NotDeliverable(_("This paper goes to the court, not to the owner."))
    if entry.on < notice.issued_on:
        raise DeliveryRefused(_("A notice cannot be delivered before its day of issue."), field="on")
