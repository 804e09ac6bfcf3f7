"""The tables of payments: money received and where it went."""

from billing.payments.models.certificates import Clearance
from billing.payments.models.money import Allocation, CashPoint, CreditEntry, Payment, Receipt
from billing.payments.models.refunds import Refund

__all__ = [
    "Allocation",
    "CashPoint",
    "Clearance",
    "CreditEntry",
    "Payment",
    "Receipt",
    "Refund",
]
