"""The verbs of money received: take it, use credit, settle, receipts, cash points."""

from billing.payments.services.backdating import check_value_date
from billing.payments.services.cash_points import open_cash_point
from billing.payments.services.receipts import PrintedReceipt, print_receipt, void_receipt
from billing.payments.services.settle import Settled, settle
from billing.payments.services.take_payment import take_payment
from billing.payments.services.taken import Taken, TakenLine
from billing.payments.services.use_credit import use_credit

__all__ = [
    "PrintedReceipt",
    "Settled",
    "Taken",
    "TakenLine",
    "check_value_date",
    "open_cash_point",
    "print_receipt",
    "settle",
    "take_payment",
    "use_credit",
    "void_receipt",
]
