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
    "POS": _("Card"),
    "WECHAT": _("WeChat Pay"),
    "ALIPAY": _("Alipay"),
    "DEBIT": _("Direct debit"),
    "payment.RECEIVED": _("Received"),
    "payment.REVERSAL": _("Taken back"),
    "payment.REFUND": _("Refund"),
    "payment.RELEASE": _("Set free as credit"),
    "refund.ASKED": _("Waits for a decision"),
    "refund.APPROVED": _("Waits for payment"),
    "refund.PAID": _("Paid back"),
    "refund.REJECTED": _("Rejected"),
    "refund.WITHDRAWN": _("Taken back"),
    "payment.reversal": _("Take a payment back"),
    "payment.refund": _("Refund"),
    "rule.payment.reversal": _(
        "A payment is taken back by a counter-entry only; who took it does not decide."
    ),
    "consequence.payment.reversal": _(
        "Everything it paid is owed again with the late fee that would have run; its receipt is void."
    ),
    "rule.payment.refund": _("The cashier asks, the project manager agrees, finance pays: three people."),
    "consequence.payment.refund": _("Finance pays it by the way the money came."),
    "books.charge_entries": _("What a charge says is paid and let off is what its entries say"),
    "books.charge_movements": _("What a charge says is paid and let off is what its movements say"),
    "books.payment_allocated": _("A payment is allocated to the fen"),
    "books.credit_entries": _("Credit moves as its payments say"),
    "books.account_balance": _("Charges less payments less waivers is what an account owes"),
    "books.credit_below_zero": _("No account holds less than no credit"),
    "books.receipt_gap": _("Receipts are numbered without a gap"),
    "ledger.charge": _("Charge"),
    # What the audit trail says
    "clearance.issued": _("Issued a clearance certificate"),
    "ledger.exported": _("Exported a statement of account"),
    "payment.reversal_asked": _("Asked that a payment be taken back"),
    "payment.reversed": _("Took a payment back"),
    "refund.asked": _("Asked for a refund"),
    "refund.paid": _("Paid a refund"),
    "refund.withdrawn": _("Took a refund's request back"),
    "refund": _("Refund"),
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
