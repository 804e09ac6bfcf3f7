"""Cash sessions: open a till with what the last one left, count it blind, close it for good."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from billing.payments.models import CashCount, CashHandover, CashPoint, CashSession
from billing.payments.queries.tills import left_at, moved, uses_sessions
from billing.payments.rules.cash_day import COUNTS, check_count, closing_fen, counted_fen
from billing.payments.services.days import check_days_open
from billing.payments.services.taken import Wish
from tenancy.kernel.errors import Conflict, Forbidden, NotFound, Refused
from tenancy.kernel.permissions import Permission, StaffMember
from tenancy.kernel.scope import current_user_id
from tenancy.people.services import audit
from values.fen import display

MAX_FEN = 10**10


class TillTaken(Conflict):
    """A session stands open at this desk."""

    code = "payments.till_taken"


class TillNotOpen(Conflict):
    """Cash is taken in a session of one's own, at this desk and on this day."""

    code = "payments.till_not_open"


class TillClosed(Conflict):
    """The session is closed: nothing of it changes."""

    code = "payments.till_closed"


class NotYourTill(Forbidden):
    """Somebody else's session."""

    code = "payments.not_your_till"


class BadOpening(Refused):
    """Less than nothing, too much, or another sum than was left, without a reason."""

    code = "payments.bad_opening"


class BadCount(Refused):
    """Pieces that there are not, or more counts than two."""

    code = "payments.bad_count"


class NotCounted(Conflict):
    """A till is closed by what was counted."""

    code = "payments.not_counted"


class DifferenceUnexplained(Refused):
    """The count is another than it should be, and nobody said why."""

    code = "payments.difference_unexplained"


class HandoverPending(Conflict):
    """A hand-over of this session waits for its receiver."""

    code = "payments.handover_pending"


@transaction.atomic
def open_till(
    *,
    cash_point_id: int,
    by: int,
    on: date,
    at: datetime,
    opening_fen: int | None = None,
    reason: str = "",
) -> int:
    """Open a session at a desk; without a sum, with what the last one left there. Its id.

    TillTaken while another stands open at the desk, whoever was faster; a sum other than was left says why.
    """
    # Held: what the last session left is read once nobody else can open one.
    desk = CashPoint.objects.select_for_update(no_key=True).filter(pk=cash_point_id).first()
    if desk is None:
        raise NotFound(_("There is no such cash point."), field="cash_point")
    check_days_open([desk.community_id], on=on)
    _check_free(desk)
    left = left_at(cash_point_id)
    opening = (left or 0) if opening_fen is None else opening_fen
    if not 0 <= opening <= MAX_FEN:
        raise BadOpening(_("A till cannot open with this sum."), field="opening")
    if left is not None and opening != left and not reason.strip():
        text = _("The last session left %(left)s here. Say why the till opens with another sum.")
        raise BadOpening(text % {"left": display(left)}, field="opening_reason")
    try:
        with transaction.atomic():
            session = CashSession.objects.create(
                community_id=desk.community_id, cash_point=desk, cashier_id=by, day=on, opened_at=at,
                left_fen=left, opening_fen=opening, opening_reason=reason.strip(),
            )  # fmt: skip
    except IntegrityError as error:
        if "cash_session_one_open_per_desk" not in str(error):
            raise
        raise _taken(desk) from error
    audit.record("till.opened", kind="cash_session", pk=session.pk, cash_point=desk.name, opening_fen=opening)
    return int(session.pk)


@transaction.atomic
def count_till(*, session_id: int, pieces: Mapping[int, int], by: StaffMember, at: datetime) -> int:
    """Note what lies in the till, before being told what should; once more is allowed. What was counted."""
    session = lock_session(session_id)
    _check_counter(session, by)
    check_no_handover(session)
    turn = session.counts.count() + 1
    if turn > COUNTS:
        raise BadCount(_("The till was counted twice. Close it with the last count."))
    try:
        fen = counted_fen(pieces)
    except ValueError as error:
        raise BadCount(_("Say how many of each note and coin there are.")) from error
    CashCount.objects.create(
        session=session,
        turn=turn,
        pieces={str(worth): number for worth, number in pieces.items() if number},
        counted_fen=fen,
        counted_at=at,
        counted_by_id=by.user_id,
    )
    audit.record("till.counted", kind="cash_session", pk=session_id, turn=turn, counted_fen=int(fen))
    return int(fen)


@transaction.atomic
def close_till(*, session_id: int, by: StaffMember, at: datetime, reason: str = "") -> int:
    """Close a session with its last count; the difference, which needs a reason (S16)."""
    session = lock_session(session_id)
    _check_counter(session, by)
    check_no_handover(session)
    last = session.counts.order_by("-turn").first()
    if last is None:
        raise NotCounted(_("Count the till first."))
    expected = closing_fen(opening_fen=session.opening_fen, **moved(session_id)._asdict())
    why = check_count(expected_fen=expected, counted_fen=last.counted_fen, reason=reason)
    difference = last.counted_fen - expected
    if why is not None:
        text = _("The count differs by %(difference)s. Say why, or count once more.")
        raise DifferenceUnexplained(text % {"difference": display(difference)}, field="reason")
    CashSession.objects.filter(pk=session_id).update(
        closed_at=at, closed_by_id=by.user_id, expected_fen=expected, counted_fen=last.counted_fen,
        reason=reason.strip() if difference else "",
    )  # fmt: skip
    audit.record(
        "till.closed",
        kind="cash_session",
        pk=session_id,
        counted_fen=last.counted_fen,
        difference_fen=difference,
        reason=reason.strip(),
    )
    return int(difference)


def lock_session(session_id: int) -> CashSession:
    """An open session, held until the transaction ends. NotFound, or TillClosed."""
    session: CashSession | None = (
        CashSession.objects.select_for_update(no_key=True).filter(pk=session_id).first()
    )
    if session is None:
        raise NotFound(_("There is no such cash session."))
    if session.closed_at is not None:
        raise TillClosed(_("This cash session is closed. Nothing of it changes any more."))
    return session


def check_no_handover(session: CashSession) -> None:
    """HandoverPending while somebody has yet to confirm that he was handed cash of this session."""
    waiting = session.handovers.filter(accepted_at=None, declined_at=None).select_related("to_user").first()
    if waiting is not None:
        text = _("%(name)s has not confirmed the hand-over of %(amount)s yet.")
        raise HandoverPending(text % {"name": waiting.to_user.name, "amount": display(waiting.amount_fen)})


def check_moved(session: CashSession, amount_fen: int) -> None:
    """Whether so much cash lies there: offered hand-overs are as good as gone."""
    offered = CashHandover.objects.filter(session=session, accepted_at=None, declined_at=None)
    held = closing_fen(opening_fen=session.opening_fen, **moved(session.pk)._asdict())
    if not 0 < amount_fen <= held - sum(offered.values_list("amount_fen", flat=True)):
        raise BadCount(_("There is not so much cash in the till."), field="amount")


def sessions_for(
    wishes: Iterable[Wish], desks: Mapping[int, CashPoint], *, by: StaffMember | None, on: date
) -> dict[int, int]:
    """Desk id -> the session that takes its cash, held open until the transaction ends.

    Who stands at a door needs one of his own, of this day, once the community keeps its cash by sessions. The
    house's own work (`by` None: an import, a made-up past) may book cash without one.
    """
    taking = {wish.cash_point_id for wish in wishes if wish.takes_cash}
    in_order = sorted(desk_id for desk_id in taking if desk_id is not None)
    tills = {desk_id: till_for(desks[desk_id], by=by, on=on) for desk_id in in_order}
    return {desk_id: session_id for desk_id, session_id in tills.items() if session_id is not None}


def till_for(desk: CashPoint, *, by: StaffMember | None, on: date) -> int | None:
    """The same for one desk: for cash that is taken there, or paid out of it."""
    session = _held_at(desk.pk)
    if session is not None and (session.cashier_id, session.day) == (current_user_id(), on):
        return int(session.pk)
    if by is not None and uses_sessions(desk.community_id):
        raise _not_open(session, on, by)
    return None


def session_at(desk_id: int, *, on: date) -> int | None:
    """The session that cash leaves by, or comes back to, held open; TillNotOpen where there should be one.

    Whoever's it is: money that goes back is decided by others than the cashier.
    """
    session = _held_at(desk_id)
    if session is not None and session.day == on:
        return int(session.pk)
    desk = CashPoint.objects.get(pk=desk_id)
    if uses_sessions(desk.community_id):
        text = _("The till of %(desk)s is not open today. Open it before cash goes back.")
        raise TillNotOpen(text % {"desk": desk.name}, field="cash_point")
    return None


def _held_at(desk_id: int) -> CashSession | None:
    """The open session of a desk, nobody closes it until the transaction ends."""
    held = CashSession.objects.select_for_update(no_key=True)
    found: CashSession | None = held.filter(cash_point_id=desk_id, closed_at=None).first()
    return found


def _not_open(session: CashSession | None, on: date, by: StaffMember) -> TillNotOpen:
    if session is None:
        text = _("Open your cash session at this desk before you take cash.")
    elif session.cashier_id != by.user_id:
        text = _("%(name)s has the cash session at this desk. Take cash once it is handed over and closed.")
        text %= {"name": session.cashier.name}
    else:
        text = _("Your cash session of %(day)s is still open. Count and close it before you take cash.")
        text %= {"day": session.day.isoformat()}
    return TillNotOpen(text, field="method")


def _check_free(desk: CashPoint) -> None:
    if CashSession.objects.filter(cash_point=desk, closed_at=None).exists():
        raise _taken(desk)


def _taken(desk: CashPoint) -> TillTaken:
    held = CashSession.objects.filter(cash_point=desk, closed_at=None).select_related("cashier").first()
    text = _("%(name)s has opened this till since %(day)s. It must be closed first.")
    name, day = (held.cashier.name, held.day.isoformat()) if held else ("?", "?")
    return TillTaken(text % {"name": name, "day": day}, field="cash_point")


def _check_counter(session: CashSession, by: StaffMember) -> None:
    """The cashier himself, or who reviews cash when he is not there."""
    if session.cashier_id != by.user_id and not by.can(Permission.CASH_REVIEW):
        raise NotYourTill(_("Only its cashier, or who reviews cash, counts and closes this till."))
