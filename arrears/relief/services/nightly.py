"""What becomes of tickets by itself, every night before the ladder is walked; twice changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from arrears.cases.queries import parts_of
from arrears.cases.services import resume_late_fees
from arrears.cases.services.rungs import lock_accounts
from arrears.relief.models import Ticket
from arrears.relief.services.replies import ask_manager, close, record_paid, told_late
from billing.charges.queries import open_charges

_S = Ticket.State


@dataclass(frozen=True, slots=True)
class Settled:
    """What a night did. `resumed`: charges that bear late fee again."""

    closed: int = 0
    paid: int = 0
    asked: int = 0
    resumed: int = 0

    def as_json(self) -> dict[str, Any]:
        """The counts for a job's row."""
        return {
            "tickets_closed": self.closed + self.paid,
            "disputes_asked": self.asked,
            "late_fees_resumed": self.resumed,
        }


def settle_tickets(*, as_of: date, at: datetime) -> Settled:
    """Close what was answered a week ago, end disputes that are paid, ask about those without an answer."""
    paid = _end_paid(as_of)
    closed = _close_answered(as_of)
    asked = _ask_overdue(as_of, at)
    return Settled(closed, paid, asked, resume_late_fees(as_of=as_of))


def _close_answered(as_of: date) -> int:
    """The owner said nothing for a week; a reduction that is not decided yet keeps the dispute waiting."""
    over = _locked(Ticket.objects.filter(state=_S.ANSWERED, reply_until__lt=as_of)).select_related("waiver")
    ready = [ticket for ticket in over if ticket.waiver is None or ticket.waiver.state != "ASKED"]
    for ticket in ready:
        close(ticket, "ANSWERED", on=as_of, reason=ticket.finding_text)
    return len(ready)


def _ask_overdue(as_of: date, at: datetime) -> int:
    late = list(_locked(Ticket.objects.filter(state=_S.OPEN, deadline_on__lt=as_of).exclude(hold=None)))
    for ticket in late:
        ask_manager(ticket, told_late(ticket), on=as_of, at=at)
    return len(late)


def _end_paid(as_of: date) -> int:
    listing = Ticket.objects.filter(hold__only_listed=True, hold__released_on=None)
    waiting = list(_locked(listing.exclude(state=_S.CLOSED)))
    listed = parts_of([ticket.hold_id for ticket in waiting if ticket.hold_id])
    accounts = {ticket.account_id for ticket in waiting if ticket.account_id}
    owed = {
        charge.charge_id
        for charge in open_charges(account_ids=sorted(accounts), as_of=as_of)
        if charge.unpaid_fen > 0
    }
    paid = [
        ticket
        for ticket in waiting
        if ticket.hold_id and not any(part.charge_id in owed for part in listed[ticket.hold_id])
    ]
    for ticket in paid:
        record_paid(ticket, on=as_of)
    return len(paid)


def _locked(found: QuerySet[Ticket, Any]) -> QuerySet[Ticket, Any]:
    """These, their accounts locked before them as everybody does; what changed meanwhile is left out."""
    accounts = set(found.exclude(account=None).values_list("account_id", flat=True))
    lock_accounts(accounts)
    return found.select_for_update(of=("self",)).order_by("pk")
