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
# What today calls the jobs of the timetable, and the figures they leave.
NIGHTS = {
    "night.unsigned": _("Unsigned sheets"),
    "night.offers": _("Offers that end"),
    "night.duties": _("Leave and cover"),
    "night.bills": _("Bills of the month"),
    "night.credit": _("Credit used for new bills"),
    "night.relief": _("Deferrals, plans and hardships"),
    "night.tickets": _("Disputes and service tickets"),
    "night.ladder": _("Collection ladder"),
    "night.floor": _("Contacts of the week"),
    "night.withdrawals": _("Withdrawals of paid payment orders"),
    "night.limitation": _("Limitation watch"),
    "night.court": _("Court days"),
    "night.books": _("Check of the books"),
    "night.figures": _("Figures of the dashboard"),
    "night.predue": _("Reminders before the due day"),
    "night.weekly": _("Weekly review"),
    "disputes_asked": _("disputes asked for"),
    "tickets_closed": _("tickets closed"),
    "late_fees_resumed": _("late fees that run again"),
    "credit_used": _("accounts that paid from their credit"),
    "calls_asked": _("Calls asked for"),
    "offers_ended": _("offers that ended unused"),
    "payments_checked": _("payments checked"),
    "books_wrong": _("rows that do not add up"),
    "tallies_kept": _("sums kept"),
    "accounts": _("accounts in arrears"),
    "withdrawals_drafted": _("withdrawals of payment orders drafted"),
    "reminders_sent": _("reminders sent"),
    "cases_opened": _("cases opened"),
    "cases_closed": _("cases closed"),
    "documents_queued": _("documents queued"),
    "documents_made": _("documents made"),
    "tasks_due": _("tasks due"),
    "runs": _("runs"),
    "error": _("error"),
}


def speak() -> None:
    """Add these words to everybody's."""
    WORDS.update(BUCKETS)
    WORDS.update(NIGHTS)
    WORDS.update(TRAIL)
