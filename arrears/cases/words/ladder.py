"""Words of collection: rungs, events, classes, outcomes, reasons; and a sentence for every why."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tenancy.people.words import SENTENCES, WORDS

RUNGS = {
    "CALL": _("Call"),
    "VISIT": _("Visit"),
    "LEGAL_REVIEW": _("Legal review"),
    "COURT": _("Court"),
    "ENFORCEMENT": _("Enforcement"),
    "NO_RUNG": _("No rung covers it"),
    "NO_CASE": _("No case yet"),
}
# One code, several meanings: BUSY is a line and an excuse, VOID a number and a step. These have a first name.
EVENTS = {
    "event.DUE": _("Due"),
    "event.PROPOSED": _("Waits for approval"),
    "event.APPROVED": _("Approved"),
    "event.REJECTED": _("Rejected"),
    "event.SENT": _("Sent"),
    "event.TAKEN": _("Done"),
    "event.VOID": _("Dropped"),
}
BOARD: dict[str, str | Promise] = {
    "board.CLEAR": _("Nothing past due"),
    "board.DAYS_1_30": _("1 to 30 days late"),
    "board.DAYS_31_90": _("31 to 90 days late"),
    "board.DAYS_91_365": _("91 to 365 days late"),
    "board.YEARS_1_UP": _("More than a year late"),
    "board.PLAN": _("Deferred or in instalments"),
    "board.HOLD": _("Dispute or another hold"),
    "board.EMPTY": _("Empty or unsold"),
    # What stands in a square: it must be told without its colour.
    "mark.CLEAR": "✓",
    "mark.DAYS_1_30": _("30d"),
    "mark.DAYS_31_90": _("90d"),
    "mark.DAYS_91_365": _("1y"),
    "mark.YEARS_1_UP": _("1y+"),
    "mark.PLAN": _("plan"),
    "mark.HOLD": _("hold"),
    "mark.EMPTY": _("empty"),
}
PROMISES = {
    "promise.OPEN": _("Not due yet"),
    "promise.KEPT": _("Kept"),
    "promise.BROKEN": _("Broken"),
}
CLASSES = {
    "A_PROMISED": _("A · promised"),
    "B_UNDECIDED": _("B · undecided"),
    "C_UNREACHABLE": _("C · unreachable"),
    "D_REMOTE": _("D · away"),
    "E_REFUSED": _("E · refuses"),
}
OUTCOMES = {
    "outcome.CONNECTED_PROMISED": _("Promised a day"),
    "outcome.CONNECTED_UNDECIDED": _("Undecided"),
    "outcome.CONNECTED_REFUSED": _("Refuses"),
    "outcome.CONNECTED_REMOTE": _("Away, lives elsewhere"),
    "outcome.CONNECTED_CLAIMS_PAID": _("Says it is paid"),
    "ladder.refused": _("Steps that were refused"),
    "outcome.CONNECTED_THIRD_PARTY": _("Somebody else answered"),
    "outcome.NO_ANSWER": _("No answer"),
    "outcome.BUSY": _("Line busy"),
    "outcome.POWERED_OFF": _("Switched off"),
    "outcome.NO_SIGNAL": _("No signal"),
    "outcome.SUSPENDED": _("Number suspended"),
    "outcome.VOID": _("Number does not exist"),
    "outcome.WRONG_NUMBER": _("Wrong number"),
}
RESULTS = {
    "MET_PROMISED": _("Met, promised a day"),
    "MET_UNDECIDED": _("Met, undecided"),
    "MET_REFUSED": _("Met, refuses"),
    "MET_OTHER": _("Met somebody else"),
    "NOBODY_HOME": _("Nobody home"),
    "VACANT": _("Stands empty"),
}
ARREARS_REASONS = {
    "arrears.FORGOT": _("Forgot"),
    "arrears.HARDSHIP": _("Hardship"),
    "arrears.SERVICE": _("Unhappy with the service"),
    "arrears.FACILITIES": _("Facilities not repaired"),
    "arrears.FEE_MISUNDERSTANDING": _("Misunderstands the fee"),
    "arrears.PRICE_CHANGE_NOT_NOTIFIED": _("Was not told of a new price"),
    "arrears.BUSY": _("No time"),
    "arrears.MOVED_AWAY": _("Moved away"),
    "arrears.NOT_TAKEN_OVER": _("Has not taken the unit over"),
    "arrears.VACANT": _("Unit stands empty"),
    "arrears.DEVELOPER_LEGACY": _("Left over from the developer"),
    "arrears.EMERGENCY": _("Emergency"),
    "arrears.LEGAL_AWARENESS": _("Does not know the law"),
    "arrears.PROCEDURE_UNKNOWN": _("Does not know how to pay"),
    "arrears.COLLECTIVE": _("Owners refuse together"),
    "arrears.OTHER": _("Other"),
}
TASKS = {
    "PM_VISIT": _("Project manager's visit"),
    "DELIVER": _("Delivery"),
    "CHECK_PAYMENT": _("Check a payment"),
    "REVIEW": _("Review"),
    "FILE": _("Filing"),
}
HOLDS = {
    "DISPUTE": _("Dispute"),
    "DEFERRAL": _("Deferral"),
    "INSTALMENT": _("Instalment plan"),
    "HARDSHIP": _("Hardship"),
    "PAYMENT_PENDING": _("Payment on its way"),
    "DATA_ERROR": _("Error in our data"),
    "ESTATE": _("Estate"),
    "INSOLVENCY": _("Insolvency"),
    "GUARDIAN": _("Guardianship"),
    "LEGAL_PROCEEDING": _("Court proceeding"),
    "NO_CONTACT": _("In writing only"),
    "HANDOVER": _("Change of provider"),
}
# A hold without an end writes None as its last day.
OTHERS = {
    "PROMISE": _("Promise"),
    "None": _("further notice"),
    "claims_paid": _("The owner says it is paid"),
    "filed": _("Filed at the court"),
    "number.landline": _("The landline"),
    "number.mobile": _("The mobile"),
}
RULES = {
    "rule.SECOND_DEMAND": _(
        "61 days late, the first demand's days are over, and a visit was made: the project manager signs."
    ),
    "rule.LEGAL_REVIEW": _(
        "More than 90 days late and the second demand's days are over: the branch general manager decides."
    ),
    "rule.LAWYER_LETTER": _("The review decided to proceed: the branch general manager approves the letter."),
    "rule.COURT": _("The lawyer letter's days are over: the branch general manager decides on the court."),
}
CONSEQUENCES = {
    "consequence.SECOND_DEMAND": _(
        "A second demand gets its number and goes to the deliveries; it gives 15 days from its receipt."
    ),
    "consequence.LEGAL_REVIEW": _(
        "The case goes on; the lawyer letter is proposed next, nothing is sent yet."
    ),
    "consequence.LAWYER_LETTER": _(
        "A lawyer letter gets its number and goes to the deliveries; it gives 15 days from its receipt."
    ),
    "consequence.COURT": _("An application for a payment order is drawn up; legal files it at the court."),
}
ACTIONS = {
    "ladder.new_version": _("Changed the ladder"),
    "case.assigned": _("Gave a case to somebody"),
    "case.reviewed": _("Looked at a case before the first call"),
    "given_to": _("Given to"),
    "taken_from": _("Taken from"),
    "hold.set": _("Set a hold"),
    "hold.released": _("Released a hold"),
    "task.done": _("Finished a task"),
    "ladder.SECOND_DEMAND": _("Second demand"),
    "ladder.LEGAL_REVIEW": _("Legal review"),
    "ladder.LAWYER_LETTER": _("Lawyer letter"),
    "ladder.COURT": _("Court"),
    "ladder.ENFORCEMENT": _("Enforcement"),
    "ladder": _("Collection ladder"),
    "case": _("Case"),
    "hold": _("Hold"),
}
CLOSED = {
    "closed.PAID": _("Paid"),
    "closed.WITHIN_TOLERANCE": _("At most one yuan is left"),
}
LADDER_REASONS = {
    "nothing_overdue": _("Nothing is past due any more."),
    "within_tolerance": _("What is left is too little to collect."),
    "top_of_ladder": _("The last rung is done."),
    "held": _("On hold until {until}: {kind}."),
    "held_agreed": _("Nobody calls until {until}: {kind}. One reminder may be given from {from_on} on."),
    "held_reminded": _("Nobody calls until {until}: {kind}. The one reminder was given on {on}."),
    "promised": _("A promise runs until {until}."),
    "waiting_for_sending": _("{rung} waits to be sent since {since}."),
    "waiting_for_call": _("A call is due since {since}."),
    "waiting_for_delivery": _("{rung} is not delivered yet; only a delivery counts."),
    "waiting_for_visit": _("A visit is due since {since}."),
    "waiting_for_decision": _("{rung} waits for a decision since {since}."),
    "waiting_for_filing": _("{rung} waits to be filed since {since}."),
    "waiting_for_approval": _("{rung} waits for {role} since {since}."),
    "waiting_for_instrument": _("There is no judgment or order in force yet."),
    "one_rung_a_day": _("One rung a day; the next may open on {next_on}."),
    "period_runs": _("The days that {rung} gives still run; the next rung may open on {next_on}."),
    "rejected": _("{rung} was rejected; it may be proposed again on {next_on}."),
    "bill_not_delivered": _("The bill was not delivered, so nobody is late yet."),
    "too_early": _("{rung} may open on {next_on}."),
    "days_overdue": _("{days} days past due: {rung}."),
    "days_counted": _(
        "{days} days past due; {counted} of them count, from {from_on}, "
        "since the bill was delivered late: {rung}."
    ),
    "months_overdue": _("{months} months past due: {rung}."),
    "promise_part_kept": _("What was promised for {promised_on} came; the rest is still open."),
    "promise_broken": _("The promise for {promised_on} was not kept: {rung}."),
    "handed_over": _("{rung} went out on {sent_on}."),
    "delivered": _("{rung} was delivered on {delivered_on}."),
    "decided_to_proceed": _("It was decided to proceed."),
    "unreachable": _("Nobody could be reached since {tried_since}."),
    "withdrawn": _("{rung} was withdrawn."),
    "no_longer_covers": _("What {rung} was about is paid; the ladder starts again for what is left."),
    "called": _("A call was made: {outcome}."),
    "visited": _("A visit was made: {result}."),
    "after_call": _("After the call of {on}: {outcome}."),
    "try_again": _("After the call of {on}: {outcome}. To be tried again from {next_at} on."),
    "after_visit": _("After the visit of {on}: {result}."),
    "approved_by": _("{role} approved it on {on}."),
    "rejected_by": _("{role} rejected it on {on}."),
    "drawn_up_anew": _("{rung}: drawn up anew for what is left, under the approval of {on}."),
    "filed": _("Filed at {court} on {on}."),
    "step_event_out_of_order": _("After {state} there can be no {event}."),
    "court_ended": _("The court's answer of {on}: {result}. The claim may be taken to a court again."),
    "instrument_changed": _("The court's answer of {on} changed what is enforced."),
}
LEFT_OUT = {
    "left_out_due_later": _("It fell due only on {due_on}, after this request was made."),
    "left_out_bill_undelivered": _("Its bill was not delivered, so it cannot be demanded yet."),
    "left_out_bill_late": _(
        "Its bill was delivered on {delivered_on}; it must lie {lead_days} days with the owner first."
    ),
    "left_out_not_demanded": _(
        "No demand that was delivered lists it; only what was demanded can be claimed."
    ),
    # The same of several charges at once, for a line of a list.
    "left_out_due_later_some": _(
        "{count} fell due only after the request was made (due {first_on} to {last_on})."
    ),
    "left_out_bill_undelivered_some": _(
        "{count}: the bill was not delivered, so they cannot be demanded yet."
    ),
    "left_out_bill_late_some": _("{count}: the bill had not lain long enough with the owner."),
    "left_out_not_demanded_some": _(
        "{count} are in no demand that was delivered (due {first_on} to {last_on}); demand them first."
    ),
}
WRONG_DAYS = {
    "visit_in_future": _("A visit cannot lie in the future."),
    "visit_before_case": _("The case was opened on {opened_on}; a visit cannot lie before it."),
    "call_again_in_past": _("The next call cannot lie before this one."),
    "call_again_too_far": _("Call again by {latest_on}; who is to be left alone for longer is put on hold."),
    "promise_is_deferral": _(
        "A promise reaches to {latest_on} at the latest; beyond it a deferral is asked for."
    ),
    "hold_too_early": _("A hold begins on {earliest_on} at the earliest."),
    "hold_begins_too_late": _("A hold begins on {latest_on} at the latest."),
    "hold_ends_first": _("The last day lies before the first."),
    "hold_too_long": _(
        "A hold ends on {latest_on} at the latest; leave the day empty while nobody knows it."
    ),
}
DESK_REASONS = {
    "written_only": _("This owner is contacted in writing only."),
    "outside_legal_hours": _("Nobody is called outside {windows}."),
    "outside_call_window": _("{number} is called in {windows}."),
    "outside_visit_hours": _("Visits are made in {windows}."),
    "met_today": _("The owner was met on a visit today; one conversation a day is enough."),
    "spoken_today": _("The owner was spoken to today; once a day is enough."),
    "too_many_attempts": _("{limit} tries today are enough."),
    "retry_gap": _("Between two tries lie 30 minutes; the next at {next_at}."),
    "not_reviewed": _("Before the first call somebody looks at the case and what is left over from earlier."),
    "no_number": _("There is no number to call."),
    "no_case": _("The case is closed."),
    "promise_needs_date": _("A promise needs a day."),
    "promise_of_nothing": _("Say how much is promised, or leave it empty for all of it."),
    "promise_of_too_much": _("No more than {most_fen} is past due."),
    "promise_in_past": _("A promised day cannot be in the past."),
    "promise_too_far": _("A promise reaches to {latest_on} at the latest."),
    "too_many_promises": _("{limit} promises are enough; the next step is written."),
}


def speak() -> None:
    """Add these words to everybody's."""
    for words in (
        RUNGS, EVENTS, CLASSES, OUTCOMES, RESULTS, ARREARS_REASONS, TASKS, HOLDS, OTHERS, RULES, CONSEQUENCES,
        ACTIONS, CLOSED, PROMISES, BOARD,
    ):  # fmt: skip
        WORDS.update(words)
    for sentences in (LADDER_REASONS, DESK_REASONS, LEFT_OUT, WRONG_DAYS):
        SENTENCES.update(sentences)
