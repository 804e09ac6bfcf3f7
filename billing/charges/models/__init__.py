"""The tables of charges: what was agreed, what is owed, what was read, shared and imported."""

from billing.charges.models.agreement import Contract, FeeItem, Subscription, Tariff, TariffVersion
from billing.charges.models.debts import Account, Bill, Charge, Movement, Run
from billing.charges.models.imports import ImportBatch, ImportLine
from billing.charges.models.local import LocalRule
from billing.charges.models.meters import Meter, MeterReading, MeterUse
from billing.charges.models.pools import PoolShare, SharedCostPool
from billing.charges.models.relief import Adjustment, DiscountOffer, LateFeePause, Waiver, WaiverLine
from billing.charges.models.vacancy import Vacancy

__all__ = [
    "Account",
    "Adjustment",
    "Bill",
    "Charge",
    "Contract",
    "DiscountOffer",
    "FeeItem",
    "ImportBatch",
    "ImportLine",
    "LateFeePause",
    "LocalRule",
    "Meter",
    "MeterReading",
    "MeterUse",
    "Movement",
    "PoolShare",
    "Run",
    "SharedCostPool",
    "Subscription",
    "Tariff",
    "TariffVersion",
    "Vacancy",
    "Waiver",
    "WaiverLine",
]
