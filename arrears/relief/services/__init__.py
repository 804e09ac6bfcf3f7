"""Use cases, one file each."""

from arrears.relief.services.answers import answer_ticket
from arrears.relief.services.nightly import settle_tickets
from arrears.relief.services.objections import ObjectionAnswered, object_online
from arrears.relief.services.replies import reply_to_answer
from arrears.relief.services.ticket_events import TicketMoved, TicketRefused
from arrears.relief.services.tickets import (
    NewTicket,
    assign_ticket,
    note_ticket,
    open_dispute_ticket,
    open_ticket,
)

__all__ = [
    "NewTicket",
    "ObjectionAnswered",
    "TicketMoved",
    "TicketRefused",
    "answer_ticket",
    "assign_ticket",
    "note_ticket",
    "object_online",
    "open_dispute_ticket",
    "open_ticket",
    "reply_to_answer",
    "settle_tickets",
]
