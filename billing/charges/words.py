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
    # What the audit trail says
    "bills.issued": _("Issued bills"),
    "bill.voided": _("Took back a bill"),
    "tariff.added": _("Added a tariff"),
    "tariff.version_added": _("Added a price"),
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
}
