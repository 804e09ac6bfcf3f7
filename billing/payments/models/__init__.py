"""The tables of payments: money received and where it went, and the till."""

from billing.payments.models.cash import (
    CashCount,
    CashDeposit,
    CashHandover,
    CashSession,
    DayClose,
    Tender,
    Tendered,
)
from billing.payments.models.certificates import Clearance
from billing.payments.models.money import Allocation, CashPoint, CreditEntry, Payment, Receipt
from billing.payments.models.refunds import Refund
from billing.payments.models.transfers import Transfer

__all__ = [
    "Allocation",
    "CashCount",
    "CashDeposit",
    "CashHandover",
    "CashPoint",
    "CashSession",
    "Clearance",
    "CreditEntry",
    "DayClose",
    "Payment",
    "Receipt",
    "Refund",
    "Tender",
    "Tendered",
    "Transfer",
]
