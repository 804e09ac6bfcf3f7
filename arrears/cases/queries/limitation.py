"""The worklist of clocks that run out: per account what expires within so many days, or has expired."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple

from arrears.cases.queries.expiring import PACKAGE, Decided, Running, decided, running_out
from arrears.cases.rules.limitation import ALERT_DAYS, EXPIRED
from tenancy.kernel import sql

FILE_DAYS: Final = min(ALERT_DAYS)


@dataclass(frozen=True, slots=True)
class ClockFilter:
    """What the list is narrowed to. `within`: 180, 90 or 30 days ahead; EXPIRED: what has run out."""

    within: int = max(ALERT_DAYS)
    community_id: int | None = None


class RunningOut(NamedTuple):
    """An account with its charges of the days asked for; `last_on` is the earliest last day."""

    account_id: int
    last_on: date
    unpaid_fen: int
    charge_ids: tuple[int, ...]


class ClockLine(NamedTuple):
    """The same as people see it. `case_id` None: no open case. `task_due_on`: a letter is asked for by then.

    `notice_id`, `number`: a demand that waits for its delivery. `alert_days`, `alert_on`: who was told last.
    """

    account_id: int
    last_on: date
    days_left: int
    unpaid_fen: int
    charges: int
    community_id: int
    community_name: str
    unit_id: int
    unit_code: str
    party_name: str
    case_id: int | None
    collector_id: int | None
    collector_name: str
    task_due_on: date | None
    notice_id: int | None
    number: str
    alert_days: int | None
    alert_on: date | None
    next_step: str

    @property
    def days_over(self) -> int:
        """Days since the last day passed, else 0."""
        return max(0, -self.days_left)

    @property
    def task_over(self) -> int:
        """Days since the letter's day passed, else 0."""
        as_of = self.last_on - timedelta(days=self.days_left)
        return 0 if self.task_due_on is None else max(0, (as_of - self.task_due_on).days)

    @property
    def alert_word(self) -> str:
        """The key of the last alert among the words; empty where nobody was told."""
        return "" if self.alert_days is None else f"alert.{self.alert_days}"


class ClockFigure(NamedTuple):
    """How many accounts and how much money within some days."""

    within: int
    accounts: int
    unpaid_fen: int

    @property
    def word(self) -> str:
        """The key of the days among the words."""
        return f"within.{self.within}"


def find_running_out(chosen: ClockFilter, *, as_of: date) -> list[RunningOut]:
    """The accounts that fit, the earliest last day first. One read, however many there are."""
    days = max(ALERT_DAYS) if chosen.within == EXPIRED else chosen.within
    found = running_out(as_of=as_of, days=days, community_id=chosen.community_id)
    return _by_account([one for one in found if one.is_expired is (chosen.within == EXPIRED)])


def clock_lines(page: Sequence[RunningOut], *, as_of: date) -> list[ClockLine]:
    """One page in full, in the order given."""
    asked = {"account_ids": [one.account_id for one in page]}
    rows = {row[0]: row[1:] for row in sql.rows(PACKAGE, "limitation_rows", asked)} if page else {}
    said = decided([charge_id for one in page for charge_id in one.charge_ids])
    return [_line(one, rows[one.account_id], said, as_of) for one in page if one.account_id in rows]


def clock_figures(*, as_of: date, community_id: int | None = None) -> list[ClockFigure]:
    """The sums of every bucket, the most urgent first, from one read."""
    found = running_out(as_of=as_of, community_id=community_id)
    figures = []
    for within in (EXPIRED, *sorted(ALERT_DAYS)):
        rows = [one for one in found if _fits(one, within, as_of)]
        accounts = len({one.account_id for one in rows})
        figures.append(ClockFigure(within, accounts, sum(one.unpaid_fen for one in rows)))
    return figures


def _fits(one: Running, within: int, as_of: date) -> bool:
    last_on = one.clock.last_on
    if within == EXPIRED or one.is_expired:
        return one.is_expired and within == EXPIRED
    return last_on is not None and (last_on - as_of).days <= within


def _by_account(found: Sequence[Running]) -> list[RunningOut]:
    grouped: dict[int, list[Running]] = defaultdict(list)
    for one in found:
        grouped[one.account_id].append(one)
    rows = [
        RunningOut(
            account_id,
            min(one.clock.last_on for one in charges if one.clock.last_on),
            sum(one.unpaid_fen for one in charges),
            tuple(one.charge_id for one in charges),
        )
        for account_id, charges in grouped.items()
    ]
    return sorted(rows, key=lambda row: (row.last_on, -row.unpaid_fen, row.account_id))


def _line(one: RunningOut, row: Sequence[object], said: dict[int, Decided], as_of: date) -> ClockLine:
    left = (one.last_on - as_of).days
    line = ClockLine._make((one.account_id, one.last_on, left, one.unpaid_fen, len(one.charge_ids), *row, ""))
    return line._replace(next_step=_next_step(one, line, said))


def _next_step(one: RunningOut, line: ClockLine, said: dict[int, Decided]) -> str:
    """What somebody must do now, as a word."""
    if line.days_left < 0:
        open_ones = [pk for pk in one.charge_ids if pk not in said or said[pk].expired_on < one.last_on]
        if open_ones:
            return "limitation.decide"
        claims = all(said[pk].decision == "CLAIM" for pk in one.charge_ids)
        return "limitation.claim" if claims else "limitation.leave"
    if line.days_left <= FILE_DAYS:
        return "limitation.file"
    return "limitation.deliver" if line.notice_id is not None else "limitation.demand"
