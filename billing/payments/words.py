"""The codes of payments in the reader's language."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "CASH": _("Cash"),
    "TRANSFER": _("Transfer"),
    "CREDIT": _("Credit"),
    "PRINCIPAL": _("Principal"),
    "LATE_FEE": _("Late fee"),
    # What the audit trail says
    "cash_point.opened": _("Opened a cash point"),
    "payment.taken": _("Took money"),
    "receipt_number": _("Receipt"),
    "credit.used": _("Used an account's credit"),
    "payment.backdated": _("Dated a payment back"),
    "payment": _("Payment"),
    "paid_on": _("Value date"),
    "posted_on": _("Business day"),
    "receipt.voided": _("Voided a receipt"),
    "receipt.printed": _("Handed out a receipt"),
    "receipt.fetched": _("Fetched a receipt in the portal"),
    "cash_point": _("Cash point"),
    "receipt": _("Receipt"),
    "copy": _("Copy"),
}
SENTENCES: dict[str, str | Promise] = {
    "paid": _("A payment came before it went out and changed the amount"),
}
