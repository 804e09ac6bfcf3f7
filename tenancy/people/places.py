"""The communities a member may be limited to. A higher storey, which has their tables, hands in the list."""

from __future__ import annotations

from collections.abc import Callable

Listing = Callable[[], list[tuple[int, str]]]
_listing: list[Listing] = []


def listed_by(listing: Listing) -> None:
    """Called once by the composition root: what gives (id, name) of the open company's communities."""
    _listing[:] = [listing]


def communities() -> list[tuple[int, str]]:
    """(id, name) of every community of the open company."""
    return _listing[0]() if _listing else []
