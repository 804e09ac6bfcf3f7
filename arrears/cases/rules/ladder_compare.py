"""Two versions of a ladder side by side: other days, other terms, other deciders."""

from collections.abc import Sequence
from dataclasses import dataclass

from arrears.cases.rules.ladder import Rung

COMPARED = ("code", "min_days", "period_days", "approver")


@dataclass(frozen=True, slots=True)
class Difference:
    """One level of both ladders. `changed`: which of COMPARED differ; all, where only one has the rung."""

    level: int
    before: Rung | None
    after: Rung | None
    changed: tuple[str, ...]

    @property
    def is_changed(self) -> bool:
        """Whether anything differs."""
        return bool(self.changed)


def compare(before: Sequence[Rung], after: Sequence[Rung]) -> tuple[Difference, ...]:
    """Every level that either ladder has, lowest first.

    >>> from dataclasses import replace
    >>> from arrears.cases.rules.ladder import DEFAULT_LADDER
    >>> later = tuple(replace(rung, min_days=20) if rung.level == 3 else rung for rung in DEFAULT_LADDER)
    >>> [(one.level, one.changed) for one in compare(DEFAULT_LADDER, later) if one.is_changed]
    [(3, ('min_days',))]
    """
    left, right = ({rung.level: rung for rung in rungs} for rungs in (before, after))
    return tuple(
        _difference(level, left.get(level), right.get(level)) for level in sorted(left.keys() | right.keys())
    )


def _difference(level: int, before: Rung | None, after: Rung | None) -> Difference:
    if before is None or after is None:
        return Difference(level, before, after, COMPARED)
    changed = tuple(name for name in COMPARED if getattr(before, name) != getattr(after, name))
    return Difference(level, before, after, changed)
