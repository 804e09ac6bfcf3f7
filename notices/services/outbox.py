"""Into the outbox, and out of it again before anything was sent."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from notices.models import Notice
from notices.services.drafts import Draft
from tenancy.kernel import sql

_CHUNK = 5000
_as_text = json.JSONEncoder(ensure_ascii=False).encode


class Untrue(NamedTuple):
    """Charges of an account that money went to, and those of which no principal is open any more."""

    account_id: int
    touched: Collection[int]
    settled: Collection[int]


def queue(drafts: Iterable[Draft]) -> dict[str, int]:
    """Put drafts into the outbox; a known unique_key is left alone.

    Returns unique_key -> notice id of the newly made ones only.
    """
    made: dict[str, int] = {}
    for chunk in _chunks(iter(drafts)):
        made.update(sql.rows("notices", "queue", _columns(chunk)))
    return made


def withdraw(*, account_id: int, touched: Collection[int], settled: Collection[int], reason_code: str) -> int:
    """Take back what still waits for one account; see `withdraw_all`."""
    return withdraw_all([Untrue(account_id, touched, settled)], reason_code=reason_code)


def withdraw_all(found: Sequence[Untrue], *, reason_code: str) -> int:
    """Take back what still waits, because of payments. Called in the payments' own transaction.

    A bill notice goes when all its charges are settled; every other kind as soon as one of its charges was
    touched, for its amount is no longer true. What a worker holds is only marked: should it come back
    unsent, it is withdrawn instead of tried again. Returns how many were withdrawn.
    """
    columns = {
        "account_ids": [one.account_id for one in found],
        "touched": [_array(one.touched) for one in found],
        "settled": [_array(one.settled) for one in found],
        "reason_code": reason_code,
    }
    return sum(state == Notice.State.WITHDRAWN for (state,) in sql.rows("notices", "withdraw", columns))


def withdraw_one(*, notice_id: int, reason_code: str) -> bool:
    """Take back one notice that still waits: its paper was made anew. Whether it did."""
    waiting = Notice.objects.filter(pk=notice_id, state=Notice.State.QUEUED)
    return waiting.update(state=Notice.State.WITHDRAWN, reason_code=reason_code, reason_params={}) > 0


def withdraw_keyed(*, unique_key: str, reason_code: str) -> bool:
    """Take back what still waits under a key: what it says has happened already. Whether it did."""
    waiting = Notice.objects.filter(unique_key=unique_key, state=Notice.State.QUEUED)
    return waiting.update(state=Notice.State.WITHDRAWN, reason_code=reason_code, reason_params={}) > 0


def with_waiting_bills(account_ids: Collection[int]) -> set[int]:
    """Those of the accounts that have a bill notice which could still be withdrawn."""
    rows = sql.rows("notices", "with_waiting_bills", {"account_ids": list(account_ids)})
    return {account_id for (account_id,) in rows}


def _chunks(drafts: Iterator[Draft]) -> Iterator[list[Draft]]:
    while chunk := list(islice(drafts, _CHUNK)):
        yield chunk


def _columns(drafts: list[Draft]) -> dict[str, list[Any]]:
    columns = dict(zip(Draft._fields, map(list, zip(*drafts, strict=True)), strict=True))
    columns["data"] = [data if isinstance(data, str) else _as_text(data) for data in columns["data"]]
    # An array of arrays must be rectangular, so each row's ids travel as text: {1,2}.
    columns["charge_ids"] = [_array(ids) for ids in columns["charge_ids"]]
    return columns


def _array(ids: Iterable[int]) -> str:
    return "{" + ",".join(map(str, ids)) + "}"
