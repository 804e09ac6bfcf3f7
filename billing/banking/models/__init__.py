"""The tables of banking: what banks and channels say came in, and whose it is."""

from billing.banking.models.statements import BankAccount, BankLine, StatementFile, StatementProfile

__all__ = [
    "BankAccount",
    "BankLine",
    "StatementFile",
    "StatementProfile",
]
