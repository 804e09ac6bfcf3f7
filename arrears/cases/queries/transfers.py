"""Whose ladder waits for money that is on its way, and whose waits no more."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from arrears.cases.models import Hold
from arrears.cases.rules.transfers import DEBIT, TRANSFER, waits_until
from billing.banking.queries.on_its_way import on_its_way

REASONS = (TRANSFER, DEBIT)


class Wait(NamedTuple):
    """An account whose ladder waits from today to `until`."""

    account_id: int
    until: date
    reason: str


class Waits(NamedTuple):
    """What the walk sets and releases; `over` are hold ids with their accounts."""

    new: tuple[Wait, ...]
    over: dict[int, int]


def waits(*, as_of: date) -> Waits:
    """Money that is new on its way, and holds whose money was booked or turned out to be another's.

    One transfer makes one wait: when it was not booked within that time, the ladder goes on.
    """
    moving = {one.account_id: one for one in on_its_way()}
    held = Hold.objects.filter(kind=Hold.Kind.PAYMENT_PENDING)
    open_now = held.filter(released_on=None, reason__in=REASONS).values_list("pk", "account_id")
    over = {pk: account_id for pk, account_id in open_now if account_id not in moving}
    waited: dict[int, date] = {}
    standing: set[int] = set()
    known = held.filter(account_id__in=list(moving)).values_list(
        "account_id", "from_on", "to_on", "released_on"
    )
    for account_id, from_on, to_on, released_on in known:
        waited[account_id] = max(from_on, waited.get(account_id, from_on))
        if released_on is None and (to_on is None or to_on >= as_of):
            standing.add(account_id)
    until = waits_until(as_of)
    new = tuple(
        Wait(one.account_id, until, DEBIT if one.is_debit else TRANSFER)
        for one in moving.values()
        if one.account_id not in standing and waited.get(one.account_id, date.min) < one.on
    )
    return Waits(new, over)
