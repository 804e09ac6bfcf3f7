"""Words of the reports' codes: ages of arrears, nightly jobs and their figures, what the trail says."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tenancy.people.words import WORDS

BUCKETS = {
    "NOT_DUE": _("Not due"),
    "DAYS_1_15": _("1–15 days"),
    "DAYS_16_30": _("16–30 days"),
    "DAYS_31_90": _("31–90 days"),
    "DAYS_91_180": _("91–180 days"),
    "DAYS_181_365": _("181–365 days"),
    "YEARS_1_2": _("1–2 years"),
    "YEARS_2_3": _("2–3 years"),
    "YEARS_3_UP": _("Over 3 years"),
}
TRAIL = {
    "target.set": _("Set a collection target"),
    "target": _("collection target"),
    "year": _("year"),
}
NIGHTS = {
    "bills": _("Bills of the month"),
    "credit": _("Credit used for new bills"),
    "relief": _("Deferrals, plans and hardships"),
    "credit_used": _("accounts that paid from their credit"),
    "ladder": _("Collection ladder"),
    "floor": _("Contacts of the week"),
    "calls_asked": _("Calls asked for"),
    "books": _("Check of the books"),
    "withdrawals": _("Withdrawals of paid payment orders"),
    "offers": _("Offers that end"),
    "figures": _("Figures of the dashboard"),
    "offers_ended": _("offers that ended unused"),
    "payments_checked": _("payments checked"),
    "books_wrong": _("rows that do not add up"),
    "tallies_kept": _("sums kept"),
    "predue": _("Reminders before the due day"),
    "accounts": _("accounts in arrears"),
    "bills_issued": _("bills issued"),
    "withdrawals_drafted": _("withdrawals of payment orders drafted"),
    "reminders_queued": _("reminders queued"),
    "reminders_sent": _("reminders sent"),
    "cases_opened": _("cases opened"),
    "cases_closed": _("cases closed"),
    "documents_queued": _("documents queued"),
    "documents_made": _("documents made"),
    "tasks_due": _("tasks due"),
    "amount_fen": _("amount"),
    "charges": _("charges"),
    "runs": _("runs"),
    "error": _("error"),
}


def speak() -> None:
    """Add these words to everybody's."""
    WORDS.update(BUCKETS)
    WORDS.update(NIGHTS)
    WORDS.update(TRAIL)
