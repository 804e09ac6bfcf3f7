"""What is booked and what goes back over the counter when money lies on it."""

from __future__ import annotations

from typing import NamedTuple


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


def _unsaid(due_fen: int, received_fen: int | None, *, is_cash: bool) -> int:
    if received_fen is None:
        return due_fen
    # Where nothing is due, money on the counter can only be an advance.
    return min(received_fen, due_fen) if is_cash and due_fen > 0 else received_fen
