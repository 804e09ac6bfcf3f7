"""Use cases, one file each."""

from arrears.relief.services.answers import answer_ticket
from arrears.relief.services.asking import (
    ApplicationRefused,
    ApplicationStands,
    ClaimAtCourt,
    Upload,
    Wish,
    ask_application,
    chosen_charges,
    withdraw_application,
)
from arrears.relief.services.daily import run_relief
from arrears.relief.services.locked import ApplicationMoved
from arrears.relief.services.nightly import settle_tickets
from arrears.relief.services.objections import ObjectionAnswered, object_online
from arrears.relief.services.printing import print_as_asked, print_form
from arrears.relief.services.replies import reply_to_answer
from arrears.relief.services.running import release_application
from arrears.relief.services.same_debt import DebtChanged
from arrears.relief.services.signed_form import FormRefused, confirm_form
from arrears.relief.services.signing import FiguresMoved, SigningRefused, draw_up, sign_plan
from arrears.relief.services.ticket_events import TicketMoved, TicketRefused
from arrears.relief.services.tickets import (
    NewTicket,
    assign_ticket,
    note_ticket,
    open_dispute_ticket,
    open_ticket,
)

__all__ = [
    "ApplicationMoved",
    "ApplicationRefused",
    "ApplicationStands",
    "ClaimAtCourt",
    "DebtChanged",
    "FiguresMoved",
    "FormRefused",
    "NewTicket",
    "ObjectionAnswered",
    "SigningRefused",
    "TicketMoved",
    "TicketRefused",
    "Upload",
    "Wish",
    "answer_ticket",
    "ask_application",
    "assign_ticket",
    "chosen_charges",
    "confirm_form",
    "draw_up",
    "note_ticket",
    "object_online",
    "open_dispute_ticket",
    "open_ticket",
    "print_as_asked",
    "print_form",
    "release_application",
    "reply_to_answer",
    "run_relief",
    "settle_tickets",
    "sign_plan",
    "withdraw_application",
]
