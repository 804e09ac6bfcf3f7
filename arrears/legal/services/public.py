"""Post a notice without names: asked, signed by legal where rooms are named, approved, hung, taken down."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from arrears.legal.models import PublicNotice
from arrears.legal.queries.public import PUBLIC_NOTICE, Sheet, allowed_level, posted, sheet
from arrears.legal.rules.public import Level, deciders, refuse_days, refuse_level
from arrears.legal.services.gates import keep
from notices.services import Photo
from owners.queries import community_card
from owners.rules.numbering import document_number
from owners.services import take_numbers
from tenancy.kernel.errors import Conflict, Forbidden, NotFound, Refused
from tenancy.kernel.permissions import Role, StaffMember
from tenancy.people.models import Approval
from tenancy.people.services import audit
from tenancy.people.services.approvals import Request, ask_all
from tenancy.people.words import sentence

SERIES: Final = "PUBLIC_NOTICE"
_S = PublicNotice.State


class NoticeRefused(Refused):
    """Too few homes, a level the city does not allow, days that cannot be, or no place."""

    code = "legal.notice_refused"


class NoticeMoved(Conflict):
    """The notice is not in the state that this needs."""

    code = "legal.notice_moved"


class NoticeUntrue(Conflict):
    """Somebody it counts has paid since: it must be drawn up anew."""

    code = "legal.notice_untrue"


class NotLegal(Forbidden):
    """A sheet that names rooms is signed by legal."""

    code = "legal.not_legal"


def ask_notice(
    *,
    community_id: int,
    level: str,
    place: str,
    from_on: date,
    to_on: date,
    by: StaffMember,
    on: date,
    at: datetime,
) -> int:
    """Draw up a notice and put it before whoever approves; returns its id. Raises NotFound, NoticeRefused.

    It counts only homes whose lawyer letter is over, in groups of at least three. One that names rooms waits
    for legal first.
    """
    community = community_card(community_id)
    chosen = Level(level)
    found = sheet(community_id, level=chosen, as_of=on)
    _check(found, chosen, place, from_on, to_on, on, allowed_level(community_id, on=on))
    number = take_numbers(community_id=community_id, series=SERIES, year=on.year, count=1)
    notice = PublicNotice.objects.create(
        community_id=community_id,
        level=chosen.value,
        number=document_number(SERIES, community.code, on.year, number),
        as_of=on,
        data=_data(found),
        account_ids=list(found.account_ids),
        place=place.strip(),
        from_on=from_on,
        to_on=to_on,
        asked_by_id=by.user_id,
    )
    audit.record(
        "public.asked", kind="public_notice", pk=notice.pk, level=f"level.{chosen}", hung_at=notice.place
    )
    if chosen is Level.L0:
        _ask(notice, by, at)
    return int(notice.pk)


def sign_notice(*, public_id: int, by: StaffMember, on: date, at: datetime) -> None:
    """Legal signs a sheet that names rooms; then it is put before whoever approves.

    Raises NotFound, NotLegal, NoticeMoved.
    """
    notice = _find(public_id)
    if not by.plays(Role.LEGAL):
        raise NotLegal(_("Legal signs a notice that names rooms."))
    if notice.state != _S.ASKED or notice.level == Level.L0.value or notice.signed_on is not None:
        raise NoticeMoved(_("This notice does not wait for legal."))
    if notice.asked_by_id == by.user_id:
        raise NotLegal(_("You asked for this yourself; somebody else must sign."))
    PublicNotice.objects.filter(pk=public_id).update(signed_by_id=by.user_id, signed_on=on)
    notice.refresh_from_db()
    audit.record("public.signed", kind="public_notice", pk=public_id)
    _ask(notice, by, at)


def notice_decided(decided: Approval, by: StaffMember, at: datetime) -> None:
    """What follows a decision, in its transaction."""
    state = _S.APPROVED if decided.decision == Approval.Decision.APPROVED else _S.REJECTED
    PublicNotice.objects.filter(approval_id=decided.pk, state=_S.ASKED).update(state=state)


def post_notice(*, public_id: int, photo: Photo, on: date) -> None:
    """It was hung, with a photo; only while it is true, on one of its days.

    Raises NotFound, NoticeMoved, NoticeRefused, NoticeUntrue.
    """
    notice = _find(public_id)
    if notice.state != _S.APPROVED:
        raise NoticeMoved(_("Only an approved notice is posted."))
    if not notice.from_on <= on <= notice.to_on:
        raise NoticeRefused(_("It may hang from %(a)s to %(b)s.") % {"a": notice.from_on, "b": notice.to_on})
    now = sheet(notice.community_id, level=Level(notice.level), as_of=on)
    if not set(notice.account_ids) <= set(now.account_ids):
        raise NoticeUntrue(_("Somebody it counts has paid since. Draw it up anew."))
    moved = PublicNotice.objects.filter(pk=public_id, state=_S.APPROVED).update(
        state=_S.POSTED, posted_on=on, posted_photo_id=keep(photo, community_id=notice.community_id)
    )
    if moved == 0:
        raise NoticeMoved(_("Only an approved notice is posted."))
    audit.record("public.posted", kind="public_notice", pk=public_id, hung_at=notice.place)


def remove_notice(*, public_id: int, photo: Photo, on: date) -> None:
    """It was taken down, with a photo of the empty place. Raises NotFound, NoticeMoved, NoticeRefused."""
    notice = _find(public_id)
    if notice.state != _S.POSTED or notice.posted_on is None:
        raise NoticeMoved(_("Only a posted notice is taken down."))
    if on < notice.posted_on:
        raise NoticeRefused(_("It was posted on %(day)s.") % {"day": notice.posted_on}, field="on")
    PublicNotice.objects.filter(pk=public_id, state=_S.POSTED).update(
        state=_S.REMOVED, removed_on=on, removed_photo_id=keep(photo, community_id=notice.community_id)
    )
    audit.record("public.removed", kind="public_notice", pk=public_id, hung_at=notice.place)


def must_come_down(*, public_id: int, as_of: date) -> bool:
    """Whether a posted notice is over, or counts somebody who has paid."""
    return any(row.paid or row.to_on < as_of for row in posted(as_of=as_of, public_id=public_id))


def _find(public_id: int) -> PublicNotice:
    notice: PublicNotice | None = PublicNotice.objects.filter(pk=public_id).first()
    if notice is None:
        raise NotFound(_("There is no such notice."))
    return notice


def _check(
    found: Sheet, level: Level, place: str, from_on: date, to_on: date, on: date, allowed: str | None
) -> None:
    why = refuse_level(level, allowed)
    if why is not None:
        raise NoticeRefused(sentence(why), field="level", why=why.code)
    why = refuse_days(from_on, to_on, as_of=on)
    if why is not None:
        raise NoticeRefused(sentence(why), field="to_on", why=why.code)
    if not place.strip():
        raise NoticeRefused(_("Write where it hangs."), field="place")
    if not found.groups:
        raise NoticeRefused(
            _("No building has three homes whose lawyer letter is over: nobody may be recognised.")
        )


def _data(found: Sheet) -> dict[str, Any]:
    return {
        "groups": [{**group._asdict(), "paid_percent": group.paid_percent} for group in found.groups],
        "rooms": list(found.rooms),
        "owed_fen": found.owed_fen,
    }


def _ask(notice: PublicNotice, by: StaffMember, at: datetime) -> None:
    community = community_card(notice.community_id)
    request = Request(
        kind=PUBLIC_NOTICE,
        subject=f"{community.name} {notice.number}",
        role=deciders(role.value for role in by.roles),
        facts={
            "public_id": notice.pk,
            "community": community.name,
            "amount_fen": notice.data["owed_fen"],
            "reason": notice.place,
        },
        community_id=notice.community_id,
    )
    PublicNotice.objects.filter(pk=notice.pk).update(approval_id=ask_all([request], asked_at=at)[0])
