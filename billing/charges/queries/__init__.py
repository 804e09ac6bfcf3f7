"""What charges answers to others: rows, not models."""

from billing.charges.queries.accounts import (
    AccountCard,
    AccountRow,
    ElsewhereRow,
    OverdueAccount,
    account_card,
    account_cards,
    accounts,
    accounts_of_unit,
    overdue,
    owed_elsewhere,
)
from billing.charges.queries.bills import BillFilter, BillRow, bill_detail, bill_rows, bills
from billing.charges.queries.contracts import (
    ContractTerms,
    NoContract,
    billed_under,
    contract_on,
    contract_terms,
    contracts,
    find_contract,
    issuer_of,
    pays_principal_first,
)
from billing.charges.queries.costs import CostRow, costs_of
from billing.charges.queries.court_safe import court_safe, court_safe_sum, court_terms
from billing.charges.queries.early import EarlyBird, OfferRow, early_birds, offer_card, offer_row, offers
from billing.charges.queries.lowered import Lowered, lowered
from billing.charges.queries.meters import MeterCard, MeterFilter, MeterRow, Position, meter_card, positions
from billing.charges.queries.month_run import RELEASE
from billing.charges.queries.named import ChargeName, charge_names
from billing.charges.queries.open import OpenCharge, Owed, open_charges, open_on_days, owed, sum_up
from billing.charges.queries.paid import late_fee_left, let_off_of, paid_days, paid_of, unpaid_of
from billing.charges.queries.pools import POOL, PoolRow, ShareLine, pool_row, pool_rows, pools
from billing.charges.queries.relief import (
    WAIVER,
    AdjustmentRow,
    Offered,
    WaiverRow,
    adjustments_of,
    offers_of,
    waiver_card,
    waiver_rows,
    waivers,
)
from billing.charges.queries.runs import CANCEL, RunRow, run_detail, run_row, runs
from billing.charges.queries.statement import Statement, account_owed, statement
from billing.charges.queries.subscriptions import (
    SubscriptionRow,
    subscription_row,
    subscription_rows,
    subscriptions,
)
from billing.charges.queries.tariffs import FeeItemRow, TariffCard, fee_items, tariff_card, tariffs
from billing.charges.queries.unowed import Unowed, accounts_reaching, unowed
from billing.charges.queries.vacancies import VACANCY, VacancyRow, vacancies, vacancy_card, vacancy_rows
from billing.charges.queries.why import Why, charge_why, explain_charges

# Requests after whose answer nothing follows at once: whoever asked reads it and goes on.
STAND_ALONE = (RELEASE, POOL, CANCEL)

__all__ = [
    "CANCEL",
    "POOL",
    "RELEASE",
    "STAND_ALONE",
    "VACANCY",
    "WAIVER",
    "AccountCard",
    "AccountRow",
    "AdjustmentRow",
    "BillFilter",
    "BillRow",
    "ChargeName",
    "ContractTerms",
    "CostRow",
    "EarlyBird",
    "ElsewhereRow",
    "FeeItemRow",
    "Lowered",
    "MeterCard",
    "MeterFilter",
    "MeterRow",
    "NoContract",
    "OfferRow",
    "Offered",
    "OpenCharge",
    "OverdueAccount",
    "Owed",
    "PoolRow",
    "Position",
    "RunRow",
    "ShareLine",
    "Statement",
    "SubscriptionRow",
    "TariffCard",
    "Unowed",
    "VacancyRow",
    "WaiverRow",
    "Why",
    "account_card",
    "account_cards",
    "account_owed",
    "accounts",
    "accounts_of_unit",
    "accounts_reaching",
    "adjustments_of",
    "bill_detail",
    "bill_rows",
    "billed_under",
    "bills",
    "charge_names",
    "charge_why",
    "contract_on",
    "contract_terms",
    "contracts",
    "costs_of",
    "court_safe",
    "court_safe_sum",
    "court_terms",
    "early_birds",
    "explain_charges",
    "fee_items",
    "find_contract",
    "issuer_of",
    "late_fee_left",
    "let_off_of",
    "lowered",
    "meter_card",
    "offer_card",
    "offer_row",
    "offers",
    "offers_of",
    "open_charges",
    "open_on_days",
    "overdue",
    "owed",
    "owed_elsewhere",
    "paid_days",
    "paid_of",
    "pays_principal_first",
    "pool_row",
    "pool_rows",
    "pools",
    "positions",
    "run_detail",
    "run_row",
    "runs",
    "statement",
    "subscription_row",
    "subscription_rows",
    "subscriptions",
    "sum_up",
    "tariff_card",
    "tariffs",
    "unowed",
    "unpaid_of",
    "vacancies",
    "vacancy_card",
    "vacancy_rows",
    "waiver_card",
    "waiver_rows",
    "waivers",
]
