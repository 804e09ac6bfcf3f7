"""The verbs of the outbox: queue, withdraw, claim and mark, deliver, print."""

from notices.services.deliver import HandOver, Photo, record_deliveries, record_delivery, record_round
from notices.services.drafts import Draft
from notices.services.fate import settle_fate, take_receipt
from notices.services.outbox import (
    Untrue,
    queue,
    with_waiting_bills,
    withdraw,
    withdraw_all,
    withdraw_keyed,
    withdraw_one,
)
from notices.services.printing import (
    NothingToPrint,
    check_printable,
    print_chosen,
    print_notice,
    print_round,
    request_chosen,
    request_round,
)
from notices.services.sending import claim, expire_leases, mark_answers, put_back, resolve_unknown
from notices.services.texts import Texts, ensure_templates, load_texts, revise_template

__all__ = [
    "Draft",
    "HandOver",
    "NothingToPrint",
    "Photo",
    "Texts",
    "Untrue",
    "check_printable",
    "claim",
    "ensure_templates",
    "expire_leases",
    "load_texts",
    "mark_answers",
    "print_chosen",
    "print_notice",
    "print_round",
    "put_back",
    "queue",
    "record_deliveries",
    "record_delivery",
    "record_round",
    "replace",
    "request_chosen",
    "request_round",
    "resolve_unknown",
    "revise_template",
    "settle_fate",
    "take_receipt",
    "with_waiting_bills",
    "withdraw",
    "withdraw_all",
    "withdraw_keyed",
    "withdraw_one",
]
