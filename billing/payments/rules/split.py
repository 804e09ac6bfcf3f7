"""A settlement sheet's lines: what of a charge is the seller's, and what the buyer's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple


class SplitLine(NamedTuple):
    """One charge, cut by the day of the transfer. A side without days owes nothing of it; both ends count."""

    fee_item: str
    first_on: date
    last_on: date
    total_fen: int
    seller_days: int
    seller_fen: int
    buyer_days: int
    buyer_fen: int

    def as_json(self) -> dict[str, Any]:
        """For the sheet's frozen facts; from_json reads it."""
        said = self._asdict()
        return said | {"first_on": self.first_on.isoformat(), "last_on": self.last_on.isoformat()}

    @staticmethod
    def from_json(said: Mapping[str, Any]) -> SplitLine:
        """What as_json wrote.

        >>> line = SplitLine("物业费", date(2026, 4, 1), date(2026, 4, 30), 21002, 17, 11901, 13, 9101)
        >>> SplitLine.from_json(line.as_json()) == line
        True
        """
        days = {name: date.fromisoformat(said[name]) for name in ("first_on", "last_on")}
        return SplitLine(**{**said, **days})


class Sums(NamedTuple):
    """A sheet's last line."""

    total_fen: int
    seller_fen: int
    buyer_fen: int


def sums_of(lines: Iterable[SplitLine]) -> Sums:
    """All lines together."""
    found = list(lines)
    return Sums(
        sum(line.total_fen for line in found),
        sum(line.seller_fen for line in found),
        sum(line.buyer_fen for line in found),
    )
