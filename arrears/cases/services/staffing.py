"""Who is away and who looks after which building: kept by a higher storey, which hands it in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple


class Staffing(NamedTuple):
    """People who take no cases on a day, and the steward (片管) of each building that has one."""

    away: frozenset[int] = frozenset()
    stewards: Mapping[int, int] = MappingProxyType({})


Source = Callable[[date], Staffing]
_source: list[Source] = []


def told_by(source: Source) -> None:
    """Called once when the higher storey starts: what tells the staffing of the open company on a day."""
    _source[:] = [source]


def staffing(*, as_of: date) -> Staffing:
    """The staffing of a day; nobody away and no stewards while no storey tells."""
    return _source[0](as_of) if _source else Staffing()
