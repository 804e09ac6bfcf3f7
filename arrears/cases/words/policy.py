"""Words of policies, relaxed stages, quiet days, the order of the desk and the owner's standing."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tenancy.people.words import SENTENCES, WORDS

SPOKEN: dict[str, str | Promise] = {
    "SPRING_FESTIVAL": _("Spring Festival"),
    "GAOKAO": _("College entrance examination"),
    "LETTER": _("Registered letter"),
    "transfer_on_its_way": _("A transfer waits to be booked"),
    "debit_on_its_way": _("A direct debit is under way"),
    "case.rebased": _("Case moved to another version of the ladder"),
    "case.relaxed": _("Stage relaxed"),
    "case.relaxation_ended": _("Relaxed stage taken back"),
    "case.letter_made": _("Bill notice made for registered mail"),
    "quiet_days.added": _("Quiet days entered"),
    "quiet_days.dropped": _("Quiet days taken out"),
    "quiet_days": _("Quiet days"),
    "from_version": _("From version"),
    "to_version": _("To version"),
    "opens_on": _("Opens on"),
    "last_on": _("Last day"),
    "ladder_foresight": _("If this ladder held tonight"),
    "count.messages": _("Messages"),
    "count.calls": _("Calls"),
    "count.letters": _("Letters"),
    "count.visits": _("Visits"),
    "count.approvals": _("Requests for approval"),
    "count.reviews": _("Reviews"),
    "count.filings": _("Filings"),
    "count.closed": _("Cases closed"),
    "standing.VERY_GOOD": _("Very good"),
    "standing.GOOD": _("Good"),
    "standing.FAIR": _("Fair"),
    "standing.TALK": _("Let us talk"),
    "relaxed.STANDING": _("Stands"),
    "relaxed.ENDED": _("Ended"),
}
TOLD: dict[str, str | Promise] = {
    "relaxed": _("{rung} was relaxed for this case: it opens on {next_on} at the earliest."),
    "quiet_day": _("Nobody is called, visited or reminded on quiet days ({name}), up to {until}."),
    "relaxed_rung_taken": _("This rung is taken already; only what lies ahead can be relaxed."),
    "relaxed_rung_open": _("This rung is open already; put the case on hold instead."),
    "relaxed_in_past": _("The day lies ahead."),
    "relaxed_too_long": _("A stage is relaxed to {latest_on} at the latest."),
    "relaxed_past_limitation": _(
        "A debt of this case may expire on {expires_on}: within 90 days of it only legal relaxes a stage."
    ),
    "floor_of_week": _("Week from {monday}: {made} contacts so far; at least two are owed."),
    "week_floor": _("Contacts of this week so far: {made}; at least two are owed."),
    "letter_made": _("A bill notice goes out by registered letter."),
    "queue_promise_broken": _("Promised for {promised_on} and not paid."),
    "queue_promise_near": _("Promised for {promised_on}: remind once."),
    "queue_check": _("Says it is paid: look first."),
    "queue_floor": _("Contacts this week: {made}; Friday is near."),
    "queue_new": _("Nobody has spoken to the owner yet."),
    "queue_class": _("{klass}: by class, then amount, then age."),
    "standing_start": _("Everybody begins with 60 points."),
    "standing_on_time": _(
        "{on_time} of {bills} bills of the last 24 months were paid by their day (up to 40)."
    ),
    "standing_too_few": _("{bills} bills in 24 months are too few to say anything of paying on time."),
    "standing_kept": _("Promises kept: {count} (5 each, up to two)."),
    "standing_broken": _("Promises not kept: {count} (10 each, up to two)."),
    "standing_written_off": _(
        "A debt was written off on {on} without being paid (40, for 24 months from then)."
    ),
    "standing_open": _("Something has been past due for {days} days (up to 40, gone once it is paid)."),
}


def speak() -> None:
    """Add these words to the company's vocabulary."""
    WORDS.update(SPOKEN)
    SENTENCES.update(TOLD)
