"""A statement of account: what was owed, what came in, what was let off, and what that left, line by line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple


class Entry(NamedTuple):
    """One line before its balance. `debit_fen`: owed more; `credit_fen`: came in, or went back."""

    on: date
    what: str
    about: str
    number: str = ""
    debit_fen: int = 0
    credit_fen: int = 0
    let_off_fen: int = 0
    charge_id: int | None = None
    bill_id: int | None = None
    payment_id: int | None = None


class Line(NamedTuple):
    """An entry and what the account owed after it; negative: it holds credit."""

    entry: Entry
    balance_fen: int


def with_balances(entries: Iterable[Entry]) -> tuple[Line, ...]:
    """In order of days, charges before what pays them on the same day.

    >>> day = date(2026, 1, 5)
    >>> paid, owed = Entry(day, "CASH", "", credit_fen=100), Entry(day, "charge", "", debit_fen=100)
    >>> [line.balance_fen for line in with_balances([paid, owed])]
    [100, 0]
    """
    balance, lines = 0, []
    for entry in sorted(entries, key=lambda entry: (entry.on, entry.debit_fen == 0)):
        balance += entry.debit_fen - entry.credit_fen - entry.let_off_fen
        lines.append(Line(entry, balance))
    return tuple(lines)


def sums(lines: Sequence[Line]) -> tuple[int, int, int]:
    """What was owed, came in and was let off in all."""
    return (
        sum(line.entry.debit_fen for line in lines),
        sum(line.entry.credit_fen for line in lines),
        sum(line.entry.let_off_fen for line in lines),
    )
