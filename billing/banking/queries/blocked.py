"""Accounts that no bank may be asked to debit: disputed, in instalments, before a court.

A higher storey, which has the holds, hands the question in.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

Blocked = Callable[[date], set[int]]
_blocked: list[Blocked] = []


def blocked_by(asked: Blocked) -> None:
    """Called once by the composition root: what gives the ids of the accounts that are held on a day."""
    _blocked[:] = [asked]


def blocked_accounts(on: date) -> set[int]:
    """The ids. RuntimeError where nobody was told: then nobody may be debited."""
    if not _blocked:
        raise RuntimeError("nobody has said which accounts are held")
    return _blocked[0](on)
