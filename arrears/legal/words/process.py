"""Words of the proceedings: dockets, reviews, deadlines, outcomes, write-offs, public notices."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tenancy.people.words import SENTENCES, WORDS

ENTRIES = {
    "entry.FILED": _("Filed, no answer yet"),
    "entry.ACCEPTED": _("Accepted by the court"),
    "entry.REFUSED": _("Refused by the court"),
    "entry.ISSUED": _("Payment order issued by the court"),
    "entry.SERVED": _("Served on the debtor"),
    "entry.NOT_SERVED": _("Not served within thirty days"),
    "entry.OBJECTED": _("Objection of the debtor"),
    "entry.OBJECTION_REJECTED": _("Objection rejected by the court"),
    "entry.VOID": _("Order void after an objection"),
    "entry.CONVERTED": _("Goes on as a lawsuit"),
    "entry.CONVERSION_REFUSED": _("We declined the lawsuit"),
    "entry.HEARING_SET": _("Hearing set"),
    "entry.HEARING_HELD": _("Hearing held"),
    "entry.MEDIATION": _("Mediation paper signed"),
    "entry.JUDGMENT": _("Judgment received"),
    "entry.CLAIM_DISMISSED": _("Claim dismissed"),
    "entry.APPEALED": _("Appeal filed"),
    "entry.EFFECTIVE": pgettext_lazy("court decision", "In force"),
    "entry.SETTLEMENT": _("Settlement agreed"),
    "entry.CORRECTED": _("Sums of the award corrected"),
    "entry.WITHDRAWN": _("Withdrawn"),
    "entry.ENDED": _("Enforcement ended"),
    "ground.SUBSTANCE": _("disputes the debt itself"),
    "ground.CANNOT_PAY": _("only says that he cannot pay now"),
    "ground.MORE_TIME": _("only asks for more time or another way"),
    "verdict.COUNTS": _("counts: the order falls"),
    "verdict.ORAL": _("does not count: not in writing"),
    "verdict.LATE": _("does not count: after fifteen days"),
    "verdict.NO_OBJECTION": _("does not count: the debt itself is not disputed"),
    "next.hearing": _("Hearing on"),
    "next.pay": _("Payable until"),
}
TIMERS = {
    "timer.SERVICE": _("The court serves the order by"),
    "timer.OBJECTION": _("The debtor may object until"),
    "timer.HEARING": _("Hearing"),
    "timer.APPEAL": _("Appeal possible until"),
    "timer.SETTLEMENT": _("Payable by the settlement until"),
    "timer.REVIEW": _("Decide on the review by"),
    "timer.TAKE_DOWN": _("Take the notice down by"),
}
REVIEWS = {
    "chance.HIGH": pgettext_lazy("chance of a claim", "High"),
    "chance.MEDIUM": pgettext_lazy("chance of a claim", "Medium"),
    "chance.LOW": pgettext_lazy("chance of a claim", "Low"),
    "advice.LAWYER_LETTER": _("Send a lawyer letter"),
    "advice.WRITE_DOWN": _("Write it down"),
    "advice.HOLD": _("Wait"),
}
ENDINGS = {
    "outcome.PAID": _("Paid"),
    "outcome.PLAN": _("Paid by instalments"),
    "outcome.SETTLED": _("Settled before the court"),
    "outcome.JUDGMENT": _("Paid under an order or judgment"),
    "outcome.WRITTEN_OFF": _("Written off"),
    "outcome.WITHDRAWN": _("Taken back, nothing was collected"),
    "closed.WRITTEN_OFF": _("Written off"),
    "worked.YES": _("It worked"),
    "worked.PARTLY": _("It worked in part"),
    "worked.NO": _("It did not work"),
    "writeoff.ASKED": _("Waits for the branch general manager"),
    "writeoff.WAITS_FINANCE": _("Waits for finance"),
    "writeoff.DONE": _("Written off"),
    "writeoff.REJECTED": _("Rejected"),
    "legal.write_off": _("Write-off"),
    "rule.legal.write_off": _(
        "Two people agree, the branch general manager and finance, neither of whom asked for it."
    ),
    "consequence.legal.write_off": _(
        "After the second yes the debt leaves the books as written off, and the case is closed."
    ),
}
PUBLIC = {
    "level.L0": _("Sums by building"),
    "level.L1": _("Masked rooms"),
    "level.L2": _("Rooms"),
    "public.ASKED": _("Waits for approval"),
    "public.WAITS_LEGAL": _("Waits for legal"),
    "public.APPROVED": _("Approved"),
    "public.REJECTED": _("Rejected"),
    "public.POSTED": _("Posted"),
    "public.REMOVED": _("Taken down"),
    "legal.public_notice": _("Public notice"),
    "rule.legal.public_notice": _(
        "Sums by building by default; rooms only where the city allows it and legal has signed. Never a name."
    ),
    "consequence.legal.public_notice": _(
        "It may hang on its days, with a photo; who pays, and it comes down the same day."
    ),
}
SAID = {
    "entry_cannot_follow": _("“{kind}” cannot follow what was entered so far."),
    "docket_in_future": _("This day lies in the future."),
    "entry_before_the_last": _("This day lies before {before}, the entry before it."),
    "entry_needs_next_day": _("Enter the day as well: the hearing, or until when it is payable."),
    "next_day_before_entry": _("This day lies before {on}."),
    "service_runs": _("The court may serve the order until {last_on}."),
    "conversion_too_late": _("The lawsuit could be declined until {last_on}; now it is deemed filed."),
    "appeal_runs": _("An appeal is possible until {last_on}."),
    "appeal_too_late": _("An appeal was possible until {last_on}."),
    "judgment_is_final": _("This judgment is final."),
    "objection_too_late": _("The debtor could object until {last_on}."),
    "hearing_to_come": _("The hearing is on {on}."),
    "objection_runs": _("The debtor may object until {last_on}."),
    "objection_stands": _("The objection of {on} counts: the order is void unless the court rejects it."),
    "posted_before_today": _("It cannot hang before today."),
    "posted_ends_before_start": _("It ends before it starts."),
    "posted_too_long": _("It may hang for {days} days at most."),
    "level_not_allowed": _("The city's rule for this level is not entered: sums by building only."),
    "case_closed": _("The case was closed: {reason}."),
}
OTHERS = {
    "docket.entered": _("Entered what happened before a court"),
    "entry": _("Entry"),
    "review.written": _("Wrote a review sheet"),
    "version": _("Version"),
    "advice": _("Advice"),
    "write_off.asked": _("Asked for a write-off"),
    "write_off.rejected": _("Rejected a write-off"),
    "write_off.done": _("Wrote a debt off"),
    "case.evaluated": _("Evaluated a closed case"),
    "outcome": _("Outcome"),
    "worked": _("Worked"),
    "public_notice": _("Public notice"),
    "public.asked": _("Asked for a public notice"),
    "public.signed": _("Signed a public notice"),
    "public.posted": _("Posted a public notice"),
    "public.removed": _("Took a public notice down"),
    "level": _("Level"),
    "hung_at": pgettext_lazy("public notice", "Where it hangs"),
    "agreement": _("Processing agreement"),
    "agreement.added": _("Noted a processing agreement"),
    "agreement.ended": _("Ended a processing agreement"),
    "firm": _("Law firm"),
    "case.exported": _("Handed a case to a law firm"),
    "what": _("What"),
    "written_off": _("written off"),
    "court_alerts": _("court days told"),
}


def speak() -> None:
    """Add these words to everybody's."""
    for words in (ENTRIES, TIMERS, REVIEWS, ENDINGS, PUBLIC, OTHERS):
        WORDS.update({key: word for key, word in words.items() if key not in WORDS})
    SENTENCES.update(SAID)
