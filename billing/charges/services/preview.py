"""What a run would issue, without issuing it: totals, who is left out, and what differs from last month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from billing.charges.queries.before import BilledBefore, billed_in
from billing.charges.rules import late_fee
from billing.charges.rules.due import check_lead
from billing.charges.services.differences import Change, Differences
from billing.charges.services.round import NewBill, Round, Skipped, Skips
from values.because import Because
from values.period import Period, add_months

SHOWN_CHANGES: Final = 50
SHOWN_ON_SCREEN: Final = 20
ALREADY_BILLED: Final = "already_billed"


class ItemTotal(NamedTuple):
    """A fee item in the run and in the period of the same length before it."""

    fee_item: str
    charges: int
    amount_fen: int
    before_charges: int
    before_fen: int

    @property
    def difference_fen(self) -> int:
        """How much more (or less) than last time."""
        return self.amount_fen - self.before_fen


class LeftOut(NamedTuple):
    """The units that a reason leaves out: how many, and the first of them."""

    code: str
    units: int
    known: tuple[Skipped, ...]

    @property
    def rows(self) -> tuple[Skipped, ...]:
        """As many as a screen shows."""
        return self.known[:SHOWN_ON_SCREEN]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.units - len(self.rows)

    @property
    def is_billed(self) -> bool:
        """Whether they have their bill already."""
        return self.code == ALREADY_BILLED


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What an issue on `issued_on` would make. `skipped`: the first of each reason; `reasons` counts all.

    `changes` holds the largest, of all that is billed for the month: by this run and (`issued_fen`) before.
    """

    community_id: int
    community_name: str
    period: Period
    issued_on: date
    units: int
    bills: int
    charges: int
    total_fen: int
    before_period: Period
    before_fen: int
    items: tuple[ItemTotal, ...]
    skipped: tuple[Skipped, ...]
    reasons: Mapping[str, int]
    issued_fen: int
    changes: tuple[Change, ...]
    changed: int
    change_reasons: Mapping[str, int]
    due_days: tuple[date, ...]
    warnings: tuple[Because, ...]

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """Who gets no bill, by reason; what only says that all is billed comes last."""
        ordered = sorted(self.reasons, key=lambda code: (code == ALREADY_BILLED, -self.reasons[code]))
        return tuple(
            LeftOut(code, self.reasons[code], tuple(row for row in self.skipped if row.code == code))
            for code in ordered
        )

    @property
    def rows(self) -> int:
        """How many bills there would be."""
        return self.bills

    @property
    def difference_fen(self) -> int:
        """How much more (or less) than last time."""
        return self.total_fen + self.issued_fen - self.before_fen

    @property
    def first_changes(self) -> tuple[Change, ...]:
        """As many as fit under a preview."""
        return self.changes[:SHOWN_ON_SCREEN]

    @property
    def is_first(self) -> bool:
        """Whether there is nothing to hold it against."""
        return not self.before_fen


def preview_bills(
    *, community_id: int, period: Period, as_of: date, shown_changes: int | None = SHOWN_CHANGES
) -> Preview:
    """Decide every unit as issue_bills would on the day `as_of`; nothing is written, it raises the same.

    `shown_changes`: how many units that pay another amount than before are kept (None: all).
    """
    round_ = Round(community_id=community_id, period=period)
    skips, units, bills, total_fen = Skips(), 0, 0, 0
    charges: dict[str, list[int]] = {}
    before_period = _before(period)
    before = billed_in(community_id, before_period)
    differences = Differences(community_id, period=period, before_period=before_period, before=before.by_unit)
    for seen, new in round_.units(skips):
        units += seen
        bills += len(new)
        total_fen += _add(new, charges)
        differences.add(new)
    changes = differences.changes()
    return Preview(
        community_id=community_id,
        community_name=round_.contract.community_name,
        period=period,
        issued_on=as_of,
        units=units,
        bills=bills,
        charges=sum(count for count, _fen in charges.values()),
        total_fen=total_fen,
        before_period=before_period,
        before_fen=sum(before.by_unit.values()),
        items=tuple(_items(charges, before)),
        skipped=tuple(skips.first),
        reasons=dict(skips.counts.most_common()),
        issued_fen=differences.issued_fen,
        changes=tuple(changes[:shown_changes]),
        changed=len(changes),
        change_reasons=dict(Counter(reason.value for change in changes for reason in change.reasons)),
        due_days=tuple(round_.due_days),
        warnings=tuple(_warnings(round_, as_of)) if bills else (),
    )


def _add(new: list[NewBill], charges: dict[str, list[int]]) -> int:
    for bill in new:
        for line in bill.lines:
            found = charges.setdefault(line.item.fee_item, [0, 0])
            found[0] += 1
            found[1] += line.debt.priced.total_fen
    return sum(bill.amount_fen for bill in new)


def _items(charges: Mapping[str, list[int]], before: BilledBefore) -> Iterable[ItemTotal]:
    for name in sorted({*charges, *before.by_item}):
        now, amount_fen = charges.get(name, (0, 0))
        earlier, before_fen = before.by_item.get(name, (0, 0))
        yield ItemTotal(name, now, amount_fen, earlier, before_fen)


def _before(period: Period) -> Period:
    return Period(add_months(period.start, -len(period.months())), period.start)


def _warnings(round_: Round, issued_on: date) -> Iterable[Because]:
    for due in round_.due_days:
        short = check_lead(issued_on=issued_on, due_on=due)
        if short:
            yield short
    high = late_fee.annual_warning(round_.contract.rate_e8)
    if high:
        yield high
