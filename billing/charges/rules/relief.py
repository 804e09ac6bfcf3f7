"""Who decides about what is let off, by how much it is (3.3)."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import Final


class Relief(StrEnum):
    """What is asked for."""

    LATE_FEE = "LATE_FEE"
    PRINCIPAL = "PRINCIPAL"
    WRITE_OFF = "WRITE_OFF"


# Up to how many fen a part decides on late fee; the company's administrator without a limit.
_LIMITS: Final = (("team_lead", 10_000), ("project_manager", 100_000), ("branch_gm", 1_000_000))
_ABOVE: Final = "company_admin"
_PRINCIPAL: Final = ("branch_gm", "finance")


def deciders(relief: Relief, *, amount_fen: int, asked_by: Collection[str] = ()) -> tuple[str, ...]:
    """The parts that must agree, in order. Late fee: the lowest that may, but none that the asker plays.

    Principal always needs two: the branch's head and finance (R004-20).

    >>> deciders(Relief.LATE_FEE, amount_fen=10_000), deciders(Relief.LATE_FEE, amount_fen=10_001)
    (('team_lead',), ('project_manager',))
    >>> deciders(Relief.LATE_FEE, amount_fen=5_000, asked_by={"team_lead"})
    ('project_manager',)
    >>> deciders(Relief.LATE_FEE, amount_fen=1_000_001)
    ('company_admin',)
    >>> deciders(Relief.WRITE_OFF, amount_fen=1)
    ('branch_gm', 'finance')
    """
    if relief is not Relief.LATE_FEE:
        return _PRINCIPAL
    may = (role for role, limit in _LIMITS if amount_fen <= limit and role not in asked_by)
    return (next(may, _ABOVE),)
