"""Words of the court's papers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tenancy.people.words import SENTENCES, WORDS

FILINGS = {
    "filing.PAYMENT_ORDER": _("Payment order application"),
    "filing.COMPLAINT": _("Complaint"),
    "filing.ENFORCEMENT": _("Enforcement application"),
}
RESULTS = {
    "result.PAYMENT_ORDER": _("Payment order issued"),
    "result.JUDGMENT": _("Judgment"),
    "result.MEDIATION": _("Court mediation paper"),
    "result.CONTESTED": _("Objected to or appealed: not in force"),
    "result.CONVERTED": _("Objection upheld, goes on as a suit"),
    "result.REJECTED": _("Rejected or void"),
    "result.WITHDRAWN": _("Withdrawn from the court"),
}
TIMERS = {
    "timer.ACCEPTANCE": _("The court accepts or refuses by"),
    "timer.ISSUE": _("The court issues the order by"),
    "timer.CONVERSION": _("Decline the suit by"),
    "timer.PERFORM": _("Payable until"),
    "timer.ENFORCEMENT": _("Apply for enforcement by"),
}
SAID = {
    "result_in_future": _("This day lies in the future."),
    "result_before_filing": _("The paper was filed on {filed_on}; nothing came of it before."),
    "result_needs_day": _("An instrument needs this day."),
    "result_before_service": _("This day lies before the service on {served_on}."),
    "result_too_far": _("This day lies after {latest_on}. Check the year."),
    "order_in_force_after_fifteen_days": _(
        "The debtor may object for fifteen days: the order is in force on {earliest_on} at the earliest."
    ),
    "order_gives_fifteen_days": _(
        "A payment order gives fifteen days: payable until {earliest_on} at the earliest."
    ),
    "award_needs_principal": _("Write the principal that was awarded."),
    "award_beyond_claim": _("That is more than was claimed: {most} at most."),
    "costs_beyond_claim": _(
        "That is more than the court's fee and the costs booked to this account: {most} at most. "
        "Book a cost first."
    ),
}
OTHERS = {
    "filing.recorded": _("Marked a paper as filed"),
    "court.result": _("Recorded a court's answer"),
    "filing": _("Filing"),
}


def speak() -> None:
    """Add these words to everybody's."""
    for words in (FILINGS, RESULTS, TIMERS, OTHERS):
        WORDS.update(words)
    SENTENCES.update(SAID)
