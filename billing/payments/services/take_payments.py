"""Take many payments of one business day as sets: a counter's, a bank file's, a direct debit's.

One payment at the counter is a batch of one, so that no rule of money has a second home.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from django.db import IntegrityError, transaction

from billing.charges import queries as charges
from billing.charges import services as charges_services
from billing.charges.queries import OpenCharge
from billing.charges.services import HeldAccount
from billing.payments.models import CashPoint, Payment, Receipt, Tender
from billing.payments.queries.offered import allocate, as_offered
from billing.payments.queries.preview import Opened, open_of_each
from billing.payments.rules.allocation import Allocation
from billing.payments.services import checks, receipts
from billing.payments.services.backdating import note_backdating
from billing.payments.services.days import check_days_open
from billing.payments.services.settle import Incoming, Spread, settle
from billing.payments.services.taken import Taken, TakenLine, Wish, answered_before, key_reused, said_of
from billing.payments.services.tills import sessions_for
from tenancy.kernel import sql
from tenancy.kernel.permissions import StaffMember
from tenancy.kernel.scope import current_user_id
from tenancy.people.services import audit

PACKAGE: Final = "billing.payments"
_COLUMNS: Final = (
    "community_id", "unit_id", "account_id", "cash_point_id", "session_id", "method", "amount_fen",
    "tendered_fen", "paid_on", "reference", "payer_name", "note", "idempotency_key", "created_at",
)  # fmt: skip


class Asked(NamedTuple):
    """A payment to take. `expected_owed_fen`: what the payer was told he owes, else AccountChanged.

    `at`: when it came in, where that is not when all of them did.
    """

    idempotency_key: str
    wish: Wish
    expected_owed_fen: int | None = None
    at: datetime | None = None


class Fixed(NamedTuple):
    """A payment whose amount is known, as it is to be written."""

    idempotency_key: str
    wish: Wish
    amount_fen: int
    at: datetime


@transaction.atomic
def take_payments(
    asked: Sequence[Asked],
    *,
    posted_on: date,
    at: datetime,
    by: StaffMember | None = None,
    backdate_reason: str = "",
) -> list[Taken]:
    """Take payments as if each were taken after the one before it; all of them, or none and a refusal.

    The answers stand in the order asked. Keys that were answered before get their first answer. Receipts are
    numbered in the order asked, a block per desk. Refuses what take_payment refuses.
    """
    once = _once(asked)
    cards, found = begin({key: one.wish for key, one in once.items()})
    new = [one for key, one in once.items() if key not in found]
    desks = _desks(new)
    for one in new:
        checks.check_dates(one.wish, posted_on=posted_on, at=one.at or at, by=by, reason=backdate_reason)
        checks.check_desk(one.wish, desks, community_id=cards[one.wish.account_id].community_id)
    check_days_open({cards[one.wish.account_id].community_id for one in new}, on=posted_on)
    checks.check_references([one.wish for one in new])
    sessions = sessions_for([one.wish for one in new], desks, by=by, on=posted_on)
    spreads: dict[str, Spread] = {}
    for wave in _waves(new):
        spreads |= _take(wave, cards, sessions, posted_on=posted_on, at=at)
    in_order = [spreads[one.idempotency_key] for one in new]
    for spread in in_order:
        note_backdating(spread.payment, by=by, reason=backdate_reason)
    numbered = _receipt([spread.payment for spread in in_order], desks, on=posted_on)
    taken = {spread.payment: _taken(spread, numbered.get(spread.payment.pk)) for spread in in_order}
    audit.record_many("payment.taken", [_entry(payment, said) for payment, said in taken.items()])
    found |= {payment.idempotency_key: said for payment, said in taken.items()}
    return [found[one.idempotency_key] for one in asked]


def begin(wishes: Mapping[str, Wish]) -> tuple[dict[int, HeldAccount], dict[str, Taken]]:
    """Lock the accounts, and the first answers to the keys that were answered before."""
    for key in wishes:
        checks.check_key(key)
    cards = charges_services.lock_accounts(wish.account_id for wish in wishes.values())
    return cards, answered_before(wishes)


def record(
    fixed: Sequence[Fixed],
    cards: Mapping[int, HeldAccount],
    *,
    posted_on: date,
    sessions: Mapping[int, int] = MappingProxyType({}),
) -> list[Payment]:
    """Write payments; KeyReused when a payment of another account has just taken a key of theirs.

    `sessions`: desk id -> the cash session that its cash goes into.
    """
    rows = [
        Payment(
            community_id=cards[wish.account_id].community_id,
            unit_id=cards[wish.account_id].unit_id,
            account_id=wish.account_id,
            cash_point_id=wish.cash_point_id,
            session_id=sessions.get(wish.cash_point_id or 0) if wish.takes_cash else None,
            method=wish.method,
            amount_fen=amount_fen,
            tendered_fen=wish.tendered_fen,
            paid_on=wish.paid_on,
            posted_on=posted_on,
            reference=wish.reference,
            payer_name=wish.payer_name,
            note=wish.note,
            idempotency_key=key,
            asked=wish.as_json(),
            taken_by_id=current_user_id(),
            created_at=at,
        )
        for key, wish, amount_fen, at in fixed
    ]
    _insert(rows, posted_on=posted_on)
    tenders = [
        Tender(payment=payment, method=part.method, amount_fen=part.amount_fen, reference=part.reference)
        for payment, one in zip(rows, fixed, strict=True)
        for part in one.wish.tenders
    ]
    if tenders:
        Tender.objects.bulk_create(tenders)
    return rows


def _insert(rows: Sequence[Payment], *, posted_on: date) -> None:
    """Write new payments and give them their ids."""
    columns: dict[str, Any] = {name: [getattr(row, name) for row in rows] for name in _COLUMNS}
    columns |= {
        "asked": [json.dumps(row.asked, ensure_ascii=False) for row in rows],
        "posted_on": posted_on,
        "taken_by_id": current_user_id(),
    }
    try:
        ids = dict(sql.rows(PACKAGE, "insert_payments", columns))
    except IntegrityError as error:  # nothing more is read: whoever called is rolled back by this refusal
        if "payment_taken_once" not in str(error):
            raise
        raise key_reused() from error
    for row in rows:
        row.pk = ids[row.idempotency_key]


def _once(asked: Sequence[Asked]) -> dict[str, Asked]:
    """By key, in order; a key that stands twice asks for the same."""
    once: dict[str, Asked] = {}
    for one in asked:
        first = once.setdefault(one.idempotency_key, one)
        if first is not one and first.wish.as_json() != one.wish.as_json():
            raise key_reused()
    return once


def _desks(new: Sequence[Asked]) -> dict[int, CashPoint]:
    wanted = {one.wish.cash_point_id for one in new} - {None}
    found = CashPoint.objects.select_related("community")
    return {desk.pk: desk for desk in found.filter(pk__in=wanted)} if wanted else {}


def _waves(new: Sequence[Asked]) -> Iterator[list[Asked]]:
    """First payments of their accounts, then second ones: each sees what the one before it left open."""
    waves: list[list[Asked]] = []
    seen: Counter[int] = Counter()
    for one in new:
        turn = seen[one.wish.account_id]
        seen[one.wish.account_id] += 1
        if turn == len(waves):
            waves.append([])
        waves[turn].append(one)
    yield from waves


def _take(
    wave: Sequence[Asked],
    cards: Mapping[int, HeldAccount],
    sessions: Mapping[int, int],
    *,
    posted_on: date,
    at: datetime,
) -> dict[str, Spread]:
    opened = _opened(wave)
    fixed = []
    for key, wish, expected_owed_fen, its_at in wave:
        told = _as_told(wish, opened[wish.account_id], cards[wish.account_id].community_id)
        amount = checks.amount_of(wish, told, expected_owed_fen)
        checks.check_cash(wish, amount)
        fixed.append(Fixed(key, wish, amount, its_at or at))
    payments = record(fixed, cards, posted_on=posted_on, sessions=sessions)
    spreads = settle(
        [
            Incoming(payment, opened[payment.account_id], one.wish.designated)
            for payment, one in zip(payments, fixed, strict=True)
        ]
    )
    return {spread.payment.idempotency_key: spread for spread in spreads}


def _opened(wave: Sequence[Asked]) -> dict[int, Opened]:
    by_day: dict[date, list[int]] = defaultdict(list)
    for one in wave:
        by_day[one.wish.paid_on].append(one.wish.account_id)
    opened: dict[int, Opened] = {}
    for paid_on, account_ids in by_day.items():
        opened |= open_of_each(account_ids, paid_on)
    return opened


def _as_told(wish: Wish, opened: Opened, community_id: int) -> list[OpenCharge]:
    """What the payer was told he owes: less what an offer for a year lets off when so much is paid."""
    return as_offered(opened.charges, opened.birds, pay=partial(_paid_by, wish, community_id))


def _paid_by(wish: Wish, community_id: int, opened: Sequence[OpenCharge]) -> Allocation:
    return allocate(
        opened,
        amount_fen=checks.asked_fen(wish, opened),
        paid_on=wish.paid_on,
        designated=wish.designated,
        principal_first=community_id in charges.pays_principal_first(wish.paid_on),
    )


def _entry(payment: Payment, taken: Taken) -> audit.Entry:
    said = {
        "receipt_number": taken.receipt_number,
        "amount_fen": payment.amount_fen,
        "method": payment.method,
    }
    return audit.Entry("payment", payment.pk, said)


def _taken(spread: Spread, receipt: Receipt | None) -> Taken:
    lines = [TakenLine(line.charge_id, line.part.value, line.amount_fen) for line in spread.lines]
    return said_of(
        spread.payment, lines, spread.credit_fen, (receipt.pk, receipt.number) if receipt else None
    )


def _receipt(payments: Sequence[Payment], desks: Mapping[int, CashPoint], *, on: date) -> dict[int, Receipt]:
    """By payment."""
    by_desk: dict[int, list[Payment]] = defaultdict(list)
    for payment in payments:
        if payment.cash_point_id is not None:
            by_desk[payment.cash_point_id].append(payment)
    return {
        receipt.payment_id: receipt
        for desk_id, of_desk in by_desk.items()
        for receipt in receipts.issue(payments=of_desk, desk=desks[desk_id], on=on)
    }
