"""The sums behind the dashboard: as the night kept them, else reckoned on the spot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from arrears.cases.queries import stuck
from reports.models import Tally
from reports.rules import taken
from reports.rules.ageing import bucket
from reports.rules.filling import window
from reports.rules.heat import Spot
from reports.rules.taken import Taken
from tenancy.kernel import sql

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Sums(NamedTuple):
    """Parts and wholes of the rates, principal in fen or counts of units, as of a day."""

    receivable_fen: int = 0
    collected_fen: int = 0
    opening_fen: int = 0
    recovered_fen: int = 0
    overdue_fen: int = 0
    units_billed: int = 0
    units_clear: int = 0
    units_clear_all: int = 0

    def plus(self, other: Sums) -> Sums:
        """Both together."""
        return Sums(*(a + b for a, b in zip(self, other, strict=True)))


@dataclass(frozen=True, slots=True)
class More:
    """What only the day itself can tell: ages and rungs, and money taken before the day began.

    `months`: 2026-01 -> fen.
    """

    spots: tuple[Spot, ...] = ()
    taken: Taken = field(default_factory=Taken)
    months: Mapping[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """For the table; from_json reads it."""
        return {
            "spots": [list(spot) for spot in self.spots],
            "taken": self.taken._asdict(),
            "months": dict(self.months),
        }

    @staticmethod
    def from_json(said: Mapping[str, Any]) -> More:
        """What as_json wrote."""
        spots = tuple(Spot(*spot) for spot in said["spots"])
        return More(spots, Taken(**said["taken"]), dict(said["months"]))

    def plus(self, other: More) -> More:
        """Both together."""
        months = {name: self.months.get(name, 0) + fen for name, fen in other.months.items()}
        return More(self.spots + other.spots, self.taken.plus(other.taken), {**self.months, **months})


class Kept(NamedTuple):
    """The figures of one community; `more` None where only the sums are known."""

    sums: Sums
    more: More | None
    computed_at: datetime


def kept(days: Collection[date], community_ids: Collection[int]) -> dict[date, dict[int, Kept]]:
    """What the nights left of some days, where every community asked for was there."""
    found: dict[date, dict[int, Kept]] = defaultdict(dict)
    for row in Tally.objects.filter(as_of__in=days, community_id__in=community_ids):
        sums = Sums(*(getattr(row, name) for name in Sums._fields))
        more = None if row.more is None else More.from_json(row.more)
        found[row.as_of][row.community_id] = Kept(sums, more, row.computed_at)
    return {day: rows for day, rows in found.items() if set(rows) >= set(community_ids)}


def is_final(rows: Mapping[int, Kept], *, as_of: date, today: date) -> bool:
    """Whether the sums still say what was so at the end of the day."""
    made_on = min(row.computed_at.astimezone(SHANGHAI).date() for row in rows.values())
    return as_of == today or made_on > as_of


def reckon_sums(as_of: date, *, community_ids: Sequence[int]) -> dict[int, Sums]:
    """The sums of every community asked for, from the charges and what moved since."""
    year_on, next_on = window(as_of)
    asked = {"as_of": as_of, "year_on": year_on, "next_on": next_on, "community_ids": list(community_ids)}
    found = {row[0]: Sums(*map(int, row[1:])) for row in sql.rows("reports", "tally", asked)}
    return {community_id: found.get(community_id, Sums()) for community_id in community_ids}


def reckon_more(as_of: date, *, community_ids: Sequence[int], spots: bool = True) -> dict[int, More]:
    """Ages and rungs as they stand now, and the money taken before the day."""
    daily = _daily(taken.first_day(as_of), as_of - timedelta(days=1), community_ids)
    heat: dict[int, list[Spot]] = defaultdict(list)
    for row in stuck(as_of=as_of, community_ids=community_ids) if spots else ():
        age = bucket(row.oldest_due_on, as_of=as_of).value
        heat[row.community_id].append(Spot(age, row.level, row.accounts, row.overdue_fen, row.undelivered))
    return {
        community_id: More(
            tuple(merged(heat[community_id])),
            taken.windows(daily[community_id], as_of=as_of),
            taken.by_month(daily[community_id], as_of=as_of),
        )
        for community_id in community_ids
    }


def taken_on(day: date, *, community_ids: Sequence[int]) -> int:
    """What one day brought, as of this moment."""
    return sum(sum(days.values()) for days in _daily(day, day, community_ids).values())


def merged(spots: Iterable[Spot]) -> list[Spot]:
    """One spot for each age and rung."""
    sums: dict[tuple[str, int], list[int]] = defaultdict(lambda: [0, 0, 0])
    for spot in spots:
        into = sums[spot.bucket, spot.level]
        for at, value in enumerate((spot.accounts, spot.fen, spot.undelivered)):
            into[at] += value
    return [Spot(*place, *values) for place, values in sorted(sums.items())]


def _daily(from_on: date, to_on: date, community_ids: Sequence[int]) -> dict[int, dict[date, int]]:
    asked = {"from_on": from_on, "to_on": to_on, "community_ids": list(community_ids)}
    found: dict[int, dict[date, int]] = defaultdict(dict)
    for community_id, posted_on, _payments, fen in sql.rows("reports", "takings", asked):
        found[community_id][posted_on] = fen
    return found
