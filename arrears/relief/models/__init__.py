"""Relief: disputes with their tickets, applications, deferrals, instalment plans, hardship."""

from arrears.relief.models.application import Application, ApplicationCharge, Proof
from arrears.relief.models.plan import Instalment, Plan, PlanCharge
from arrears.relief.models.tickets import Ticket, TicketEvent, TicketFile

__all__ = [
    "Application",
    "ApplicationCharge",
    "Instalment",
    "Plan",
    "PlanCharge",
    "Proof",
    "Ticket",
    "TicketEvent",
    "TicketFile",
]
