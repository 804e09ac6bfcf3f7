"""Use cases of charges, one file each."""

from billing.charges.services.accounts import (
    HeldAccount,
    close_account,
    lock_account,
    lock_accounts,
    open_accounts,
)
from billing.charges.services.adjust import LetOff, TakenBack, adjust_charges, take_back, take_back_offers
from billing.charges.services.cancel import ask_cancel, cancel_run
from billing.charges.services.contracts import add_contract, change_contract, end_contract, succeed_contract
from billing.charges.services.costs import book_cost, take_back_cost
from billing.charges.services.cut import Cut, cut_charges
from billing.charges.services.defaults import seed_contract, seed_fee_items
from billing.charges.services.import_arrears import import_arrears
from billing.charges.services.import_readings import ImportedReadings, import_readings
from billing.charges.services.import_register import import_register
from billing.charges.services.issue import DueIssued, Issued, issue_bills, issue_due_bills, lock_issue
from billing.charges.services.issue_job import request_issue, run_issue
from billing.charges.services.local_rules import add_local_rule
from billing.charges.services.meters import NewMeter, add_meter, change_meter, remove_meter, set_household
from billing.charges.services.month_run import MonthRun, month_run
from billing.charges.services.offers import NewOffer, add_offer, stop_offer, take_early_birds
from billing.charges.services.online import LookAhead, ask_ahead, look_ahead
from billing.charges.services.opening import Opened, OpeningDebt, opening_charges
from billing.charges.services.pauses import BadPause, drop_pause, end_pause, pause_late_fee
from billing.charges.services.pools import NewPool, ask_pool, enter_pool, preview_shares, withdraw_pool
from billing.charges.services.predue import queue_predue
from billing.charges.services.prepay import AheadBill, issue_ahead, most_ahead, preview_ahead
from billing.charges.services.preview import Preview, preview_bills
from billing.charges.services.readings import Entered, NewReading, correct_reading, enter_readings
from billing.charges.services.release import ask_release
from billing.charges.services.settle import Settlement, settle_charges
from billing.charges.services.subscriptions import Subscribed, end_subscription, subscribe_units
from billing.charges.services.supplement import bill_the_rest
from billing.charges.services.tariffs import add_fee_item, add_tariff, add_version, subscribe
from billing.charges.services.vacancies import Proof, ask_vacancy, end_vacancy, paid_off, vacancy_decided
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
    "AheadBill",
    "BadPause",
    "Cut",
    "DueIssued",
    "Entered",
    "HeldAccount",
    "ImportedReadings",
    "Issued",
    "LetOff",
    "LookAhead",
    "MonthRun",
    "NewMeter",
    "NewOffer",
    "NewPool",
    "NewReading",
    "Opened",
    "OpeningDebt",
    "Preview",
    "Proof",
    "Settlement",
    "Subscribed",
    "TakenBack",
    "add_contract",
    "add_fee_item",
    "add_local_rule",
    "add_meter",
    "add_offer",
    "add_tariff",
    "add_version",
    "adjust_charges",
    "ask_ahead",
    "ask_cancel",
    "ask_pool",
    "ask_release",
    "ask_vacancy",
    "ask_waiver",
    "bill_the_rest",
    "book_cost",
    "cancel_run",
    "change_contract",
    "change_meter",
    "close_account",
    "correct_reading",
    "cut_charges",
    "drop_pause",
    "end_contract",
    "end_pause",
    "end_subscription",
    "end_vacancy",
    "enter_pool",
    "enter_readings",
    "expire_offers",
    "import_arrears",
    "import_readings",
    "import_register",
    "issue_ahead",
    "issue_bills",
    "issue_due_bills",
    "lock_account",
    "lock_accounts",
    "lock_issue",
    "look_ahead",
    "month_run",
    "most_ahead",
    "open_accounts",
    "opening_charges",
    "paid_off",
    "pause_late_fee",
    "preview_ahead",
    "preview_bills",
    "preview_shares",
    "queue_predue",
    "refuse_own_waiver",
    "remove_meter",
    "request_issue",
    "run_issue",
    "seed_contract",
    "seed_fee_items",
    "set_household",
    "settle_charges",
    "stop_offer",
    "subscribe",
    "subscribe_units",
    "succeed_contract",
    "take_back",
    "take_back_cost",
    "take_back_offers",
    "take_early_birds",
    "take_offers",
    "vacancy_decided",
    "void_bill",
    "waiver_decided",
    "withdraw_pool",
    "withdraw_waiver",
]
