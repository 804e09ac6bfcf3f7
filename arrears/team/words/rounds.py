"""Words of visit rounds: states of rounds and stops, why a door was skipped, and why an entry is refused."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tenancy.people.words import SENTENCES, WORDS

SPOKEN: dict[str, str | Promise] = {
    "round": _("Visit round"),
    "round_policy": _("Rules of visit rounds"),
    "round.OPEN": _("To walk"),
    "round.CLOSED": _("Over"),
    "round.CALLED_OFF": _("Called off"),
    "stop.OPEN": _("To do"),
    "stop.DONE": _("Done"),
    "stop.SKIPPED": _("Skipped"),
    "stop.PAID": _("Paid"),
    "stop.HELD": _("On hold"),
    "stop.GONE": _("Not needed any more"),
    "stop.DROPPED": _("Taken out of the round"),
    "skip.NO_ACCESS": _("No way in"),
    "skip.NO_TIME": _("No time left"),
    "skip.ASKED_TO_COME_LATER": _("Asked to come later"),
    "skip.UNSAFE": _("Not safe"),
    "skip.WRONG_ADDRESS": _("Not this address"),
    "entry.VISIT": _("Visit"),
    "entry.DELIVERY": _("Paper brought"),
    "entry.SKIP": _("Skipped"),
    "visit.workplace": _("Visit at work"),
    "rule.visit.workplace": _(
        "Nobody visits an owner at work unless the project manager agreed to the place and the reason."
    ),
    "consequence.visit.workplace": _(
        "Two persons may go there once. Nobody there is told about the debt, and no paper is left."
    ),
    "round.planned": _("Planned a visit round"),
    "round.stop_dropped": _("Left a door out of a visit round"),
    "round.closed": _("Closed a visit round"),
    "round.called_off": _("Called off a visit round"),
    "round.policy_changed": _("Changed the rules of visit rounds"),
    "round.entered": _("Entered what happened at a door"),
    "round.entry_refused": _("An entry from a visit round was refused"),
    "round.printed": _("Printed a visit round"),
    "visit.printed": _("Printed the record of a visit"),
    "round.exported": _("Exported a visit round"),
    "visit.workplace_asked": _("Asked for a visit at work"),
    "set.keeps_places": _("Visitors may add where they stood"),
    "address": _("Address"),
    "what": _("What"),
    "DELIVERY": _("Delivery"),
    "SKIP": _("Skipped"),
}
TOLD: dict[str, str | Promise] = {
    "round_in_past": _("A round is planned for today or later."),
    "round_too_far": _("A round is planned at most two weeks ahead, up to {latest_on}."),
    "patrol_only_delivers": _("Patrol hands over papers and does not visit owners. Choose somebody else."),
    "round_two_persons": _("{unit}: this owner refuses to pay, so two persons go. Name the second one."),
    "round_two_persons_at_work": _("{unit}: two persons go to a workplace. Name the second one."),
    "round_needs_manager": _(
        "{unit}: the project manager goes in person. Let the manager be one of the two."
    ),
    "round_entry_in_future": _("This time lies in the future. Check the clock of the phone."),
    "entry_on_another_day": _("The round was planned for {on}; this was entered on another day."),
    "entry_too_old": _("This is more than {days} days old. Enter it on the page of the case."),
    "not_served_unsigned": _(
        "It does not count as served: what is left in a mailbox or at a door needs a signature. "
        "Ask the owner, an adult who lives there or an agent to sign, or send it by post."
    ),
    "not_served_by_a_stranger": _(
        "It does not count as served: only the owner, an adult who lives there or an agent may sign for it."
    ),
    "not_served_refused": _(
        "It does not count as served: who refuses it at the door has not got it. "
        "Send it by post to the address of the contract."
    ),
    "entry_backwards": _("The visit ended before it began."),
    "entry_too_long": _("A visit of more than four hours cannot be."),
}


def speak() -> None:
    """Add these words to the company's vocabulary; what others say already stays as they say it."""
    for code, text in SPOKEN.items():
        WORDS.setdefault(code, text)
    SENTENCES.update(TOLD)
