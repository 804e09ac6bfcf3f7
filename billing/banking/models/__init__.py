"""The tables of banking: what banks and channels say came in, and whose it is."""

from billing.banking.models.channels import ChannelException, ChannelFile, ChannelRow
from billing.banking.models.debits import DebitBatch, DebitItem, DebitProfile, Mandate
from billing.banking.models.invoices import (
    Invoice,
    InvoiceBatch,
    InvoiceEvent,
    InvoiceLine,
    InvoicePart,
    InvoiceSeller,
    VatRate,
)
from billing.banking.models.statements import BankAccount, BankLine, StatementFile, StatementProfile

__all__ = [
    "BankAccount",
    "BankLine",
    "ChannelException",
    "ChannelFile",
    "ChannelRow",
    "DebitBatch",
    "DebitItem",
    "DebitProfile",
    "Invoice",
    "InvoiceBatch",
    "InvoiceEvent",
    "InvoiceLine",
    "InvoicePart",
    "InvoiceSeller",
    "Mandate",
    "StatementFile",
    "StatementProfile",
    "VatRate",
]
