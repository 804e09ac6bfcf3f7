"""Propose whose money each new transfer is; what nobody can be sure of waits in suspense (挂账)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from django.db.models import Q

from billing.banking.models import BankAccount, BankLine
from billing.banking.queries.candidates import Ranked, Transfer, rank_block
from billing.banking.rules.matching import Because, decide
from billing.payments.queries.booked import Booked, transfers_booked
from tenancy.kernel import sql
from tenancy.kernel.memory import collector_paused
from tenancy.people.services import audit

PACKAGE: Final = "billing.banking"
_BLOCK: Final = 5000
_COLUMNS: Final = ("pk", "on", "amount_fen", "payer_name", "payer_hash", "serial", "remark")
State = BankLine.State


class Matched(NamedTuple):
    """What became of the lines that were looked at."""

    proposed: int
    matched: int
    suspense: int
    reopened: int = 0


class Fate(NamedTuple):
    """What was decided about a line."""

    line_id: int
    state: str
    account_id: int | None
    score: int
    reasons: list[str]
    payment_id: int | None = None


def match_lines(*, bank_account_id: int, again: bool = False) -> Matched:
    """Look at the new transfers of a bank account; `again`: also at those nobody has decided about.

    Nothing is booked. What the counter has booked under the bank's number is found again, never booked twice;
    a line whose payment was taken back waits again.
    """
    community_id = BankAccount.objects.values_list("community_id", flat=True).get(pk=bank_account_id)
    states = (State.NEW, State.PROPOSED, State.SUSPENSE) if again else (State.NEW,)
    reopened = reopen(bank_account_id)
    found: Counter[str] = Counter()
    for block in _blocks(bank_account_id, states):
        fates = decide_block(block, community_id=community_id)
        ids = [one.line_id for one in block]
        sql.run(PACKAGE, "propose", {"ids": ids, **columns([fates[line_id] for line_id in ids])})
        found.update(fate.state for fate in fates.values())
    return note(bank_account_id, found, reopened=reopened)


def reopen(bank_account_id: int) -> int:
    """Lines whose payment was taken back wait again; how many."""
    return sql.run(PACKAGE, "reopen", {"bank_account_id": bank_account_id})


def note(bank_account_id: int, found: Mapping[str, int], *, reopened: int) -> Matched:
    """Say in the audit trail what became of lines."""
    found = Counter(found)
    result = Matched(found[State.PROPOSED], found[State.MATCHED], found[State.SUSPENSE], reopened)
    if any(result):
        audit.record("statement.matched", kind="bank_account", pk=bank_account_id, **result._asdict())
    return result


def _blocks(bank_account_id: int, states: Sequence[str]) -> Iterator[list[Transfer]]:
    """Lines nobody has decided, by day; a block begins behind the last line of the one before."""
    lines = BankLine.objects.filter(bank_account_id=bank_account_id, state__in=states, decided_at=None)
    after = Q()
    while block := [Transfer(*row) for row in _page(lines.filter(after))]:
        yield block
        last = block[-1]
        after = Q(on__gt=last.on) | Q(on=last.on, pk__gt=last.line_id)


def _page(lines: Any) -> Any:
    return lines.order_by("on", "pk").values_list(*_COLUMNS)[:_BLOCK]


def decide_block(block: Sequence[Transfer], *, community_id: int) -> dict[int, Fate]:
    """What each line is, by its id. A fixed number of reads, however many lines there are."""
    with collector_paused():
        return {fate.line_id: fate for fate in _decide(block, community_id)}


def _decide(block: Sequence[Transfer], community_id: int) -> list[Fate]:
    booked = _free(transfers_booked({one.serial for one in block}, community_id=community_id))
    fates = [fate for one in block if (fate := _at_counter(one, booked.get(one.serial, []))) is not None]
    known = {fate.line_id for fate in fates}
    ranked, _accounts = rank_block(
        [one for one in block if one.line_id not in known], community_id=community_id
    )
    return fates + [_fate(one) for one in ranked]


def _at_counter(one: Transfer, booked: Sequence[Booked]) -> Fate | None:
    """What was booked under this number before: the same money, or another amount that a person must see."""
    if not booked:
        return None
    same = [payment for payment in booked if payment.amount_fen == one.amount_fen]
    if len(same) == 1:
        [payment] = same
        return Fate(one.line_id, State.MATCHED, payment.account_id, 0, ["match.booked"], payment.payment_id)
    return Fate(one.line_id, State.SUSPENSE, None, 0, [Because.BOOKED_DIFFERS.value])


def _free(booked: dict[str, list[Booked]]) -> dict[str, list[Booked]]:
    """Without the payments that another line has already."""
    ids = [payment.payment_id for of_number in booked.values() for payment in of_number]
    taken = (
        set(BankLine.objects.filter(payment_id__in=ids).values_list("payment_id", flat=True))
        if ids
        else set()
    )
    return {number: [p for p in found if p.payment_id not in taken] for number, found in booked.items()}


def _fate(one: Ranked) -> Fate:
    decision = decide(one.ranked)
    if decision.best is not None:
        best = decision.best
        reasons = [reason.value for reason in best.reasons]
        return Fate(one.transfer.line_id, State.PROPOSED, best.account_id, best.score, reasons)
    best_score = one.ranked[0].score if one.ranked else 0
    because = decision.because or Because.NOBODY
    return Fate(one.transfer.line_id, State.SUSPENSE, None, best_score, [because.value])


def columns(fates: Sequence[Fate]) -> dict[str, object]:
    """As both statements that write it take it."""
    return {
        "states": [str(fate.state) for fate in fates],
        "account_ids": [fate.account_id for fate in fates],
        "scores": [fate.score for fate in fates],
        "reasons": [json.dumps(fate.reasons) for fate in fates],
        "payment_ids": [fate.payment_id for fate in fates],
    }
