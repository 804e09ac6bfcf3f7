"""The codes of payments in the reader's language."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "CASH": _("Cash"),
    "TRANSFER": _("Transfer"),
    "POS": _("POS"),
    "WECHAT": _("WeChat"),
    "ALIPAY": _("Alipay"),
    "DEBIT": _("Direct debit"),
    "MIXED": _("Several ways"),
    "OPEN": _("Open"),
    "CLOSED": _("Closed"),
    "DIFFERENCE": _("Closed with a difference"),
    "HANDOVER_OFFERED": _("Waits for the receiver"),
    "HANDOVER_ACCEPTED": _("Confirmed"),
    "HANDOVER_DECLINED": _("Not received"),
    "TILL": _("To the next cashier"),
    "FINANCE": _("To finance"),
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
    "till.opened": _("Opened a till"),
    "till.counted": _("Counted a till"),
    "till.closed": _("Closed a till"),
    "till.handover_offered": _("Handed cash over"),
    "till.handover_accepted": _("Confirmed a hand-over of cash"),
    "till.handover_declined": _("Declined a hand-over of cash"),
    "till.deposited": _("Took cash to the bank"),
    "cash_session": _("Cash session"),
    "cash_deposit": _("Deposit slip"),
    "opening_fen": _("Opening cash"),
    "counted_fen": _("Counted"),
    "difference_fen": _("Difference"),
    "turn": _("Count no."),
    "bank": _("Bank"),
    "slip_number": _("Number of the slip"),
    "cash_point": _("Cash point"),
    "receipt": _("Receipt"),
    "copy": _("Copy"),
}
SENTENCES: dict[str, str | Promise] = {
    "paid": _("A payment came before it went out and changed the amount"),
}
