"""What everybody has to do, and what a fair distribution would change: figures only, nothing is written."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from arrears.cases.queries import WorkRow, covers, open_work
from arrears.cases.rules.workload import Load, WorkCase, split
from arrears.cases.services import Staffing
from arrears.team.queries.duty import staffing_of
from arrears.team.rules.fair import Balance, Column, balance
from tenancy.kernel.permissions import Role
from tenancy.people.queries.members import MemberRow, members_playing


class Move(NamedTuple):
    """A case that would change hands."""

    case_id: int
    community_id: int
    from_id: int | None
    to_id: int


@dataclass(frozen=True, slots=True)
class FairPlan:
    """What "distribute fairly" would do, with the balance before and after."""

    moves: tuple[Move, ...]
    columns: tuple[Column, ...]
    before: Balance
    after: Balance
    nobodys: int


def fair_plan(*, as_of: date, community_id: int | None = None) -> FairPlan:
    """A fair split of the open cases in sight among who is there, by number and difficulty (domain 6.4).

    Cases of people who are away stay theirs: the night lends them out and takes them back.
    """
    staff = staffing_of(as_of)
    people = members_playing(Role.COLLECTOR.value)
    present = [member for member in people if member.user_id not in staff.away]
    rows = list(open_work(as_of=as_of))
    free = [row for row in rows if _may_move(row, staff, community_id)]
    given = split_fairly(free, present, staff, loads=_loads_beside(rows, free))
    moves = tuple(
        Move(row.case_id, row.community_id, row.collector_id, given[row.case_id])
        for row in free
        if given.get(row.case_id, row.collector_id) != row.collector_id
    )
    columns = _columns(people, rows, moves, staff.away)
    there = [column for column in columns if not column.away]
    return FairPlan(
        moves,
        columns,
        before=balance([column.now for column in there]),
        after=balance([column.then for column in there]),
        nobodys=sum(row.collector_id is None for row in free),
    )


def split_fairly(
    free: Sequence[WorkRow],
    present: Sequence[MemberRow],
    staff: Staffing,
    *,
    loads: Mapping[int, Load],
) -> dict[int, int]:
    """Case id -> collector, community by community; where nobody there sees one, its cases are left out."""
    sums = dict(loads)
    given: dict[int, int] = {}
    by_place: dict[int, list[WorkRow]] = defaultdict(list)
    for row in free:
        by_place[row.community_id].append(row)
    for community_id, rows in sorted(by_place.items()):
        who = [member.user_id for member in present if covers(member, community_id)]
        if not who:
            continue
        given |= split([_as_work(row, staff) for row in rows], collector_ids=who, loads=sums)
        _add(sums, ((given[row.case_id], row.points) for row in rows))
    return given


def loads_of(rows: Iterable[WorkRow]) -> dict[int, Load]:
    """What everybody has among these cases."""
    sums: dict[int, Load] = {}
    _add(sums, ((row.collector_id, row.points) for row in rows if row.collector_id is not None))
    return sums


def _as_work(row: WorkRow, staff: Staffing) -> WorkCase:
    return WorkCase(row.case_id, row.points, row.collector_id, staff.stewards.get(row.building_id or 0))


def _may_move(row: WorkRow, staff: Staffing, community_id: int | None) -> bool:
    return row.collector_id not in staff.away and community_id in (None, row.community_id)


def _loads_beside(rows: Sequence[WorkRow], free: Collection[WorkRow]) -> dict[int, Load]:
    moving = {row.case_id for row in free}
    return loads_of(row for row in rows if row.case_id not in moving)


def _columns(
    people: Sequence[MemberRow], rows: Sequence[WorkRow], moves: Sequence[Move], away: frozenset[int]
) -> tuple[Column, ...]:
    to = {move.case_id: move.to_id for move in moves}
    now, then = (
        loads_of(rows),
        loads_of(row._replace(collector_id=to.get(row.case_id, row.collector_id)) for row in rows),
    )
    comes, goes = Counter(move.to_id for move in moves), Counter(move.from_id for move in moves)
    return tuple(
        Column(
            member.user_id,
            member.name,
            now.get(member.user_id, Load()),
            then.get(member.user_id, Load()),
            comes[member.user_id],
            goes[member.user_id],
            member.user_id in away,
        )
        for member in people
    )


def _add(sums: dict[int, Load], given: Iterable[tuple[int, int]]) -> None:
    for who, points in given:
        load = sums.get(who, Load())
        sums[who] = Load(load.points + points, load.cases + 1)
