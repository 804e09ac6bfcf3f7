"""Words of service tickets and disputes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tenancy.people.words import SENTENCES, WORDS

SPOKEN = {
    "department.ENGINEERING": _("Engineering"),
    "department.SECURITY": _("Security"),
    "department.CLEANING": _("Cleaning"),
    "department.CUSTOMER_SERVICE": _("Customer service"),
    "department.FINANCE": _("Finance department"),
    "department.OTHER": _("Another department"),
    "ticket.OPEN": _("Being looked into"),
    "ticket.ANSWERED": _("Answered, the owner may reply"),
    "ticket.DECIDING": _("Before the project manager"),
    "ticket.CLOSED": _("Closed ticket"),
    "finding.FOUNDED": _("Founded"),
    "finding.PARTLY": _("Partly founded"),
    "finding.UNFOUNDED": _("Unfounded"),
    "ticket.event.OPENED": _("Ticket opened"),
    "ticket.event.ASSIGNED": _("Ticket given"),
    "ticket.event.NOTED": _("Noted"),
    "ticket.event.ANSWERED": _("Answered"),
    "ticket.event.ACCEPTED": _("The owner agrees"),
    "ticket.event.REPLIED": _("The owner does not agree"),
    "ticket.event.ASKED": _("Put before the project manager"),
    "ticket.event.DECIDED": _("The project manager decided"),
    "ticket.event.CLOSED": _("Ticket closed"),
    "ticket.opened": _("Opened a ticket"),
    "ticket.assigned": _("Gave a ticket to a department"),
    "ticket.noted": _("Noted something on a ticket"),
    "ticket.answered": _("Answered a ticket"),
    "ticket.closed": _("Closed a ticket"),
    "ticket": _("Ticket"),
    "department": _("Department"),
    "finding": _("Finding"),
    "subject": _("Subject"),
    "relief.dispute": _("Open dispute"),
    "rule.relief.dispute": _(
        "An objection is answered within fifteen working days; what then stays open the project manager "
        "decides."
    ),
    "consequence.relief.dispute": _(
        "The dispute ends today and what was disputed is collected again. A rejection gives the department "
        "five more working days."
    ),
}
TOLD = {
    "ticket_given": _("{department}, {who}, until {deadline_on}"),
    "ticket_replied": _("The owner did not agree with the answer on {on}."),
    "ticket_overdue": _("No answer came until {deadline_on}."),
    "ticket_goes_on": _("What was disputed is collected again from {on}."),
    "ticket_looked_into_again": _("It is looked into again until {deadline_on}."),
    "ticket_closed_answered": _("The days to reply are over; collection goes on."),
    "ticket_closed_accepted": _("The owner agrees; collection goes on."),
    "ticket_closed_decided": _("Decided by the project manager."),
    "ticket_closed_paid": _("What was disputed is paid."),
    "ticket_deadline_past": _("The deadline lies in the past."),
    "ticket_too_late": _("Within {most} working days: by {latest_on} at the latest."),
    "reduction_without_ground": _("Where nothing was found nothing is let off."),
    "reply_too_late": _("The days to reply are over."),
}


def speak() -> None:
    """Add these words to the company's vocabulary."""
    WORDS.update(SPOKEN)
    SENTENCES.update(TOLD)
