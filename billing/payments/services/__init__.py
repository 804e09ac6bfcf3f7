"""The verbs of money received: take it, use credit, settle, receipts, cash points, tills."""

from billing.payments.services.backdating import check_value_date
from billing.payments.services.cash_moves import answer_handover, deposit_cash, offer_handover
from billing.payments.services.cash_points import open_cash_point
from billing.payments.services.checks import BadAmount, check_days
from billing.payments.services.clearances import PrintedClearance, certify, fetch_clearance
from billing.payments.services.contract_end import (
    CONTRACT_END,
    ask_contract_end,
    contract_end_decided,
    end_agreement,
    preview_contract_end,
)
from billing.payments.services.credit_run import use_credit_held
from billing.payments.services.days import check_days_open, close_day, is_closed, review_day, sign_day
from billing.payments.services.exchange import mark_exchanged
from billing.payments.services.payers import start_payer, stop_payer
from billing.payments.services.receipt_voids import ask_void, void_decided
from billing.payments.services.receipts import PrintedReceipt, fetch_receipt, print_receipt, void_receipt
from billing.payments.services.refunds import ask_refund, pay_refund, refund_decided, withdraw_refund
from billing.payments.services.release import Released, release_unowed
from billing.payments.services.reversals import ask_reversal, reversal_decided, reverse_payment
from billing.payments.services.take_payment import take_payment
from billing.payments.services.take_payments import Asked, take_payments
from billing.payments.services.taken import MIXED, Taken, TakenLine, TenderPart, Wish, all_tendered
from billing.payments.services.tenders import mirror_tenders
from billing.payments.services.tills import close_till, count_till, open_till, till_for
from billing.payments.services.transfers import PrintedTransfer, fetch_transfer, settle_transfer
from billing.payments.services.use_credit import use_credit
from billing.payments.services.vacancies import vacancy_decided

__all__ = [
    "CONTRACT_END",
    "MIXED",
    "Asked",
    "BadAmount",
    "PrintedClearance",
    "PrintedReceipt",
    "PrintedTransfer",
    "Released",
    "Taken",
    "TakenLine",
    "TenderPart",
    "Wish",
    "all_tendered",
    "answer_handover",
    "ask_contract_end",
    "ask_refund",
    "ask_reversal",
    "ask_void",
    "certify",
    "check_days",
    "check_days_open",
    "check_value_date",
    "close_day",
    "close_till",
    "contract_end_decided",
    "count_till",
    "deposit_cash",
    "end_agreement",
    "fetch_clearance",
    "fetch_receipt",
    "fetch_transfer",
    "is_closed",
    "mark_exchanged",
    "mirror_tenders",
    "offer_handover",
    "open_cash_point",
    "open_till",
    "pay_refund",
    "preview_contract_end",
    "print_receipt",
    "refund_decided",
    "release_unowed",
    "reversal_decided",
    "reverse_payment",
    "review_day",
    "settle_transfer",
    "sign_day",
    "start_payer",
    "stop_payer",
    "take_payment",
    "take_payments",
    "till_for",
    "use_credit",
    "use_credit_held",
    "vacancy_decided",
    "void_decided",
    "void_receipt",
    "withdraw_refund",
]
