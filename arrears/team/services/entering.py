"""What happened at a door, sent at once or hours later: taken once by its key, checked against our clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from arrears.cases.queries.calling import local_time
from arrears.cases.rules.visits import refuse_alone
from arrears.cases.services import Signature, log_visit
from arrears.cases.services.rungs import lock_account
from arrears.team.models import Entry, Round, Stop, StopPaper
from arrears.team.queries.rounds import keeps_places
from arrears.team.rules.rounds import SkipReason, coarse, refuse_moments, why_not_served
from arrears.team.services.changing import RoundOver
from notices.rules.delivered import Method
from notices.services import Photo, record_delivery
from tenancy.kernel.errors import Conflict, Forbidden, NotFound, Refused
from tenancy.kernel.permissions import Permission, StaffMember
from tenancy.people.models import User
from tenancy.people.services import audit, files
from tenancy.people.words import sentence
from values import windows
from values.because import Because


class EntryRefused(Refused):
    """A moment that cannot be, a reason that is missing, a night time: names its field."""

    code = "team.entry_refused"


class NotYourRound(Forbidden):
    """Only who walks a round enters what happened; patrol enters papers only."""

    code = "team.not_your_round"


class AlreadyVisited(Conflict):
    """This stop has its visit: a second one of the same day is another record."""

    code = "team.already_visited"


class KeyTaken(Conflict):
    """The key belongs to another entry."""

    code = "team.key_taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What came of a visit."""

    result: str
    second_person: str = ""
    reason_code: str = ""
    feedback: str = ""
    promised_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """How a paper was handed over."""

    notice_id: int
    method: str
    result: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """Why nobody rang."""

    reason: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Who signed on glass, and what he is to the owner."""

    picture: Photo
    who: str
    name: str
    relation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """An entry as a phone or a program sends it. `key` is its own; moments are aware."""

    key: UUID
    stop_id: int
    came_at: datetime
    left_at: datetime | None = None
    what: Seen | Handed | Skipped
    photo: Photo | None = None
    signer: Signer | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None


class Taken(NamedTuple):
    """The entry; `again`: it had been taken before, and nothing was done this time.

    `missing`: what a paper's delivery lacks to count; None when it counts, or there was none.
    """

    entry_id: int
    again: bool
    missing: Because | None = None


def take_entry(*, sent: Sent, by: StaffMember, received_at: datetime) -> Taken:
    """Do what was entered at a door, once for its key.

    Raises NotFound, NotYourRound, RoundOver, KeyTaken, EntryRefused, AlreadyVisited, and what visits and
    deliveries refuse (cases.services.log_visit, notices.services.record_delivery). All or nothing.
    """
    stop = _stop(sent.stop_id)
    lock_account(stop.account_id)
    before = Entry.objects.filter(key=sent.key).select_related("delivery").first()
    if before is not None:
        if before.stop_id != stop.pk:
            raise KeyTaken(_("This key was used for another door."), field="key")
        return Taken(int(before.pk), True, _lacks(before))
    _refuse_walker(stop, sent, by)
    _refuse_over(stop)
    _refuse_moments(stop, sent, received_at)
    led_to = _do(stop, sent, by, received_at)
    entry = Entry.objects.create(
        key=sent.key,
        stop=stop,
        came_at=sent.came_at,
        left_at=sent.left_at,
        received_at=received_at,
        by_id=by.user_id,
        **_place(sent),
        **led_to,
    )
    audit.record("round.entered", kind="round", pk=stop.round_id, what=entry.kind, unit=stop.unit.code)
    return Taken(int(entry.pk), False, _lacks(entry))


def note_refusal(*, sent: Sent, code: str, text: str) -> None:
    """An entry that was refused leaves a line: whoever loses his phone can still be asked."""
    stop = Stop.objects.filter(pk=sent.stop_id).values_list("round_id", "unit__code").first()
    if stop is not None:
        audit.record("round.entry_refused", kind="round", pk=stop[0], unit=stop[1], code=code, text=text)


def _stop(stop_id: int) -> Stop:
    stop: Stop | None = Stop.objects.select_related("unit").filter(pk=stop_id).first()
    # Through the round, so that a member of other communities finds nothing.
    if stop is None or not Round.objects.filter(pk=stop.round_id).exists():
        raise NotFound(_("There is no such stop."))
    return stop


def _refuse_walker(stop: Stop, sent: Sent, by: StaffMember) -> None:
    if by.user_id not in (stop.round.main_id, stop.round.second_id):
        raise NotYourRound(_("Only who walks this round enters what happened."))
    if isinstance(sent.what, Seen) and not by.can(Permission.VISIT_LOG):
        raise NotYourRound(_("Patrol hands over papers; visits are entered by who made them."))


def _refuse_over(stop: Stop) -> None:
    if stop.round.called_off_at is not None:
        raise RoundOver(_("This round was called off."))
    if stop.dropped_at is not None and stop.round.closed_at is None:
        raise RoundOver(_("This door was taken out of the round."))


def _refuse_moments(stop: Stop, sent: Sent, received_at: datetime) -> None:
    came_at, left_at = local_time(sent.came_at), sent.left_at and local_time(sent.left_at)
    _refuse(
        refuse_moments(came_at, left_at, round_on=stop.on, received_at=local_time(received_at)),
        field="came_at",
    )
    rings = isinstance(sent.what, Seen) or (
        isinstance(sent.what, Handed) and sent.what.method == Method.HAND.value
    )
    if rings:
        _refuse(windows.may_visit(came_at), field="came_at")


def _refuse(why: Because | None, *, field: str) -> None:
    if why is not None:
        raise EntryRefused(sentence(why), field=field, why=why.as_json())


def _do(stop: Stop, sent: Sent, by: StaffMember, received_at: datetime) -> dict[str, object]:
    """The columns of the entry that tell what it led to."""
    if isinstance(sent.what, Seen):
        return {"kind": Entry.Kind.VISIT, "visit_id": _visit(stop, sent, sent.what, by, received_at)}
    if isinstance(sent.what, Handed):
        delivery_id = _deliver(stop, sent, sent.what, by, received_at)
        return {
            "kind": Entry.Kind.DELIVERY,
            "delivery_id": delivery_id,
            "notice_id": sent.what.notice_id,
        }
    if sent.what.reason not in set(SkipReason):
        raise EntryRefused(_("Say why nobody rang."), field="skip_reason")
    return {
        "kind": Entry.Kind.SKIP,
        "skip_reason": sent.what.reason,
        "note": sent.what.note.strip(),
        "photo_id": _keep(sent.photo, stop.unit.community_id),
    }


def _visit(stop: Stop, sent: Sent, seen: Seen, by: StaffMember, received_at: datetime) -> int:
    if stop.case_id is None:
        raise EntryRefused(_("At this door only papers are handed over."), field="kind")
    if Entry.objects.filter(stop=stop, kind=Entry.Kind.VISIT).exists():
        raise AlreadyVisited(_("The visit of this door was entered already."))
    second = seen.second_person.strip() or _other(stop.round, by)
    _refuse(
        refuse_alone("", second_person=second, workplace=stop.workplace_id is not None),
        field="second_person",
    )
    came_at, left_at = local_time(sent.came_at), sent.left_at and local_time(sent.left_at)
    return log_visit(
        case_id=stop.case_id,
        on=came_at.date(),
        as_of=max(local_time(received_at).date(), came_at.date()),
        result=seen.result,
        time_in=came_at.time(),
        time_out=left_at.time() if left_at else None,
        second_person=second,
        by_manager=stop.round.by_manager,
        reason_code=seen.reason_code,
        feedback=seen.feedback,
        promised_on=seen.promised_on,
        photo=sent.photo,
        signature=_signature(sent.signer),
    )


def _other(row: Round, by: StaffMember) -> str:
    """Who goes along with the one who enters it."""
    others = [pk for pk in (row.main_id, row.second_id) if pk is not None and pk != by.user_id]
    found = User.objects.filter(pk__in=others).values_list("name", flat=True).first()
    return str(found or "")


def _deliver(stop: Stop, sent: Sent, handed: Handed, by: StaffMember, received_at: datetime) -> int:
    if not StopPaper.objects.filter(stop=stop, notice_id=handed.notice_id).exists():
        raise NotFound(_("This paper is not for this door."))
    came_at, signer = local_time(sent.came_at), sent.signer
    made = record_delivery(
        notice_id=handed.notice_id,
        method=handed.method,
        result=handed.result,
        on=came_at.date(),
        as_of=max(local_time(received_at).date(), came_at.date()),
        receiver=signer.who if signer else "NONE",
        receiver_name=signer.name if signer else "",
        relation=signer.relation if signer else "",
        handed_over_by=by.name,
        note=handed.note,
        photo=sent.photo,
        signature=signer.picture if signer else None,
    )
    return int(made.pk)


def _lacks(entry: Entry) -> Because | None:
    """What the delivery that it tells of lacks to count."""
    made = entry.delivery
    return None if made is None or made.delivered else why_not_served(made.result)


def _signature(signer: Signer | None) -> Signature | None:
    if signer is None:
        return None
    return Signature(signer.picture, signer.who, signer.name, signer.relation)


def _place(sent: Sent) -> dict[str, Decimal]:
    """Where he stood, coarse; nothing where the company does not keep places."""
    if sent.latitude is None or sent.longitude is None or not keeps_places():
        return {}
    return {"latitude": coarse(sent.latitude), "longitude": coarse(sent.longitude)}


def _keep(photo: Photo | None, community_id: int) -> int | None:
    if photo is None:
        return None
    return int(
        files.store(
            photo.content, name=photo.name, purpose="visit", accept=files.IMAGES, community_id=community_id
        ).pk
    )
