"""Use cases of charges, one file each."""

from billing.charges.services.accounts import open_accounts
from billing.charges.services.contracts import add_contract, change_contract, succeed_contract
from billing.charges.services.defaults import seed_contract, seed_fee_items
from billing.charges.services.import_arrears import import_arrears
from billing.charges.services.import_register import import_register
from billing.charges.services.issue import DueIssued, Issued, issue_bills, issue_due_bills
from billing.charges.services.issue_job import request_issue, run_issue
from billing.charges.services.month_run import MonthRun, month_run
from billing.charges.services.opening import Opened, OpeningDebt, opening_charges
from billing.charges.services.predue import queue_predue
from billing.charges.services.preview import Preview, preview_bills
from billing.charges.services.release import ask_release
from billing.charges.services.settle import Settlement, settle_charges
from billing.charges.services.subscriptions import Subscribed, end_subscription, subscribe_units
from billing.charges.services.tariffs import add_fee_item, add_tariff, add_version, subscribe
from billing.charges.services.void import void_bill

__all__ = [
    "DueIssued",
    "Issued",
    "MonthRun",
    "Opened",
    "OpeningDebt",
    "Preview",
    "Settlement",
    "Subscribed",
    "add_contract",
    "add_fee_item",
    "add_tariff",
    "add_version",
    "ask_release",
    "change_contract",
    "end_subscription",
    "import_arrears",
    "import_register",
    "issue_bills",
    "issue_due_bills",
    "month_run",
    "open_accounts",
    "opening_charges",
    "preview_bills",
    "queue_predue",
    "request_issue",
    "run_issue",
    "seed_contract",
    "seed_fee_items",
    "settle_charges",
    "subscribe",
    "subscribe_units",
    "succeed_contract",
    "void_bill",
]
