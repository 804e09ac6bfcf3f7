"""How even work lies: what people have, before and after."""

from collections.abc import Sequence
from typing import NamedTuple

from arrears.cases.rules.workload import Load


class Column(NamedTuple):
    """One person's work, now and after; `comes`, `goes`: cases that change hands."""

    user_id: int
    name: str
    now: Load
    then: Load
    comes: int = 0
    goes: int = 0
    away: bool = False


class Balance(NamedTuple):
    """How far apart the lightest and the heaviest stand, in points and in cases."""

    points: int
    cases: int


def balance(loads: Sequence[Load]) -> Balance:
    """The spread among people who are there.

    >>> balance([Load(14, 3), Load(11, 2), Load(11, 2)])
    Balance(points=3, cases=1)
    """
    if not loads:
        return Balance(0, 0)
    points, cases = [load.points for load in loads], [load.cases for load in loads]
    return Balance(max(points) - min(points), max(cases) - min(cases))
