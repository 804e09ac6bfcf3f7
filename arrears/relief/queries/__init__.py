"""What this app answers to others: rows, not models."""

from arrears.relief.queries.tickets import (
    DisputedLine,
    EventRow,
    TicketCard,
    TicketFilter,
    TicketRow,
    find_tickets,
    ticket_card,
    ticket_rows,
    tickets_of_account,
    tickets_of_accounts,
    tickets_of_unit,
)

__all__ = [
    "DisputedLine",
    "EventRow",
    "TicketCard",
    "TicketFilter",
    "TicketRow",
    "find_tickets",
    "ticket_card",
    "ticket_rows",
    "tickets_of_account",
    "tickets_of_accounts",
    "tickets_of_unit",
]
