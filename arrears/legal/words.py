"""Words of the court's papers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tenancy.people.words import WORDS

FILINGS = {
    "filing.PAYMENT_ORDER": _("Payment order application"),
    "filing.COMPLAINT": _("Complaint"),
    "filing.ENFORCEMENT": _("Enforcement application"),
}
CHECKS = {
    "check.contract_in_force": _("A service contract is in force"),
    "check.demand_delivered": _("The demand was delivered"),
    "check.second_demand_delivered": _("The second demand was delivered"),
    "check.visited": _("A visit was made"),
    "check.no_hold": _("Nothing holds the case"),
    "check.within_limitation": _("No claim is barred by time"),
    "check.identity_known": _("The identity number is known"),
    "check.domicile_known": _("The domicile is known"),
}
OTHERS = {"filing.recorded": _("Marked a paper as filed"), "filing": _("Filing")}


def speak() -> None:
    """Add these words to everybody's."""
    for words in (FILINGS, CHECKS, OTHERS):
        WORDS.update(words)
