"""The tables of payments: money received and where it went."""

from billing.payments.models.money import Allocation, CashPoint, CreditEntry, Payment, Receipt
from billing.payments.models.refunds import Refund

__all__ = [
    "Allocation",
    "CashPoint",
    "CreditEntry",
    "Payment",
    "Receipt",
    "Refund",
]
