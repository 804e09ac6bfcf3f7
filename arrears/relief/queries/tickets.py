"""Service tickets: a list with filters, and one with its charges, files and history."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from arrears.cases.queries import DisputedPart, disputed_charges, newest_case, parts_of
from arrears.relief.models import Ticket, TicketEvent, TicketFile
from arrears.relief.queries.expiring import last_days
from billing.charges.queries import OpenCharge, open_charges
from owners.queries import find_units
from tenancy.kernel.errors import NotFound
from values.because import Because

FOUND_UNITS: Final = 500


@dataclass(frozen=True, slots=True)
class TicketFilter:
    """What the list is narrowed to; None and "" mean any. `state` "": whatever is not closed."""

    state: str = ""
    department: str = ""
    assigned_to: int | None = None
    text: str = ""
    late: bool = False


class TicketRow(NamedTuple):
    """A line of the list. `days_over`: days since its deadline while nobody has answered, else 0.

    `disputed_fen`: what waits for its answer and is still unpaid, of a closed ticket what was disputed; None
    where the ticket disputes nothing. `is_whole`: the whole account waits.
    `expires_on`: when the first disputed charge expires, where that is within 90 days.
    """

    ticket_id: int
    community_id: int
    community_name: str
    unit_id: int
    unit_code: str
    account_id: int | None
    party_name: str
    department: str
    state: str
    subject: str
    by_owner: bool
    opened_on: date
    deadline_on: date
    days_over: int
    assigned_to: str
    finding: str
    answered_on: date | None
    reply_until: date | None
    closed_on: date | None
    disputed_fen: int | None
    expires_on: date | None
    is_whole: bool = False

    @property
    def department_word(self) -> str:
        """The key of the department among the words."""
        return f"department.{self.department}"

    @property
    def state_word(self) -> str:
        """The key of the state among the words."""
        return f"ticket.{self.state}"

    @property
    def finding_word(self) -> str:
        """The key of the finding among the words."""
        return f"finding.{self.finding}"

    @property
    def tone(self) -> str:
        """How its state is coloured."""
        return {"OPEN": "warn", "DECIDING": "late", "ANSWERED": "info"}.get(self.state, "quiet")


class DisputedLine(NamedTuple):
    """A charge that a ticket disputes. `unpaid_fen`: what of it is owed now."""

    charge_id: int
    fee_item: str
    period: str
    due_on: date
    amount_fen: int
    unpaid_fen: int
    disputed_fen: int
    expires_on: date | None


class EventRow(NamedTuple):
    """Something that was said or done. `files`: ids and names."""

    kind: str
    on: date
    at: datetime
    text: str
    because: Because | None
    who: str
    by_owner: bool
    notice_id: int | None
    files: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class TicketCard:
    """A ticket with everything. `case_id`: the newest case of its account. `told`: the answer left."""

    row: TicketRow
    description: str
    opened_by: str
    assigned_to_id: int | None
    finding_text: str
    closed_because: str
    hold_id: int | None
    asked_id: int | None
    waiver_id: int | None
    case_id: int | None
    lines: tuple[DisputedLine, ...]
    open_charges: tuple[OpenCharge, ...]
    events: tuple[EventRow, ...]

    @property
    def told(self) -> bool:
        """Whether a message with the answer was queued."""
        return any(event.kind == "ANSWERED" and event.notice_id for event in self.events)


_WAITING: Final = (Ticket.State.OPEN, Ticket.State.DECIDING)
_RELATED: Final = ("community", "unit", "account__party", "assigned_to", "opened_by")


def find_tickets(chosen: TicketFilter, *, as_of: date) -> QuerySet[Ticket, Any]:
    """The tickets that fit, the most urgent first; closed ones the newest first."""
    found = Ticket.objects.select_related(*_RELATED)
    closed = Ticket.State.CLOSED
    found = found.filter(state=chosen.state) if chosen.state else found.exclude(state=closed)
    if chosen.department:
        found = found.filter(department=chosen.department)
    if chosen.assigned_to is not None:
        found = found.filter(assigned_to_id=chosen.assigned_to)
    if chosen.late:
        found = found.filter(state__in=_WAITING, deadline_on__lt=as_of)
    if chosen.text.strip():
        found = found.filter(unit_id__in=[hit.unit_id for hit in find_units(chosen.text, FOUND_UNITS)])
    if chosen.state == Ticket.State.CLOSED:
        return found.order_by("-closed_on", "-pk")
    return found.order_by("deadline_on", "pk")


def tickets_waiting(*, as_of: date) -> tuple[int, int]:
    """How many tickets wait for an answer, and how many of them past their day."""
    waiting = Ticket.objects.filter(state__in=_WAITING)
    late = Count("pk", filter=Q(deadline_on__lt=as_of))
    found = waiting.aggregate(all=Count("pk"), late=late)
    return found["all"], found["late"]


def ticket_rows(page: Sequence[Ticket], *, as_of: date) -> list[TicketRow]:
    """One page in full."""
    parts = parts_of([ticket.hold_id for ticket in page if ticket.hold_id])
    waiting = {ticket.hold_id for ticket in page if ticket.state != Ticket.State.CLOSED and ticket.hold_id}
    ids = {part.charge_id for hold_id in waiting for part in parts[hold_id]}
    accounts = {ticket.account_id for ticket in page if ticket.hold_id in waiting and ticket.account_id}
    expiring = last_days(accounts, ids, as_of=as_of) if ids else {}
    unpaid = {charge_id: one.unpaid_fen for charge_id, one in disputed_charges(ids).items()} if ids else {}
    found = []
    for ticket in page:
        listed = parts.get(ticket.hold_id or 0, [])
        disputed = _still_disputed(listed, unpaid) if ticket.hold_id else None
        days = [expiring[part.charge_id] for part in listed if part.charge_id in expiring]
        row = _row(ticket, disputed, min(days, default=None), as_of)
        found.append(row._replace(is_whole=ticket.hold_id is not None and not listed))
    return found


def _still_disputed(listed: Sequence[DisputedPart], unpaid: Mapping[int, int]) -> int:
    """What of the disputed charges is unpaid; of those whose ticket is closed all that was disputed."""
    return sum(min(part.amount_fen, unpaid.get(part.charge_id, part.amount_fen)) for part in listed)


def ticket_card(ticket_id: int, *, as_of: date) -> TicketCard:
    """One ticket; NotFound when it is not there, or not the member's."""
    ticket: Ticket | None = Ticket.objects.select_related(*_RELATED).filter(pk=ticket_id).first()
    if ticket is None:
        raise NotFound(_("There is no such ticket."))
    (row,) = ticket_rows([ticket], as_of=as_of)
    opened = tuple(open_charges(account_ids=[ticket.account_id], as_of=as_of)) if ticket.account_id else ()
    return TicketCard(
        row=row,
        description=ticket.description,
        opened_by=ticket.opened_by.name if ticket.opened_by else "",
        assigned_to_id=ticket.assigned_to_id,
        finding_text=ticket.finding_text,
        closed_because=ticket.closed_because,
        hold_id=ticket.hold_id,
        asked_id=ticket.asked_id,
        waiver_id=ticket.waiver_id,
        case_id=newest_case(ticket.account_id) if ticket.account_id else None,
        lines=_lines(ticket, as_of),
        open_charges=tuple(charge for charge in opened if charge.unpaid_fen > 0),
        events=events_of(ticket_id),
    )


def tickets_of_account(account_id: int, *, as_of: date) -> list[TicketRow]:
    """The tickets of an account, the newest first."""
    found = Ticket.objects.select_related(*_RELATED).filter(account_id=account_id).order_by("-pk")
    return ticket_rows(list(found), as_of=as_of)


def tickets_of_unit(unit_id: int, *, as_of: date) -> list[TicketRow]:
    """The tickets of a unit, the newest first."""
    found = Ticket.objects.select_related(*_RELATED).filter(unit_id=unit_id).order_by("-pk")
    return ticket_rows(list(found), as_of=as_of)


def tickets_of_accounts(account_ids: Collection[int], *, as_of: date) -> list[TicketRow]:
    """The tickets of an owner's accounts, the newest first."""
    found = Ticket.objects.select_related(*_RELATED).filter(account_id__in=list(account_ids)).order_by("-pk")
    return ticket_rows(list(found), as_of=as_of)


def events_of(ticket_id: int) -> tuple[EventRow, ...]:
    """The history of a ticket, the oldest first."""
    files: dict[int, list[tuple[int, str]]] = {}
    kept = TicketFile.objects.filter(event__ticket_id=ticket_id).order_by("pk")
    for event_id, file_id, name in kept.values_list("event_id", "file_id", "file__name"):
        files.setdefault(event_id, []).append((file_id, name))
    return tuple(
        EventRow(
            kind=event.kind,
            on=event.on,
            at=event.at,
            text=event.text,
            because=Because(event.because, event.because_params) if event.because else None,
            who=event.by.name if event.by else "",
            by_owner=event.by_owner,
            notice_id=event.notice_id,
            files=tuple(files.get(event.pk, ())),
        )
        for event in TicketEvent.objects.filter(ticket_id=ticket_id).select_related("by").order_by("pk")
    )


def _lines(ticket: Ticket, as_of: date) -> tuple[DisputedLine, ...]:
    if ticket.hold_id is None or ticket.account_id is None:
        return ()
    parts = parts_of([ticket.hold_id])[ticket.hold_id]
    charges = disputed_charges([part.charge_id for part in parts])
    waits = ticket.state != Ticket.State.CLOSED
    unpaid = {pk: charge.unpaid_fen for pk, charge in charges.items()} if waits else {}
    expiring = last_days([ticket.account_id], [part.charge_id for part in parts], as_of=as_of)
    return tuple(
        DisputedLine(
            charge_id=part.charge_id,
            disputed_fen=min(part.amount_fen, unpaid.get(part.charge_id, part.amount_fen)),
            expires_on=expiring.get(part.charge_id),
            fee_item=charges[part.charge_id].fee_item,
            period=charges[part.charge_id].period,
            due_on=charges[part.charge_id].due_on,
            amount_fen=charges[part.charge_id].charged_fen,
            unpaid_fen=charges[part.charge_id].unpaid_fen,
        )
        for part in parts
    )


def _row(ticket: Ticket, disputed_fen: int | None, expires_on: date | None, as_of: date) -> TicketRow:
    waits = ticket.state in (Ticket.State.OPEN, Ticket.State.DECIDING)
    return TicketRow(
        ticket_id=ticket.pk,
        community_id=ticket.community_id,
        community_name=ticket.community.name,
        unit_id=ticket.unit_id,
        unit_code=ticket.unit.code,
        account_id=ticket.account_id,
        party_name=ticket.account.party.name if ticket.account else "",
        department=ticket.department,
        state=ticket.state,
        subject=ticket.subject,
        by_owner=ticket.by_owner,
        opened_on=ticket.opened_on,
        deadline_on=ticket.deadline_on,
        days_over=max(0, (as_of - ticket.deadline_on).days) if waits else 0,
        assigned_to=ticket.assigned_to.name if ticket.assigned_to else "",
        finding=ticket.finding,
        answered_on=ticket.answered_on,
        reply_until=ticket.reply_until,
        closed_on=ticket.closed_on,
        disputed_fen=disputed_fen,
        expires_on=expires_on,
    )
