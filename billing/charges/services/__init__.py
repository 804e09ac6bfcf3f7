"""Use cases of charges, one file each."""

from billing.charges.services.accounts import lock_account, lock_accounts, open_accounts
from billing.charges.services.adjust import LetOff, TakenBack, adjust_charges, take_back, take_back_offers
from billing.charges.services.contracts import add_contract, change_contract, succeed_contract
from billing.charges.services.defaults import seed_contract, seed_fee_items
from billing.charges.services.import_arrears import import_arrears
from billing.charges.services.import_register import import_register
from billing.charges.services.issue import DueIssued, Issued, issue_bills, issue_due_bills
from billing.charges.services.issue_job import request_issue, run_issue
from billing.charges.services.month_run import MonthRun, month_run
from billing.charges.services.opening import Opened, OpeningDebt, opening_charges
from billing.charges.services.pauses import BadPause, end_pause, pause_late_fee
from billing.charges.services.predue import queue_predue
from billing.charges.services.preview import Preview, preview_bills
from billing.charges.services.release import ask_release
from billing.charges.services.settle import Settlement, settle_charges
from billing.charges.services.subscriptions import Subscribed, end_subscription, subscribe_units
from billing.charges.services.tariffs import add_fee_item, add_tariff, add_version, subscribe
from billing.charges.services.void import void_bill
from billing.charges.services.waivers import (
    ask_waiver,
    expire_offers,
    refuse_own_waiver,
    take_offers,
    waiver_decided,
    withdraw_waiver,
)

__all__ = [
    "BadPause",
    "DueIssued",
    "Issued",
    "LetOff",
    "MonthRun",
    "Opened",
    "OpeningDebt",
    "Preview",
    "Settlement",
    "Subscribed",
    "TakenBack",
    "add_contract",
    "add_fee_item",
    "add_tariff",
    "add_version",
    "adjust_charges",
    "ask_release",
    "ask_waiver",
    "change_contract",
    "end_pause",
    "end_subscription",
    "expire_offers",
    "import_arrears",
    "import_register",
    "issue_bills",
    "issue_due_bills",
    "lock_account",
    "lock_accounts",
    "month_run",
    "open_accounts",
    "opening_charges",
    "pause_late_fee",
    "preview_bills",
    "queue_predue",
    "refuse_own_waiver",
    "request_issue",
    "run_issue",
    "seed_contract",
    "seed_fee_items",
    "settle_charges",
    "subscribe",
    "subscribe_units",
    "succeed_contract",
    "take_back",
    "take_back_offers",
    "take_offers",
    "void_bill",
    "waiver_decided",
    "withdraw_waiver",
]
