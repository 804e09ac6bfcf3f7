"""The distribution as a board: people as columns, their heaviest cases as cards; and everybody's workload."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from arrears.cases.queries import FoundCase, WorkFilter, WorkRow, case_lines, open_work, worklist
from arrears.cases.rules.workload import Load
from arrears.team.queries.duty import covered_for, staffing_of
from arrears.team.queries.fair import loads_of
from arrears.team.queries.sheets import PACKAGE
from arrears.team.rules.fair import Balance, balance
from tenancy.kernel import sql
from tenancy.kernel.permissions import Role
from tenancy.people.queries.members import members_playing, names_of

CARDS: Final = 12  # a column shows its heaviest; the list of cases has them all


class Card(NamedTuple):
    """A case on the board. `home`: whose it is while somebody else looks after it."""

    case_id: int
    unit_code: str
    party_name: str
    overdue_fen: int
    days_late: int
    klass: str
    points: int
    home: str


class Pile(NamedTuple):
    """A person's column, or (user_id None) what is nobody's."""

    user_id: int | None
    name: str
    load: Load
    away: bool
    buildings: int
    cards: tuple[Card, ...]

    @property
    def hidden(self) -> int:
        """How many cases the column does not show."""
        return self.load.cases - len(self.cards)


@dataclass(frozen=True, slots=True)
class Board:
    """Everybody's column, and how even they are."""

    piles: tuple[Pile, ...]
    spread: Balance


class LoadRow(NamedTuple):
    """One person's work, in figures."""

    user_id: int
    name: str
    cases: int
    points: int
    calls: int
    visits: int
    promises: int
    late: int
    covering: int
    away: bool


def distribution_board(*, as_of: date, community_id: int | None = None) -> Board:
    """The open cases in sight by person."""
    rows = [row for row in open_work(as_of=as_of) if community_id in (None, row.community_id)]
    staff, people = staffing_of(as_of), members_playing(Role.COLLECTOR.value)
    loads, known = loads_of(rows), {member.user_id for member in people}
    top = _heaviest(rows)
    cards = _cards([row for pile in top.values() for row in pile], as_of)
    held = {who: sum(1 for user_id in staff.stewards.values() if user_id == who) for who in known}
    free = [row for row in rows if row.collector_id is None]
    gone = {row.collector_id for row in rows if row.collector_id is not None} - known
    names = names_of(set(gone))
    columns: list[tuple[int | None, str, Load]] = (
        [(None, "", Load(sum(row.points for row in free), len(free)))] if free else []
    )
    columns += [(who, names.get(who or 0, ""), loads.get(who or 0, Load())) for who in sorted(gone, key=str)]
    columns += [(member.user_id, member.name, loads.get(member.user_id, Load())) for member in people]
    piles = tuple(
        Pile(
            who,
            name,
            load,
            who in staff.away or (who is not None and who not in known),
            held.get(who or 0, 0),
            tuple(cards[row.case_id] for row in top.get(who, ()) if row.case_id in cards),
        )
        for who, name, load in columns
    )
    return Board(piles, balance([pile.load for pile in piles if pile.user_id is not None and not pile.away]))


def workload(*, as_of: date, community_id: int | None = None) -> list[LoadRow]:
    """What each collector has and must do today, the busiest first; the calls are those of the call list."""
    rows = [row for row in open_work(as_of=as_of) if community_id in (None, row.community_id)]
    loads, away = loads_of(rows), staffing_of(as_of).away
    whose = {row.case_id: row.collector_id for row in rows}
    calls = Counter(whose.get(due.case_id) for due in worklist(WorkFilter(community_id), as_of=as_of))
    counted: dict[int | None, list[int]] = defaultdict(lambda: [0] * 4)
    for who, *figures in sql.rows(
        PACKAGE, "workload_of_people", {"as_of": as_of, "community_id": community_id}
    ):
        counted[who] = [a + b for a, b in zip(counted[who], figures, strict=True)]
    told = []
    for member in members_playing(Role.COLLECTOR.value):
        load = loads.get(member.user_id, Load())
        visits, late, promises, covering = counted[member.user_id]
        told.append(
            LoadRow(
                member.user_id,
                member.name,
                load.cases,
                load.points,
                calls[member.user_id],
                visits,
                promises,
                late,
                covering,
                member.user_id in away,
            )
        )
    return sorted(told, key=lambda row: (-row.points, row.name))


def _heaviest(rows: list[WorkRow]) -> dict[int | None, list[WorkRow]]:
    piles: dict[int | None, list[WorkRow]] = defaultdict(list)
    for row in rows:
        piles[row.collector_id].append(row)
    return {
        who: sorted(pile, key=lambda row: (-row.points, -row.overdue_fen, row.case_id))[:CARDS]
        for who, pile in piles.items()
    }


def _cards(rows: list[WorkRow], as_of: date) -> dict[int, Card]:
    points = {row.case_id: row.points for row in rows}
    home = dict(covered_for(list(points)))
    names = names_of(set(home.values()))
    lines = case_lines([FoundCase(pk, 0) for pk in points], as_of=as_of)
    return {
        line.case_id: Card(
            line.case_id,
            line.unit_code,
            line.party_name,
            line.overdue_fen,
            line.days_late,
            line.klass,
            points[line.case_id],
            names.get(home.get(line.case_id, 0), "") if home.get(line.case_id) != line.collector_id else "",
        )
        for line in lines
    }
