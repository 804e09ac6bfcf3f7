"""How a closed case ended, read from what happened to it."""

from enum import StrEnum
from typing import Final, NamedTuple

WRITTEN_OFF: Final = "WRITTEN_OFF"


class Outcome(StrEnum):
    """The ends of a case."""

    PAID = "PAID"
    PLAN = "PLAN"
    SETTLED = "SETTLED"
    JUDGMENT = "JUDGMENT"
    WRITTEN_OFF = "WRITTEN_OFF"
    WITHDRAWN = "WITHDRAWN"


class Ending(NamedTuple):
    """What is known of a closed case. `paid_fen`: money that came in for it while it was open."""

    close_reason: str
    paid_fen: int = 0
    in_force: bool = False
    settled: bool = False
    planned: bool = False


def outcome(ending: Ending) -> Outcome:
    """How it ended. Nothing came in and nothing was written off: what was claimed was taken back.

    >>> outcome(Ending("PAID", paid_fen=5, in_force=True)).value, outcome(Ending("PAID")).value
    ('JUDGMENT', 'WITHDRAWN')
    """
    if ending.close_reason == WRITTEN_OFF:
        return Outcome.WRITTEN_OFF
    if ending.paid_fen <= 0:
        return Outcome.WITHDRAWN
    if ending.in_force:
        return Outcome.JUDGMENT
    if ending.settled:
        return Outcome.SETTLED
    return Outcome.PLAN if ending.planned else Outcome.PAID
