"""Words of the court's papers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tenancy.people.words import WORDS

FILINGS = {
    "filing.PAYMENT_ORDER": _("Payment order application"),
    "filing.COMPLAINT": _("Complaint"),
    "filing.ENFORCEMENT": _("Enforcement application"),
}
OTHERS = {"filing.recorded": _("Marked a paper as filed"), "filing": _("Filing")}


def speak() -> None:
    """Add these words to everybody's."""
    for words in (FILINGS, OTHERS):
        WORDS.update(words)
