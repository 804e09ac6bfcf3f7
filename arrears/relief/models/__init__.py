"""Relief: disputes with their tickets, applications, deferrals, instalment plans, hardship."""

from arrears.relief.models.tickets import Ticket, TicketEvent, TicketFile

__all__ = [
    "Ticket",
    "TicketEvent",
    "TicketFile",
]
