"""What is booked and what goes back over the counter when money lies on it."""

from __future__ import annotations

from typing import Final, NamedTuple

MAX_CHANGE_FEN: Final = 100_000
MAX_CREDIT_FEN: Final = 10_000_000


class Booked(NamedTuple):
    """`amount_fen` is paid in; `tendered_fen` is the cash it was taken from, None without cash."""

    amount_fen: int
    tendered_fen: int | None


def book(*, due_fen: int, amount_fen: int | None, received_fen: int | None, is_cash: bool) -> Booked:
    """What a payment becomes when it is not spelled out.

    A typed amount stands. Nothing received: what is due. Cash pays at most what is due, the rest is change;
    less than that is a part payment. A transfer is booked whole: nobody gives change for one.

    >>> book(due_fen=900, amount_fen=None, received_fen=1000, is_cash=True)
    Booked(amount_fen=900, tendered_fen=1000)
    >>> book(due_fen=900, amount_fen=None, received_fen=500, is_cash=True)
    Booked(amount_fen=500, tendered_fen=500)
    >>> book(due_fen=900, amount_fen=None, received_fen=1000, is_cash=False)
    Booked(amount_fen=1000, tendered_fen=None)
    >>> book(due_fen=900, amount_fen=1000, received_fen=1000, is_cash=True)
    Booked(amount_fen=1000, tendered_fen=1000)
    """
    if amount_fen is None:
        amount_fen = _unsaid(due_fen, received_fen, is_cash=is_cash)
    return Booked(amount_fen, received_fen if is_cash else None)


def is_absurd_change(booked: Booked) -> bool:
    """Whether so much cash would go back that the amount received must be mistyped.

    Notes go to 100 yuan: who pays with a bundle gets back less than that, rarely more, never thousands.

    >>> [is_absurd_change(Booked(900, received)) for received in (100_900, 100_901)]
    [False, True]
    """
    return booked.tendered_fen is not None and booked.tendered_fen - booked.amount_fen > MAX_CHANGE_FEN


def is_absurd_credit(credit_fen: int) -> bool:
    """Whether so much would be left over that a digit must be one too many.

    >>> [is_absurd_credit(left_over) for left_over in (10_000_000, 10_000_001)]
    [False, True]
    """
    return credit_fen > MAX_CREDIT_FEN


def _unsaid(due_fen: int, received_fen: int | None, *, is_cash: bool) -> int:
    if received_fen is None:
        return due_fen
    # Where nothing is due, money on the counter can only be an advance.
    return min(received_fen, due_fen) if is_cash and due_fen > 0 else received_fen
