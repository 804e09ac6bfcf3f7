"""Whose money a transfer is: a score with its reasons, and no guess below the threshold or between equals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NamedTuple

THRESHOLD: Final = 60
MARGIN: Final = 10  # what the best must be ahead of the second


class Reason(StrEnum):
    """Why an account may be the one; the weight of each stands in WEIGHTS."""

    ROOM = "match.room"  # the remark names building and room
    ROOM_SHORT = "match.room_short"  # a bare number that only one room of the community has
    ROOM_ONE_OF = "match.room_one_of"  # a bare number that several rooms have
    PAYER = "match.payer"  # the payer holds the unit
    NAMED = "match.named"  # a holder's name stands in the remark
    KNOWN_ACCOUNT = "match.known_account"  # this bank account paid for it before
    ALL_OWED = "match.all_owed"
    ONE_BILL = "match.one_bill"
    PRINCIPAL = "match.principal"
    MOVED_OUT = "match.moved_out"  # the account is closed


WEIGHTS: Final[Mapping[Reason, int]] = {
    Reason.ROOM: 60, Reason.ROOM_SHORT: 40, Reason.ROOM_ONE_OF: 20, Reason.PAYER: 30, Reason.NAMED: 25,
    Reason.KNOWN_ACCOUNT: 30, Reason.ALL_OWED: 30, Reason.ONE_BILL: 25, Reason.PRINCIPAL: 25,
    Reason.MOVED_OUT: -15,
}  # fmt: skip


class Because(StrEnum):
    """Why a line waits for a person instead of being proposed."""

    NOBODY = "suspense.nobody"
    TOO_WEAK = "suspense.too_weak"
    EQUALS = "suspense.equals"
    BOOKED_DIFFERS = "suspense.booked_differs"


class Debt(NamedTuple):
    """What an account owes on the day of the transfer."""

    total_fen: int
    principal_fen: int
    bills_fen: frozenset[int]


NO_DEBT: Final = Debt(0, 0, frozenset())


@dataclass(frozen=True, slots=True)
class Candidate:
    """An account that something about the line speaks for. `names`: keys of all who hold the unit."""

    account_id: int
    names: frozenset[str]
    is_closed: bool = False
    room: Reason | None = None
    known: bool = False
    debt: Debt = field(default=NO_DEBT)


class Line(NamedTuple):
    """What the bank says of a transfer; `payer_key` and `remark_key` as names are compared."""

    amount_fen: int
    payer_key: str
    remark_key: str


class Scored(NamedTuple):
    """An account with its score and the reasons that make it up."""

    account_id: int
    score: int
    reasons: tuple[Reason, ...]


class Decision(NamedTuple):
    """An account to propose, or why there is none."""

    best: Scored | None
    because: Because | None


def rank(line: Line, candidates: Sequence[Candidate]) -> list[Scored]:
    """Every candidate with its score, the strongest first.

    >>> line = Line(21002, "张三", "3-1-1602物业费")
    >>> one = Candidate(7, frozenset({"张三"}), room=Reason.ROOM, debt=Debt(21002, 21002, frozenset({21002})))
    >>> rank(line, [one])[0].score
    120
    """
    scored = [score(line, candidate) for candidate in candidates]
    return sorted(scored, key=lambda one: (-one.score, one.account_id))


def score(line: Line, candidate: Candidate) -> Scored:
    """The sum of the weights of all that speaks for the account, or against it."""
    reasons = [candidate.room] if candidate.room is not None else []
    if line.payer_key and line.payer_key in candidate.names:
        reasons.append(Reason.PAYER)
    elif any(len(name) > 1 and name in line.remark_key for name in candidate.names):
        reasons.append(Reason.NAMED)
    if candidate.known:
        reasons.append(Reason.KNOWN_ACCOUNT)
    if (amount := _amount(line.amount_fen, candidate.debt)) is not None:
        reasons.append(amount)
    if candidate.is_closed:
        reasons.append(Reason.MOVED_OUT)
    return Scored(candidate.account_id, sum(WEIGHTS[reason] for reason in reasons), tuple(reasons))


def decide(ranked: Sequence[Scored]) -> Decision:
    """The best, if it is strong enough and clearly ahead; a person decides everything else.

    >>> decide([Scored(1, 60, ()), Scored(2, 60, ())]).because, decide([Scored(1, 59, ())]).because
    (<Because.EQUALS: 'suspense.equals'>, <Because.TOO_WEAK: 'suspense.too_weak'>)
    """
    if not ranked:
        return Decision(None, Because.NOBODY)
    best = ranked[0]
    if best.score < THRESHOLD:
        return Decision(None, Because.TOO_WEAK)
    if len(ranked) > 1 and best.score - ranked[1].score < MARGIN:
        return Decision(None, Because.EQUALS)
    return Decision(best, None)


def _amount(amount_fen: int, debt: Debt) -> Reason | None:
    if debt.total_fen and amount_fen == debt.total_fen:
        return Reason.ALL_OWED
    if amount_fen in debt.bills_fen:
        return Reason.ONE_BILL
    if debt.principal_fen and amount_fen == debt.principal_fen:
        return Reason.PRINCIPAL
    return None
