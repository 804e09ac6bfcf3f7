"""What payments answer to others: rows, not models."""

from billing.payments.queries.counter import Choice, Counter, counter
from billing.payments.queries.credit import CreditCard, CreditRow, credit_card, credit_history, credit_of
from billing.payments.queries.detail import (
    AllocationRow,
    PaymentDetail,
    ReceiptDetail,
    ReceiptRow,
    payment_detail,
    receipt_detail,
)
from billing.payments.queries.history import Paid, paid_on_charges, received
from billing.payments.queries.lists import (
    CashPointRow,
    DayTotal,
    MethodTotal,
    PaymentFilter,
    PaymentRow,
    ReceiptHit,
    Sums,
    cash_points,
    day_totals,
    payments,
    payments_of_accounts,
    payments_of_unit,
    receipts_by_number,
    sums,
    totals,
)
from billing.payments.queries.preview import Preview, PreviewLine, preview_allocation

__all__ = [
    "AllocationRow",
    "CashPointRow",
    "Choice",
    "Counter",
    "CreditCard",
    "CreditRow",
    "DayTotal",
    "MethodTotal",
    "Paid",
    "PaymentDetail",
    "PaymentFilter",
    "PaymentRow",
    "Preview",
    "PreviewLine",
    "ReceiptDetail",
    "ReceiptHit",
    "ReceiptRow",
    "Sums",
    "cash_points",
    "counter",
    "credit_card",
    "credit_history",
    "credit_of",
    "day_totals",
    "paid_on_charges",
    "payment_detail",
    "payments",
    "payments_of_accounts",
    "payments_of_unit",
    "preview_allocation",
    "receipt_detail",
    "receipts_by_number",
    "received",
    "sums",
    "totals",
]
