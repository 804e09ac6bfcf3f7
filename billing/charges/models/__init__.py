"""The tables of charges: what was agreed, what is owed, what was imported."""

from billing.charges.models.agreement import Contract, FeeItem, Subscription, Tariff, TariffVersion
from billing.charges.models.debts import Account, Bill, Charge, Movement, Run
from billing.charges.models.imports import ImportBatch, ImportLine

__all__ = [
    "Account",
    "Bill",
    "Charge",
    "Contract",
    "FeeItem",
    "ImportBatch",
    "ImportLine",
    "Movement",
    "Run",
    "Subscription",
    "Tariff",
    "TariffVersion",
]
