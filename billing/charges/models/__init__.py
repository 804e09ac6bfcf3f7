"""The tables of charges: what was agreed, what is owed, what was imported."""

from billing.charges.models.agreement import Contract, FeeItem, Subscription, Tariff, TariffVersion
from billing.charges.models.debts import Account, Bill, Charge, Movement, Run
from billing.charges.models.imports import ImportBatch, ImportLine
from billing.charges.models.relief import Adjustment, LateFeePause, Waiver, WaiverLine

__all__ = [
    "Account",
    "Adjustment",
    "Bill",
    "Charge",
    "Contract",
    "FeeItem",
    "ImportBatch",
    "ImportLine",
    "LateFeePause",
    "Movement",
    "Run",
    "Subscription",
    "Tariff",
    "TariffVersion",
    "Waiver",
    "WaiverLine",
]
