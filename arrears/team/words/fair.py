"""Words of team: visit rounds, sign-off, leave, the record sheet and the weekly review."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tenancy.people.words import SENTENCES, WORDS

SPOKEN: dict[str, str | Promise] = {
    # what is signed, and where it stands
    "RECORD": _("Record sheet"),
    "PUBLIC_NOTICE": _("Public notice"),
    "sheet.WAITING": _("Waits for signature"),
    "sheet.SIGNED": _("Signed"),
    "sheet.CHANGED": _("Added to since it was signed"),
    "sheet.RETURNED": _("Returned"),
    "sheet.ANSWERED": _("Corrected"),
    "leave.NOW": _("Away"),
    "leave.AHEAD": pgettext_lazy("leave", "Ahead"),
    "leave.OVER": _("Over"),
    "leave.FOR_GOOD": _("Left for good"),
    "leave.CANCELLED": _("Cancelled"),
    # where the money of a pack stands, besides the rungs
    "NOTHING_DUE": _("Nothing past due any more"),
    # what the trail says
    "sheet": _("Record sheet"),
    "sheet.signed": _("Signed a record sheet"),
    "sheet.returned": _("Returned a record sheet"),
    "sheet.corrected": _("Corrected an entry"),
    "sheets.unsigned": _("Sheets that nobody signed by midnight"),
    "steward.set": _("Changed who looks after a building"),
    "building": _("Building"),
    "steward": _("Steward"),
    "leave": _("Leave"),
    "leave.entered": _("Noted a leave"),
    "leave.cancelled": _("Cancelled a leave"),
    "day": _("Day"),
    "person": _("Whose entries"),
    "from_on": _("From"),
    "text": _("Text"),
    "what": _("What"),
    "comment": _("Comment"),
    "spread": _("Points between the lightest and the heaviest"),
    "cases.distributed": _("Distributed the cases fairly"),
    "review": _("Weekly review"),
    "review.made": _("Made the packs of the weekly review"),
    "review.resolved": _("Wrote a decision into the minutes"),
    "review.ended": _("Noted what became of a decision"),
    "note": _("Note"),
    "action.OPEN": _("Open"),
    "action.LATE": _("Late"),
    "action.DONE": _("Done"),
    "answered.OWNER": _("The owner"),
    "answered.OTHER": _("Somebody else"),
    "answered.NOBODY": _("Nobody"),
    "record.call": _("Call"),
    "record.visit": _("Visit"),
    "record.printed": _("Printed the record sheet"),
    # what the night did
    "packs_made": _("Packs made"),
    "sheets_unsigned": _("Sheets nobody signed"),
    "cases_lent": _("Cases lent out"),
    "cases_returned": _("Cases returned"),
    "cases_given": _("Cases given away"),
}
TOLD: dict[str, str | Promise] = {}


def speak() -> None:
    """Add these words to the company's vocabulary."""
    WORDS.update(SPOKEN)
    SENTENCES.update(TOLD)
