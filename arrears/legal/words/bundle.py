"""Words of the evidence bundle."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tenancy.people.words import WORDS

OTHERS: dict[str, str | Promise] = {
    "evidence_bundle": _("Evidence bundle"),
    "audience.COURT": _("For a court"),
    "audience.LAW_FIRM": _("For a law firm"),
    "bundle.asked": _("Asked for an evidence bundle"),
    "bundle.made": _("Put an evidence bundle together"),
    "bundle.opened": _("Opened an evidence bundle"),
    "audience": _("For whom"),
    "recipient": _("Recipient"),
    "exhibits": _("Exhibits"),
    "bundle": _("Evidence bundle"),
    "purpose": pgettext_lazy("of a hand-over", "Purpose"),
    "expires_on": _("May be opened until"),
    "pages": pgettext_lazy("of a paper", "Pages"),
    "file": _("File"),
    "sha256": "SHA-256",
}


def speak() -> None:
    """Add these words to everybody's."""
    for code, text in OTHERS.items():
        WORDS.setdefault(code, text)
