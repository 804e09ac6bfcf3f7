"""Into the outbox, and out of it again before anything was sent."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Any

from django.db.models import Q

from notices.models import Notice
from notices.services.drafts import Draft
from tenancy.kernel import sql

_CHUNK = 5000
_as_text = json.JSONEncoder(ensure_ascii=False).encode


def queue(drafts: Iterable[Draft]) -> dict[str, int]:
    """Put drafts into the outbox; a known unique_key is left alone.

    Returns unique_key -> notice id of the newly made ones only.
    """
    made: dict[str, int] = {}
    for chunk in _chunks(iter(drafts)):
        made.update(sql.rows("notices", "queue", _columns(chunk)))
    return made


def withdraw(*, account_id: int, touched: Collection[int], settled: Collection[int], reason_code: str) -> int:
    """Take back what still waits, because of a payment. Called in the payment's own transaction.

    A bill notice goes when all its charges are settled; every other kind as soon as one of its charges was
    touched, for its amount is no longer true. What a worker holds is only marked: should it come back
    unsent, it is withdrawn instead of tried again. Returns how many were withdrawn.
    """
    untrue = Q(charge_ids__overlap=list(touched)) & ~Q(kind=Notice.Kind.BILL_NOTICE)
    paid = Q(kind=Notice.Kind.BILL_NOTICE, charge_ids__contained_by=list(settled))
    mine = Notice.objects.filter(untrue | paid, account_id=account_id, charge_ids__len__gt=0)
    withdrawn = mine.filter(state=Notice.State.QUEUED).update(
        state=Notice.State.WITHDRAWN, reason_code=reason_code, reason_params={}
    )
    mine.filter(state=Notice.State.SENDING).update(reason_code=reason_code, reason_params={})
    return withdrawn


def _chunks(drafts: Iterator[Draft]) -> Iterator[list[Draft]]:
    while chunk := list(islice(drafts, _CHUNK)):
        yield chunk


def _columns(drafts: list[Draft]) -> dict[str, list[Any]]:
    columns = dict(zip(Draft._fields, map(list, zip(*drafts, strict=True)), strict=True))
    columns["data"] = [data if isinstance(data, str) else _as_text(data) for data in columns["data"]]
    # An array of arrays must be rectangular, so each row's ids travel as text: {1,2}.
    columns["charge_ids"] = ["{" + ",".join(map(str, ids)) + "}" for ids in columns["charge_ids"]]
    return columns
