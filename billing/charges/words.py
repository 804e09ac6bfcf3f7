"""The codes of charges in the reader's language."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    # Bills and charges
    "PAID": _("Paid"),
    "UNPAID": _("Unpaid"),
    "OVERDUE": _("Overdue"),
    "VOID": _("Void"),
    "PERIODIC": _("Periodic bill"),
    "OPENING": _("Opening arrears"),
    "PREPAYMENT": _("Prepayment"),
    # Tariffs
    "AREA": _("By area"),
    "FIXED": _("Fixed"),
    "PER_MONTH": _("Each month rounded"),
    "PER_BILL": _("Rounded once per bill"),
    "own_income": _("Own income"),
    "common_income": _("Common income"),
    "pass_through": _("Passed through"),
    "deposit": _("Deposit"),
    "PRELIMINARY": _("Preliminary contract"),
    "ORDINARY": _("Ordinary contract"),
    # Why a unit gets no bill
    "already_billed": _("Billed already"),
    "no_owner": _("No owner known"),
    "owners_overlap": _("Two owners on the same day"),
    "no_tariff": _("No tariff"),
    "no_area": _("No area"),
    "nothing_to_bill": _("The amount is zero"),
    # Why a unit pays another amount than before
    "change.new": _("Pays for the first time"),
    "change.gone": _("Pays nothing any more"),
    "change.fee_added": _("Another fee"),
    "change.fee_ended": _("A fee less"),
    "change.tariff": _("Another tariff"),
    "change.price": _("Another price"),
    "change.area": _("Another area"),
    "change.days": _("Another number of days"),
    "change.other": _("Calculated otherwise"),
    # The steps of a month
    "step.READINGS": _("Readings and prices"),
    "step.PREVIEW": _("Preview"),
    "step.DIFFERENCES": _("Differences to before"),
    "step.APPROVE": _("Second look"),
    "step.ISSUE": _("Issue"),
    "step.PRINT": _("Print"),
    "step.DELIVER": _("Deliver"),
    "stepstate.DONE": _("Done"),
    "stepstate.NEXT": _("Next step"),
    "stepstate.LATER": _("Later"),
    "stepstate.MISSING": _("Missing"),
    "stepstate.OPTIONAL": _("May be skipped"),
    "charges.no_contract": _("a service contract for this month"),
    "charges.no_tariffs": _("tariffs"),
    "rule.bill_run": _(
        "Whoever may run the month issues its bills; no rule asks for a second signature. "
        "Here one person asked another to look at the run before it goes out."
    ),
    "consequence.bill_run": _(
        "The bills can be issued, by hand or by the timetable. "
        "Until then, and if you reject, they stay unissued."
    ),
    # What the audit trail says
    "bills.issued": _("Issued bills"),
    "bill.voided": _("Took back a bill"),
    "tariff.added": _("Added a tariff"),
    "tariff.version_added": _("Added a price"),
    "fee_item.added": _("Added a fee"),
    "contract.added": _("Added a contract"),
    "contract.changed": _("Changed a contract"),
    "subscriptions.added": _("Put units on a tariff"),
    "subscription.ended": _("Took a unit off a tariff"),
    "start_on": _("From"),
    "last_on": _("Last day"),
    "late_fee_rate": _("Late fee per day"),
    "late_fee_clause": _("Clause on the late fee"),
    "late_fee_cap_ratio": _("Cap"),
    "late_fee_grace_days": _("Days of grace"),
    "principal_first": _("Principal first"),
    "issue_day": _("Issue day of the month"),
    "due_day": _("Due day of the month"),
    "payee_name": _("Payee"),
    "payee_bank": _("Bank"),
    "payee_account": _("Account number"),
    "yes": _("yes"),
    "no": _("no"),
    "run": _("Bill run"),
    # What a run's job says
    "bill_run": _("Bill run"),
    "bills": _("Bills"),
    "charges": _("Charges"),
    "amount_fen": _("Amount"),
    "bills_issued": _("Bills issued"),
    "communities": _("Communities"),
    "reminders_queued": _("Reminders queued"),
}
SENTENCES: dict[str, str | Promise] = {
    "lead_too_short": _("Only {days} days are left between issue and due day; {needed} are asked for."),
    "late_fee_rate_high": _("The late fee is {annual} a year, more than {limit}: courts cut such rates."),
    "bill_voided": _("The bill was taken back"),
    # The steps of a month
    "run_missing": _("Missing: {what}."),
    "run_no_meters": _("{tariffs} tariffs, by area or fixed: no meter has to be read."),
    "run_preview_later": _("Opens when nothing is missing above."),
    "run_nothing_left": _("Nothing is left to bill."),
    "run_previewed": _("{bills} bills, {amount}."),
    "run_nothing_before": _("Nothing was billed in the period before."),
    "run_changed": _("{units} units pay another amount than before."),
    "run_release_free": _(
        "No rule asks for it: who may run the month issues. You may ask somebody to look first."
    ),
    "run_release_none": _("Nobody was asked, and no rule asks for it."),
    "run_release_pending": _("Waits for the answer; nothing is issued until then."),
    "run_release_approved": _("Somebody else looked and agreed."),
    "run_release_rejected": _("Rejected: see the reason, mend it and ask again."),
    "run_to_issue": _("{bills} bills of {amount} are ready; {issued} were issued before."),
    "run_issued": _("{bills} bills, {amount}."),
    "run_waits_for_release": _("Waits for the second look."),
    "run_nobody_billed": _("Nobody gets a bill: see who is left out and why."),
    "run_no_papers": _("There is no paper yet."),
    "run_printed": _("{printed} of {papers} printed."),
    "run_delivered": _("{delivered} of {papers} delivered: {share}."),
    # What a contract cannot say
    "contract_day_far": _("The year {year} is not meant. Check the day."),
    "contract_ends_before_it_starts": _("The last day lies before the first."),
    "clause_without_rate": _("The clause needs its rate: write it as 0.03%."),
    "rate_without_clause": _("Without a clause in the contract there is no late fee: write what it says."),
    "late_fee_rate_absurd": _("{rate} a day is not meant: between {least} and {most}, such as 0.03%."),
    "late_fee_rate_too_fine": _("A daily rate has at most six decimals as a percentage."),
    "late_fee_cap_out_of_range": _("The cap lies between 1 and 999 percent of the principal."),
    "grace_out_of_range": _("Between 0 and {most} days."),
    "issue_day_out_of_range": _("The issue day lies between the 1st and the 28th."),
    "due_day_out_of_range": _("The due day lies between the 1st and the 31st."),
    "contract_field_missing": _("Write it: bills cannot be issued without."),
    "account_number_unreadable": _("An account number has 6 to 40 digits."),
}
