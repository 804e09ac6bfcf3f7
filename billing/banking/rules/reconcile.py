"""One day of a channel against our payments: seven outcomes, and no money is asked about twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from billing.banking.rules.channel import Kind, Row


class Outcome(StrEnum):
    """What a row and a payment say of each other."""

    MATCHED = "MATCHED"
    CHANNEL_ONLY = "CHANNEL_ONLY"  # money, no payment (长款)
    SYSTEM_ONLY = "SYSTEM_ONLY"  # a payment, no money (短款)
    AMOUNT_DIFF = "AMOUNT_DIFF"
    STATUS_DIFF = "STATUS_DIFF"
    DUPLICATE = "DUPLICATE"
    DATE_SHIFT = "DATE_SHIFT"  # a day before or after


class Paid(NamedTuple):
    """A payment of ours. A refund is negative; `is_reversed`: taken back since."""

    payment_id: int
    reference: str
    amount_fen: int
    paid_on: date
    is_reversed: bool = False


class Pair(NamedTuple):
    """A row, a payment, or both, and what is to be said of them."""

    outcome: Outcome
    row: Row | None
    paid: Paid | None


def reconcile(rows: Sequence[Row], payments: Sequence[Paid], *, day: date) -> list[Pair]:
    """Every row and every payment of the day once. `payments`: also of the day before and the one after."""
    received: dict[str, list[Paid]] = defaultdict(list)
    returned: dict[str, list[Paid]] = defaultdict(list)
    for paid in payments:
        (received if paid.amount_fen > 0 else returned)[paid.reference].append(paid)
    pairs = list(_rows(rows, received, returned))
    used = {pair.paid.payment_id for pair in pairs if pair.paid is not None}
    return pairs + list(_left(payments, used, {row.order_no for row in rows}, day))


def _rows(
    rows: Sequence[Row], received: dict[str, list[Paid]], returned: dict[str, list[Paid]]
) -> Iterator[Pair]:
    seen: set[tuple[Kind, str]] = set()
    refunded = {row.order_no for row in rows if row.kind is Kind.REFUND}
    for row in rows:
        number = (row.refund_no or row.order_no) if row.kind is Kind.REFUND else row.order_no
        if (row.kind, number) in seen:
            yield Pair(Outcome.DUPLICATE, row, None)
            continue
        seen.add((row.kind, number))
        if row.kind is Kind.REFUND:
            found = returned.get(row.refund_no) or returned.get(row.order_no) or []
        else:
            found = received.get(row.order_no, [])
        yield _judge(row, found[0] if found else None, refunded)


def _judge(row: Row, paid: Paid | None, refunded: set[str]) -> Pair:
    if paid is None:
        # What was called off, and never booked, is as it should be.
        outcome = Outcome.MATCHED if row.kind is Kind.REVOKED else Outcome.CHANNEL_ONLY
        return Pair(outcome, row, None)
    # Paid and given back on one day stands there as two rows, and with us as taken back.
    taken_back = paid.is_reversed and row.order_no not in refunded
    if (row.kind is Kind.REVOKED) is not taken_back:
        return Pair(Outcome.STATUS_DIFF, row, paid)
    if row.amount_fen != abs(paid.amount_fen):
        return Pair(Outcome.AMOUNT_DIFF, row, paid)
    return Pair(Outcome.MATCHED if paid.paid_on == row.on else Outcome.DATE_SHIFT, row, paid)


def _left(payments: Sequence[Paid], used: set[int], orders: set[str], day: date) -> Iterator[Pair]:
    """Payments that no row stands behind: a second one under the same order, or one without money."""
    for paid in payments:
        if paid.payment_id in used or paid.is_reversed:
            continue
        if paid.reference in orders and paid.amount_fen > 0:
            yield Pair(Outcome.DUPLICATE, None, paid)
        elif paid.paid_on == day:
            yield Pair(Outcome.SYSTEM_ONLY, None, paid)
