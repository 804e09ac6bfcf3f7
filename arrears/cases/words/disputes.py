"""Words of disputes and holds: what each means, and why something cannot be."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tenancy.people.words import SENTENCES, WORDS

MEANINGS = {
    "hold.late_fee.RUNS": _("Late fee goes on"),
    "hold.late_fee.SUSPENDED": _("No late fee meanwhile"),
    "hold.late_fee.DISPUTED_PART_FROZEN": _("No late fee on disputed charges"),
    "hold.late_fee.RECALCULATED": _("Late fee follows the corrected bill"),
    "hold.late_fee.AS_APPROVED": _("Late fee as approved"),
    "hold.stops.ALL": _("No rung opens"),
    "hold.stops.SPOKEN": _("No call and no visit; letters go on"),
    "hold.stops.HARSHER": _("Nothing harsher than the demand"),
    "hold.stops.BEFORE_COURT": _("Only the court's own stage goes on"),
    "hold.stops.LISTED": _("The disputed charges wait, the rest goes on"),
    "hold.calls.NONE": _("Nobody calls"),
    "hold.calls.TO_RESOLVE": _("Calls only to settle the matter"),
    "hold.calls.REMINDER_ONLY": _("Only reminders before the day"),
    "hold.calls.FRIENDLY_ONLY": _("Friendly calls only"),
    "hold.clock.RUNS": _("Limitation runs on"),
    "hold.clock.INTERRUPTED": _("Limitation starts again"),
    "hold.clock.MAY_STAND_STILL": _(
        "Limitation runs on; in its last six months it may stand still (art. 194), which a lawyer decides"
    ),
    "hold.ends.BY_HAND": _("Ends when somebody releases it"),
    "hold.ends.BY_ITSELF": _("Ends by itself"),
    "hold.ends.ANSWERED": _("Ends seven days after the answer, or when the project manager decides"),
    "hold.ends.REPRESENTATIVE": _("Ends when it is known who speaks for the debtor"),
    "hold.ends.CORRECTED": _("Ends with the corrected bill"),
    "hold.ends.APPROVED": _("Ends only when legal agrees"),
}
REASONS = {
    "all_disputed": _("All that is past due is disputed."),
    "all_disputed_drops": _("{rung}: all that it was about is disputed now."),
    "data_error_drops": _("{rung} was taken back: its amounts may be wrong."),
    "left_out_disputed": _("It is disputed; nobody asks for it until that is settled."),
    "left_out_disputed_some": _("{count} are disputed (due {first_on} to {last_on})."),
    "dispute_of_paid": _("Nothing of this charge is unpaid."),
    "dispute_of_nothing": _("The disputed amount must be more than nothing."),
    "dispute_of_too_much": _("No more than the charge can be disputed."),
    "hold_end_needs_reason": _("Write why the hold ends."),
    "hold_needs_representative": _("Write who speaks for the debtor now."),
    "hold_needs_corrected_bill": _(
        "No corrected bill was issued since, with ten days to pay. Bill anew first, or tick that nothing was "
        "wrong."
    ),
    "hold_end_needs_approval": _("Whoever asked to be left alone is called again only when legal agrees."),
}
REQUESTS = {
    "hold.end_no_contact": _("End of “in writing only”"),
    "rule.hold.end_no_contact": _(
        "After a complaint about contact nobody calls or visits. A team lead or project manager asks to end "
        "this, legal decides."
    ),
    "consequence.hold.end_no_contact": _("The owner may be called and visited again from today."),
    "hold.end_asked": _("Asked to end a hold"),
}


def speak() -> None:
    """Add these words to everybody's."""
    WORDS.update(MEANINGS)
    WORDS.update(REQUESTS)
    SENTENCES.update(REASONS)
