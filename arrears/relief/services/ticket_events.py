"""Find a ticket, and write down what is said and done about it, with its files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from arrears.cases.services.rungs import lock_account
from arrears.relief.models import Ticket, TicketEvent, TicketFile
from notices.services import Photo
from tenancy.kernel.errors import Conflict, NotFound, Refused
from tenancy.kernel.scope import current_user_id
from tenancy.people.services import files
from values.because import Because
from values.plain import plain

PROOFS: Final = (files.PDF, *files.IMAGES)
MOST_FILES: Final = 6
PURPOSE: Final = "ticket"


class TicketRefused(Refused):
    """A ticket without a subject, an answer without a finding, or a day that cannot be."""

    code = "relief.ticket_refused"


class TicketMoved(Conflict):
    """The ticket was answered, decided or closed meanwhile."""

    code = "relief.ticket_moved"


def find_ticket(ticket_id: int, *, locked: bool = True) -> Ticket:
    """The ticket, held until the transaction ends; NotFound when it is not there, or not the member's.

    Its account is locked first: one order for all, account, ticket, request.
    """
    ticket: Ticket | None = Ticket.objects.filter(pk=ticket_id).first()
    if ticket is None:
        raise NotFound(_("There is no such ticket."))
    if not locked:
        return ticket
    if ticket.account_id is not None:
        lock_account(ticket.account_id)
    held: Ticket = Ticket.objects.select_for_update().get(pk=ticket_id)
    return held


def refuse_moved(ticket: Ticket, *states: str) -> None:
    """TicketMoved unless the ticket is in one of these states."""
    if ticket.state not in states:
        raise TicketMoved(_("This ticket has moved on since. Reload the page."))


def note(
    ticket: Ticket,
    kind: str,
    *,
    on: date,
    text: str = "",
    because: Because | None = None,
    by_owner: bool = False,
    papers: Sequence[Photo] = (),
    notice_id: int | None = None,
) -> None:
    """One line of the ticket's history. TicketRefused for too many files, FileNotAccepted for a wrong one."""
    if len(papers) > MOST_FILES:
        raise TicketRefused(_("At most %(n)d files.") % {"n": MOST_FILES}, field="files")
    event = TicketEvent.objects.create(
        ticket=ticket,
        kind=kind,
        on=on,
        text=plain(text)[:2000],
        because=because.code if because else "",
        because_params=dict(because.params) if because else {},
        by_id=None if by_owner else current_user_id(),
        by_owner=by_owner,
        notice_id=notice_id,
    )
    for paper in papers:
        kept = files.store(
            paper.content, name=paper.name, purpose=PURPOSE, accept=PROOFS, community_id=ticket.community_id
        )
        TicketFile.objects.create(event=event, file=kept)
