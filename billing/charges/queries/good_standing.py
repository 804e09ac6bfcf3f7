"""Who may have the offers that ask for a good standing (缴费口碑).

A higher storey, which judges standings, hands the judge in.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Set
from datetime import date

# Party ids and a day -> those of them who stand well on it.
Judge = Callable[[Collection[int], date], Set[int]]
_judge: list[Judge] = []


def judged_by(judge: Judge) -> None:
    """Called once when the higher storey starts: what tells who stands well, in a few statements for all."""
    _judge[:] = [judge]


def in_good_standing(party_ids: Collection[int], *, as_of: date) -> Set[int]:
    """Those who stand well. RuntimeError where nobody judges: then nobody may be given anything."""
    if not _judge:
        raise RuntimeError("nobody has said who is in good standing")
    return _judge[0](party_ids, as_of)
