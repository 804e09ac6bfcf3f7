"""Words of applications for time: kinds, states, what ended them; rules and consequences of each request."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tenancy.people.words import SENTENCES, WORDS

SPOKEN: Final[dict[str, str | Promise]] = {
    "relief.DEFERRAL": _("Deferral"),
    "relief.INSTALMENT": _("Instalment plan"),
    "relief.HARDSHIP": _("Hardship"),
    "relief.state.ASKED": _("Waits for the team lead"),
    "relief.state.CHECKED": _("Waits for the decision"),
    "relief.state.APPROVED": _("Granted, not begun"),
    "relief.state.RUNNING": _("Running"),
    "relief.state.KEPT": _("Kept"),
    "relief.state.BROKEN": _("Broken"),
    "relief.state.ENDED": _("Over"),
    "relief.state.RELEASED": _("Ended early"),
    "relief.state.REJECTED": _("Rejected"),
    "relief.state.WITHDRAWN": _("Withdrawn"),
    "relief.state.LAPSED": _("Lapsed"),
    "relief.end.paid": _("All of it is paid."),
    "relief.end.over": _("Its last day is over."),
    "relief.end.missed": _("An instalment was missed."),
    "relief.end.rejected": _("It was rejected."),
    "relief.end.withdrawn": _("It was taken back."),
    "relief.end.not_signed": _("Nobody came to sign."),
    "relief.end.not_decided": _("Nobody decided in time."),
    "relief.end.charges_changed": _("A charge of it was reversed, so what was signed is no longer true."),
    "relief.part.UPCOMING": _("Not due yet"),
    "relief.part.GRACE": _("Overdue, days of grace"),
    "relief.part.PAID": _("Paid"),
    "relief.part.PAID_LATE": _("Paid late"),
    "relief.part.MISSED": _("Missed"),
    "relief.mode.RESUME": _("The late fee runs again from the day after the missed due day"),
    "relief.mode.RETROACTIVE": _("The late fee is charged from the signing on, as agreed"),
    "relief.check": _("Application: check"),
    "rule.relief.check": _(
        "The team lead checks facts and proof and writes an opinion. Who asked does not check; nothing is "
        "granted yet."
    ),
    "consequence.relief.check": _(
        "It goes to the project manager with your opinion, or to the branch when it reaches beyond twelve "
        "months. If you reject it, the owner is told and may ask again."
    ),
    "step.relief.check": _("%(subject)s: checked, nothing is granted yet; who decides has it now."),
    "relief.grant": _("Application: decision"),
    "rule.relief.grant": _(
        "Up to twelve months the project manager decides, beyond them the branch's general manager. Who "
        "asked or checked does not decide. Every decision has a reason; the owner is told."
    ),
    "consequence.relief.grant": _(
        "Deferral: no late fee on its days, the ladder waits; afterwards a new demand with 15 days. Plan: "
        "waits 14 days for the owner's signature, then the late fee is frozen and the ladder waits while it "
        "is kept. Hardship: nothing harsher than a demand; looked at again every 90 days."
    ),
    # What the audit trail says.
    "application": _("Application"),
    "relief.asked": _("Applied for time to pay"),
    "relief.form_seen": _("Confirmed the owner's signature on an application"),
    "relief.checked": _("Checked an application"),
    "relief.approved": _("Granted an application"),
    "relief.running": _("What was applied for began"),
    "relief.kept": _("An arrangement was kept"),
    "relief.broken": _("An instalment plan was broken"),
    "relief.ended": _("An arrangement came to its end"),
    "relief.released": _("Ended an arrangement early"),
    "relief.rejected": _("Rejected an application"),
    "relief.withdrawn": _("Took back an application"),
    "relief.lapsed": _("An application lapsed"),
    "relief.drawn_up": _("Drew up an instalment agreement"),
    "matter": _("Matter"),
    # What a night counts.
    "lapsed": _("applications lapsed"),
    "begun": _("arrangements begun"),
    "plans_released": _("plans released"),
    "plans_broken": _("plans broken"),
    "plans_kept": _("plans kept"),
    "instalment_reminders": _("reminders of instalments"),
    "deferral_reminders": _("reminders of deferrals"),
    "deferrals_kept": _("deferrals kept"),
    "deferrals_over": _("deferrals over"),
    "hardships_over": _("hardships over"),
    "reviews": _("hardships to look at again"),
}
TOLD: Final[dict[str, str | Promise]] = {
    "relief_begins": _("It begins between {from_on} and {latest_on}."),
    "relief_needs_end": _("A deferral needs its last day."),
    "relief_ends_first": _("The last day lies before the first."),
    "relief_too_long": _("It ends on {latest_on} at the latest."),
    "relief_two_parts": _("You asked for this or checked it; somebody else must decide."),
    "form_not_needed": _("Nothing of this application needs to be confirmed."),
    "plan_parts": _("A plan has {least} to {most} instalments."),
    "plan_down": _("At most {most} per cent are paid down."),
    "plan_first_day": _("The first instalment is due between {from_on} and {latest_on}."),
    "plan_part_too_small": _("The instalments would be too small; choose fewer."),
    "plan_signed": _(
        "The owner signed the instalment agreement {number} on {signed_on}; it counts as the demand."
    ),
    "plan_broken": _("Instalment {part}, due on {due_on}, was missed; the balance is due at once."),
    "deferral_over": _("The deferral ended on {to_on}; the owner is asked anew, with new days to pay."),
    "hardship_review": _("Hardship since {since}: look at it again, every 90 days."),
}


def speak() -> None:
    """Add these words to the company's vocabulary."""
    WORDS.update(SPOKEN)
    SENTENCES.update(TOLD)
