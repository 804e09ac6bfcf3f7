"""The verbs of money received: take it, use credit, settle, receipts, cash points."""

from billing.payments.services.backdating import check_value_date
from billing.payments.services.cash_points import open_cash_point
from billing.payments.services.checks import BadAmount, check_days
from billing.payments.services.clearances import PrintedClearance, certify, fetch_clearance
from billing.payments.services.credit_run import use_credit_held
from billing.payments.services.receipts import PrintedReceipt, fetch_receipt, print_receipt, void_receipt
from billing.payments.services.refunds import ask_refund, pay_refund, refund_decided, withdraw_refund
from billing.payments.services.reversals import ask_reversal, reversal_decided, reverse_payment
from billing.payments.services.take_payment import take_payment
from billing.payments.services.take_payments import Asked, take_payments
from billing.payments.services.taken import Taken, TakenLine, Wish
from billing.payments.services.use_credit import use_credit

__all__ = [
    "Asked",
    "BadAmount",
    "PrintedClearance",
    "PrintedReceipt",
    "Taken",
    "TakenLine",
    "Wish",
    "ask_refund",
    "ask_reversal",
    "certify",
    "check_days",
    "check_value_date",
    "fetch_clearance",
    "fetch_receipt",
    "open_cash_point",
    "pay_refund",
    "print_receipt",
    "refund_decided",
    "reversal_decided",
    "reverse_payment",
    "take_payment",
    "take_payments",
    "use_credit",
    "use_credit_held",
    "void_receipt",
    "withdraw_refund",
]
