"""Unpaid charges whose clock runs out by a day or has run out, and which of them are barred from a court."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Final, NamedTuple

from arrears.cases.models import LimitationDecision
from arrears.cases.rules.limitation import (
    LONGEST_ALERT,
    Clock,
    Interruption,
    LimitationEvent,
    Status,
    clock,
    could_end_by,
)
from tenancy.kernel import sql

PACKAGE: Final = "arrears.cases"
# Papers and messages that ask for money past due; a bill before its day asks for none.
DEMANDS: Final = ("REMINDER", "DEMAND", "SECOND_DEMAND", "LAWYER_LETTER")
_FAR: Final = date(9999, 12, 31)


class Running(NamedTuple):
    """An unpaid charge with its clock as of the day asked."""

    charge_id: int
    account_id: int
    community_id: int
    due_on: date
    unpaid_fen: int
    clock: Clock

    @property
    def is_expired(self) -> bool:
        """Whether the debtor may refuse to pay it."""
        return self.clock.status is Status.EXPIRED


def clocks_of(account_ids: Collection[int], *, as_of: date) -> list[Running]:
    """Every unpaid charge of some accounts with its clock."""
    return list(_running(as_of, due_until=_FAR, account_ids=account_ids)) if account_ids else []


def running_out(*, as_of: date, days: int = LONGEST_ALERT, community_id: int | None = None) -> list[Running]:
    """Unpaid charges whose last day lies at most `days` ahead or has passed: the whole company, one read."""
    last_on = as_of + timedelta(days=days)
    found = _running(as_of, due_until=could_end_by(last_on), community_id=community_id)
    return [one for one in found if one.clock.last_on is not None and one.clock.last_on <= last_on]


def expired_charges(account_ids: Collection[int], *, as_of: date) -> dict[int, frozenset[int]]:
    """Account id -> its unpaid charges whose clock has run out; accounts without one are left out.

    They may be paid and asked for kindly, but no text may say that they must be paid.
    """
    return _by_account(_expired(account_ids, as_of))


def barred_charges(account_ids: Collection[int], *, as_of: date) -> dict[int, frozenset[int]]:
    """Of the expired charges those that no lawyer's decision lets into the legal rungs."""
    expired = _expired(account_ids, as_of)
    allowed = decided([one.charge_id for one in expired])
    return _by_account([one for one in expired if not _may_claim(one, allowed.get(one.charge_id))])


class Decided(NamedTuple):
    """A lawyer's newest word on a charge, about the expiry of a day."""

    decision: str
    expired_on: date
    reason: str
    on: date
    by: str

    @property
    def decision_word(self) -> str:
        """The key of the decision among the words."""
        return f"decided.{self.decision}"


def decided(charge_ids: Collection[int]) -> dict[int, Decided]:
    """The newest decision on each of these charges; those without one are left out."""
    rows = LimitationDecision.objects.filter(charge_id__in=charge_ids).order_by("pk")
    columns = ("charge_id", "decision", "expired_on", "reason", "on", "by__name")
    return {charge_id: Decided(*said) for charge_id, *said in rows.values_list(*columns)}


def _may_claim(one: Running, said: Decided | None) -> bool:
    # A decision is about one expiry: who agreed anew and let it run out again is judged anew.
    return said is not None and said.decision == "CLAIM" and said.expired_on == one.clock.last_on


def _expired(account_ids: Collection[int], as_of: date) -> list[Running]:
    if not account_ids:
        return []
    due_until = could_end_by(as_of - timedelta(days=1))
    found = _running(as_of, due_until=due_until, account_ids=account_ids)
    return [one for one in found if one.is_expired]


def _by_account(rows: Collection[Running]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for one in rows:
        found[one.account_id].add(one.charge_id)
    return {account_id: frozenset(ids) for account_id, ids in found.items()}


def _running(as_of: date, **chosen: Any) -> Iterator[Running]:
    # A demand lists many charges, and a month's charges fall due together: most clocks are alike.
    alike = lru_cache(maxsize=8192)(_clock)
    for charge_id, account_id, place_id, due_on, fen, *told in _rows(as_of, **chosen):
        key = None if told[0] is None else tuple(map(tuple, told))
        yield Running(charge_id, account_id, place_id, due_on, fen, alike(due_on, key, as_of))


def _rows(
    as_of: date,
    *,
    due_until: date,
    account_ids: Collection[int] | None = None,
    community_id: int | None = None,
) -> list[tuple[Any, ...]]:
    asked = {
        "as_of": as_of,
        "due_until": due_until,
        "community_id": community_id,
        "account_ids": None if account_ids is None else list(account_ids),
        "demands": list(DEMANDS),
    }
    return sql.rows(PACKAGE, "clock_anchors", asked)


def _clock(due_on: date, told: tuple[tuple[Any, ...], ...] | None, as_of: date) -> Clock:
    return clock(due_on, _events(told) if told else [], as_of=as_of)


def _events(told: Sequence[Sequence[Any]]) -> list[LimitationEvent]:
    return [LimitationEvent(Interruption(kind), on, until) for kind, on, until in zip(*told, strict=True)]
