"""Judgments and orders as the ladder sees them: until when a case is given to pay under its instrument.

The ladder knows no court: arrears.legal registers where to look.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date

from arrears.cases.queries.facts import Row
from arrears.cases.rules.ladder import Rung

Source = Callable[[Collection[int]], Mapping[int, date]]
_SOURCES: list[Source] = []


def register(source: Source) -> None:
    """Let `source` tell, for case ids, the last day to pay under an instrument; others are left out."""
    _SOURCES[:] = [source]


def payable_until(found: Collection[tuple[Row, tuple[Rung, ...]]]) -> dict[int, date]:
    """Case id -> the last day to pay, where the next rung needs an instrument. One read, or none."""
    waiting = [
        row.case_id
        for row, ladder in found
        if row.case_id is not None
        and row.level < len(ladder)
        and ladder[row.level].params.get("needs_instrument")
    ]
    sources = _SOURCES if waiting else ()
    return {case_id: day for source in sources for case_id, day in source(waiting).items()}
