"""What the owner says to an answer, and what the project manager decides when it stays open."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext as _

from arrears.cases.queries.calling import local_time
from arrears.cases.services import release_hold, reopen_dispute
from arrears.cases.services.decisions import register as register_decision
from arrears.cases.services.disputes import DisputeOver
from arrears.cases.services.holds import HoldGone
from arrears.relief.models import Ticket, TicketEvent
from arrears.relief.rules.tickets import EXTENSION_WORKDAYS, after_workdays
from arrears.relief.services.ticket_events import TicketRefused, find_ticket, note, refuse_moved
from billing.charges.queries import account_card
from notices.services import Photo
from owners.queries import community_card, unit_header
from tenancy.kernel.permissions import Role, StaffMember
from tenancy.people.models import Approval
from tenancy.people.services import approvals, audit
from values.because import Because, because

KIND: Final = "relief.dispute"
_K, _S = TicketEvent.Kind, Ticket.State


def reply_to_answer(
    *,
    ticket_id: int,
    text: str,
    accepts: bool,
    on: date,
    at: datetime,
    by_owner: bool = False,
    papers: Sequence[Photo] = (),
) -> None:
    """The owner agrees, and collection goes on from today; or he does not, and the project manager decides.

    Raises NotFound, TicketMoved, TicketRefused (too late, or no words).
    """
    ticket = find_ticket(ticket_id)
    refuse_moved(ticket, _S.ANSWERED)
    if ticket.reply_until is not None and on > ticket.reply_until:
        raise TicketRefused(_("The days to reply are over."), why="reply_too_late")
    if accepts:
        note(ticket, _K.ACCEPTED, on=on, text=text, by_owner=by_owner, papers=papers)
        if ticket.waiver_id is None:
            close(ticket, "ACCEPTED", on=on, reason=text or str(_("The owner agrees with the answer.")))
        return
    if not text.strip():
        raise TicketRefused(_("Write what is not right."), field="text")
    note(ticket, _K.REPLIED, on=on, text=text, by_owner=by_owner, papers=papers)
    if ticket.hold_id is None:
        Ticket.objects.filter(pk=ticket.pk).update(
            state=_S.OPEN, finding="", finding_text="", answered_on=None, reply_until=None
        )
        return
    with suppress(DisputeOver):  # somebody released it by hand; the manager hears of it all the same
        reopen_dispute(hold_id=ticket.hold_id)
    ask_manager(ticket, because("ticket_replied", on=on), on=on, at=at)


def ask_manager(ticket: Ticket, why: Because, *, on: date, at: datetime) -> None:
    """Put an open dispute before the project manager: does collection go on?"""
    unit = unit_header(ticket.unit_id)
    community = community_card(ticket.community_id).name
    request = approvals.Request(
        kind=KIND,
        subject=f"{community} {unit.code}",
        role=Role.PROJECT_MANAGER,
        facts={
            "ticket_id": ticket.pk,
            "account_id": ticket.account_id,
            "party": account_card(ticket.account_id).party_name if ticket.account_id else "",
            "because": why.as_json(),
            "said": ticket.subject,
            "answer": ticket.finding_text,
        },
        community_id=ticket.community_id,
    )
    (asked_id,) = approvals.ask_all([request], asked_at=at)
    Ticket.objects.filter(pk=ticket.pk).update(asked_id=asked_id, state=_S.DECIDING)
    note(ticket, _K.ASKED, on=on, because=why)


def close(ticket: Ticket, why: str, *, on: date, reason: str) -> None:
    """The matter is over; what was disputed is in the ladder again from `on`, unless it ended before."""
    Ticket.objects.filter(pk=ticket.pk).update(state=_S.CLOSED, closed_on=on, closed_because=why)
    if ticket.hold_id is not None:
        with suppress(HoldGone):  # somebody released it by hand
            release_hold(hold_id=ticket.hold_id, released_on=on, reason=reason)
    note(ticket, _K.CLOSED, on=on, because=because(f"ticket_closed_{why.lower()}"))


def dispute_decided(decided: Approval, _by: StaffMember, at: datetime) -> None:
    """Approved: collection goes on from today. Rejected: the matter is looked into again, with new days."""
    ticket = find_ticket(decided.facts["ticket_id"])
    if ticket.state != _S.DECIDING or ticket.asked_id != decided.pk:
        return
    on = local_time(at).date()
    if decided.decision == Approval.Decision.APPROVED:
        why = because("ticket_goes_on", on=on)
        note(ticket, _K.DECIDED, on=on, text=decided.reason, because=why)
        close(ticket, "DECIDED", on=on, reason=decided.reason or _("The project manager decided."))
        return
    until = after_workdays(on, EXTENSION_WORKDAYS)
    Ticket.objects.filter(pk=ticket.pk).update(
        state=_S.OPEN, deadline_on=until, finding="", finding_text="", answered_on=None, reply_until=None
    )
    why = because("ticket_looked_into_again", deadline_on=until)
    note(ticket, _K.DECIDED, on=on, text=decided.reason, because=why)


def register() -> None:
    """Let a decision on an open dispute lead on."""
    register_decision(KIND, dispute_decided)


def told_late(ticket: Ticket) -> Because:
    """Why a dispute without an answer is put before the project manager."""
    return because("ticket_overdue", deadline_on=ticket.deadline_on)


def record_paid(ticket: Ticket, *, on: date) -> None:
    """What was disputed is paid: there is nothing to wait for."""
    close(ticket, "PAID", on=on, reason=_("What was disputed is paid."))
    audit.record("ticket.closed", kind="ticket", pk=ticket.pk, subject=ticket.subject)
