"""Names and rules of the rates in words (domain 3.4), and of their parts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TITLES = {
    "current_rate": _("Current collection rate"),
    "arrears_recovery_rate": _("Prior-year recovery rate"),
    "household_rate": _("Household rate"),
    "overall_rate": _("Overall rate"),
    "overdue_rate": _("Overdue rate"),
    "household_clear_rate": _("Household rate, all years"),
}
_COLLECTED = _("Collected for this year's months so far")
_RECEIVABLE = _("Receivable for the same months")
_EVERYTHING = _("Receivable and arrears of 1 January")
_BILLED = _("Units billed for these months")
FORMULAS = {
    "current_rate": (
        _(
            "Principal paid for the months from January to this one, ÷ what was billed for the same months."
            " A payment counts in the months it covers, the oldest first;"
            " late fees and deposits are left out."
        ),
        _COLLECTED,
        _RECEIVABLE,
    ),
    "arrears_recovery_rate": (
        _(
            "Principal paid since 1 January for months of earlier years,"
            " ÷ what was unpaid of them on 1 January."
        ),
        _("Paid this year for earlier years"),
        _("Arrears on 1 January"),
    ),
    "household_rate": (
        _("Units that owe nothing for the months from January to this one, ÷ units billed for these months."),
        _("Units that owe nothing for them"),
        _BILLED,
    ),
    "overall_rate": (
        _(
            "Paid for this year's months so far and for earlier years,"
            " ÷ receivable of this year's months and arrears of 1 January."
        ),
        _("Paid for both"),
        _EVERYTHING,
    ),
    "overdue_rate": (
        _(
            "Unpaid principal past its due day, of the months so far and of earlier years,"
            " ÷ receivable of this year's months so far and arrears of 1 January."
        ),
        _("Past due and unpaid"),
        _EVERYTHING,
    ),
    "household_clear_rate": (
        _("Units that owe nothing of any year, ÷ units billed for this year's months so far."),
        _("Units that owe nothing at all"),
        _BILLED,
    ),
}  # fmt: skip
