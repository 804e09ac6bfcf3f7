"""What the objects of the audit trail are called: every app tells the names of its own kinds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping

# kind -> the names of some of its ids; each reads the open company only.
NAMERS: dict[str, Callable[[Collection[int]], Mapping[int, str]]] = {}


def names_of(objects: Iterable[tuple[str, int | None]]) -> dict[tuple[str, int], str]:
    """(kind, id) -> name, one read per kind; what has no namer, or is gone, is left out."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for kind, pk in objects:
        if pk is not None and kind in NAMERS:
            wanted[kind].add(pk)
    return {(kind, pk): name for kind, ids in wanted.items() for pk, name in NAMERS[kind](ids).items()}
