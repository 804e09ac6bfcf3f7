"""Who pays another amount than last time, and why: two months held against each other, unit by unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from billing.charges.queries.before import billed_in, billed_lines
from billing.charges.rules.differences import Reason, paid_for, reasons
from billing.charges.services.round import Line, NewBill
from values.period import Period

_UNIT = attrgetter("unit_code")


class Change(NamedTuple):
    """A unit that pays another amount than last time; 0 where it paid or will pay nothing."""

    unit_code: str
    before_fen: int
    amount_fen: int
    reasons: tuple[Reason, ...]

    @property
    def difference_fen(self) -> int:
        """How much more (or less)."""
        return self.amount_fen - self.before_fen

    @property
    def words(self) -> list[str]:
        """The keys of the reasons among the words."""
        return [f"change.{reason}" for reason in self.reasons]


class Differences:
    """Fed with the bills of a run, block by block; keeps the calculations of units that differ, no others."""

    def __init__(
        self, community_id: int, *, period: Period, before_period: Period, before: Mapping[str, int]
    ) -> None:
        self._community_id = community_id
        self._period, self._before_period = period, before_period
        self._before = before
        self._issued = billed_in(community_id, period).by_unit if before else {}
        self._new: dict[str, int] = {}
        self._lines: dict[str, list[Line]] = {}

    @property
    def issued_fen(self) -> int:
        """What is billed for the period already."""
        return sum(self._issued.values())

    def add(self, bills: Iterable[NewBill]) -> None:
        """The next bills; those of a unit follow each other."""
        if not self._before:
            return
        for code, of_unit in groupby(bills, key=_UNIT):
            mine = list(of_unit)
            fen = self._new[code] = sum(bill.amount_fen for bill in mine)
            if fen + self._issued.get(code, 0) != self._before.get(code, 0):
                self._lines[code] = [line for bill in mine for line in bill.lines]

    def changes(self) -> list[Change]:
        """Every unit whose sum differs, the largest first; none where nothing was billed before."""
        codes = sorted({*self._before, *self._issued, *self._new}) if self._before else []
        sums = [(code, self._before.get(code, 0), self._now(code)) for code in codes]
        changed = [row for row in sums if row[1] != row[2]]
        if not changed or not (self._new or self._issued):
            return []
        names = [code for code, *_fen in changed]
        before = billed_lines(self._community_id, self._before_period, names)
        now = billed_lines(self._community_id, self._period, names)
        rows = [
            Change(code, old, new, self._why(before.get(code, []), now.get(code, []), code))
            for code, old, new in changed
        ]
        return sorted(rows, key=lambda row: -abs(row.difference_fen))

    def _now(self, code: str) -> int:
        return self._new.get(code, 0) + self._issued.get(code, 0)

    def _why(self, before: list[Any], issued: list[Any], code: str) -> tuple[Reason, ...]:
        coming = [_snapshot(line) for line in self._lines.get(code, ())]
        return reasons(paid_for(before), paid_for([*issued, *coming]))


def _snapshot(line: Line) -> dict[str, Any]:
    """What the charge will keep, as far as it is compared."""
    item = line.item
    return line.debt.priced.snapshot() | {
        "tariff": {"id": item.tariff_id},
        "fee_item": {"name": item.fee_item},
    }
