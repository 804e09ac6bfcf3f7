"""Open a ticket, with a dispute of charges or without; give it to somebody; add what is found meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from arrears.cases.services import Disputed, open_dispute
from arrears.relief.models import Ticket, TicketEvent
from arrears.relief.rules.tickets import Department, deadline, refuse_deadline
from arrears.relief.services.ticket_events import TicketRefused, find_ticket, note, refuse_moved
from billing.charges.queries import account_card
from notices.services import Photo
from owners.queries import unit_header
from tenancy.kernel.scope import current_user_id
from tenancy.people.queries.members import members_at_work
from tenancy.people.services import audit
from tenancy.people.words import sentence
from values.because import because
from values.plain import plain

_K = TicketEvent.Kind


class NewTicket(NamedTuple):
    """What is entered. `deadline_on` None: the department's own days. `papers`: photographs and proofs."""

    department: str
    subject: str
    description: str
    deadline_on: date | None = None
    papers: Sequence[Photo] = ()
    by_owner: bool = False


def open_ticket(*, unit_id: int, entry: NewTicket, on: date, account_id: int | None = None) -> int:
    """A matter of a unit that disputes no charge; the ticket's id. Raises NotFound, TicketRefused."""
    unit = unit_header(unit_id)
    return _open(entry, on, unit.community_id, unit_id, account_id, None)


@transaction.atomic
def open_dispute_ticket(*, account_id: int, parts: Sequence[Disputed], entry: NewTicket, on: date) -> int:
    """A ticket over charges or amounts of an account (none: over all of it), which wait for its answer.

    Raises NotFound, TicketRefused, DisputeRefused, DisputeStands (cases).
    """
    card = account_card(account_id)
    _deadline(entry, on)
    hold_id = open_dispute(account_id=account_id, parts=parts, reason=entry.subject, on=on)
    community_id = unit_header(card.unit_id).community_id
    return _open(entry, on, community_id, card.unit_id, account_id, hold_id)


def assign_ticket(
    *,
    ticket_id: int,
    department: str,
    on: date,
    user_id: int | None = None,
    deadline_on: date | None = None,
    text: str = "",
) -> None:
    """Give a ticket to a department and a person, and say until when.

    Raises NotFound, TicketMoved, TicketRefused.
    """
    ticket = find_ticket(ticket_id)
    refuse_moved(ticket, Ticket.State.OPEN)
    until = deadline_on or ticket.deadline_on
    _refuse_late(until, opened_on=ticket.opened_on, as_of=on if deadline_on else ticket.opened_on)
    who = "" if user_id is None else _colleague(user_id, ticket.community_id)
    Ticket.objects.filter(pk=ticket_id).update(
        department=_department(department), assigned_to_id=user_id, deadline_on=until
    )
    why = because("ticket_given", department=f"department.{department}", who=who or "—", deadline_on=until)
    note(ticket, _K.ASSIGNED, on=on, text=text, because=why)
    audit.record("ticket.assigned", kind="ticket", pk=ticket_id, department=f"department.{department}")


def note_ticket(*, ticket_id: int, text: str, on: date, papers: Sequence[Photo] = ()) -> None:
    """What was done or seen: a visit of the engineer, a photograph of the repair. NotFound, TicketMoved."""
    ticket = find_ticket(ticket_id)
    refuse_moved(ticket, Ticket.State.OPEN, Ticket.State.ANSWERED, Ticket.State.DECIDING)
    if not text.strip() and not papers:
        raise TicketRefused(_("Write what was found or done."), field="text")
    note(ticket, _K.NOTED, on=on, text=text, papers=papers)
    audit.record("ticket.noted", kind="ticket", pk=ticket_id)


def _open(
    entry: NewTicket,
    on: date,
    community_id: int,
    unit_id: int,
    account_id: int | None,
    hold_id: int | None,
) -> int:
    if not entry.subject.strip():
        raise TicketRefused(_("Say in a few words what it is about."), field="subject")
    ticket = Ticket.objects.create(
        community_id=community_id,
        unit_id=unit_id,
        account_id=account_id,
        hold_id=hold_id,
        department=_department(entry.department),
        subject=entry.subject.strip()[:120],
        description=plain(entry.description)[:2000],
        by_owner=entry.by_owner,
        opened_by_id=None if entry.by_owner else current_user_id(),
        opened_on=on,
        deadline_on=_deadline(entry, on),
    )
    note(
        ticket, _K.OPENED, on=on, text=entry.description, by_owner=entry.by_owner, papers=entry.papers
    )  # fmt: skip
    audit.record("ticket.opened", kind="ticket", pk=ticket.pk, subject=ticket.subject)
    return int(ticket.pk)


def _colleague(user_id: int, community_id: int) -> str:
    """The name of who takes it: somebody of this company who sees the ticket's community."""
    taker = next((row for row in members_at_work(community_id=community_id) if row.user_id == user_id), None)
    if taker is None:
        raise TicketRefused(_("Choose somebody who works for this community."), field="user_id")
    return taker.name


def _department(code: str) -> Department:
    if code not in Ticket.Department.values:
        raise TicketRefused(_("Choose the department that looks into it."), field="department")
    return Department(code)


def _deadline(entry: NewTicket, on: date) -> date:
    if entry.deadline_on is None:
        return deadline(_department(entry.department), on)
    _refuse_late(entry.deadline_on, opened_on=on, as_of=on)
    return entry.deadline_on


def _refuse_late(deadline_on: date, *, opened_on: date, as_of: date) -> None:
    wrong = refuse_deadline(deadline_on, opened_on=opened_on, as_of=as_of)
    if wrong is not None:
        raise TicketRefused(sentence(wrong), field="deadline_on", why=wrong.code)
