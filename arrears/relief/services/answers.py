"""Answer a ticket: what was found, what is let off for it, and until when the owner may disagree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from arrears.cases.queries import parts_of
from arrears.cases.services import end_dispute
from arrears.cases.services.disputes import DisputeOver
from arrears.relief.models import Ticket, TicketEvent
from arrears.relief.rules.tickets import Finding, refuse_finding, reply_until
from arrears.relief.services.ticket_events import TicketRefused, find_ticket, note, refuse_moved
from arrears.relief.services.told import tell_answer
from billing.charges.services import ask_waiver
from billing.charges.services.waivers import Part
from notices.services import Photo
from tenancy.kernel.permissions import StaffMember
from tenancy.people.services import approvals, audit
from tenancy.people.words import sentence

_PRINCIPAL: Final = "PRINCIPAL"


@transaction.atomic
def answer_ticket(
    *,
    ticket_id: int,
    finding: str,
    text: str,
    by: StaffMember,
    on: date,
    at: datetime,
    reductions: Mapping[int, int] | None = None,
    papers: Sequence[Photo] = (),
) -> None:
    """Tell the owner what was found; he has a week, then what was disputed is collected again by itself.

    `reductions`: charge id -> fen to be let off, which billing's own approval decides; until it has, what
    was disputed waits. Raises NotFound, TicketMoved, TicketRefused, and what ask_waiver refuses.
    """
    ticket = find_ticket(ticket_id)
    _still_wanted(ticket)
    asked = {charge_id: fen for charge_id, fen in (reductions or {}).items() if fen}
    _check(ticket, finding, text, asked)
    until = reply_until(on)
    ticket.finding, ticket.finding_text = finding, text.strip()[:1000]
    ticket.answered_on, ticket.reply_until, ticket.state = on, until, Ticket.State.ANSWERED
    ticket.waiver_id = _reduce(ticket, asked, by, on, at)
    ticket.save(
        update_fields=["finding", "finding_text", "answered_on", "reply_until", "state", "waiver"]
    )  # fmt: skip
    if ticket.hold_id is not None and ticket.waiver_id is None:
        with suppress(DisputeOver):  # somebody released it by hand
            end_dispute(hold_id=ticket.hold_id, last_on=until)
    notice_id = tell_answer(ticket, on=on)
    note(ticket, TicketEvent.Kind.ANSWERED, on=on, text=text, papers=papers, notice_id=notice_id)
    audit.record("ticket.answered", kind="ticket", pk=ticket_id, finding=f"finding.{finding}")


def _still_wanted(ticket: Ticket) -> None:
    """A late answer is better than none: what the project manager was asked meanwhile is taken back."""
    late = ticket.state == Ticket.State.DECIDING and ticket.answered_on is None
    if not late:
        refuse_moved(ticket, Ticket.State.OPEN)
    elif ticket.asked_id is not None:
        approvals.withdraw(approval_ids=[ticket.asked_id])


def _check(ticket: Ticket, finding: str, text: str, asked: Mapping[int, int]) -> None:
    if finding not in Ticket.Finding.values:
        raise TicketRefused(_("Choose what was found."), field="finding")
    if not text.strip():
        raise TicketRefused(_("Write the answer to the owner."), field="text")
    wrong = refuse_finding(Finding(finding), reduced_fen=sum(asked.values()))
    if wrong is not None:
        raise TicketRefused(sentence(wrong), field="finding", why=wrong.code)
    if asked and ticket.account_id is None:
        raise TicketRefused(_("This ticket is about no charge."), field="reductions")
    listed = parts_of([ticket.hold_id])[ticket.hold_id] if ticket.hold_id else []
    limits = {part.charge_id: part.amount_fen for part in listed}
    if any(limits and fen > limits.get(charge_id, 0) for charge_id, fen in asked.items()):
        raise TicketRefused(_("No more than what is disputed can be let off here."), field="reductions")


def _reduce(ticket: Ticket, asked: Mapping[int, int], by: StaffMember, on: date, at: datetime) -> int | None:
    """Ask for the price reduction by the way that every waiver takes."""
    if not asked or ticket.account_id is None:
        return None
    parts = [Part(charge_id, _PRINCIPAL, fen) for charge_id, fen in sorted(asked.items())]
    reason = f"工单{ticket.pk}：{ticket.finding_text}"
    return ask_waiver(
        account_id=ticket.account_id, kind=_PRINCIPAL, parts=parts, reason=reason, by=by, on=on, at=at
    )
