"""How much everybody has to do, and what it would mean to give some cases to somebody."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from arrears.cases.queries.kept import KeptRate, kept_by_collector
from arrears.cases.rules.classes import CaseClass
from arrears.cases.rules.workload import score
from tenancy.kernel import sql
from tenancy.kernel.permissions import Role
from tenancy.people.queries.members import MemberRow, members_playing

PACKAGE: Final = "arrears.cases"


class WorkRow(NamedTuple):
    """An open case with something past due, and the points that make it heavy."""

    case_id: int
    community_id: int
    collector_id: int | None
    overdue_fen: int
    points: int
    building_id: int | None = None


class Taker(NamedTuple):
    """Somebody who can take cases. `cases`, `points`: his open ones now.

    Of the chosen ones, `takes` (with `takes_points`) would come to him, `has` are his already, and
    `beyond` lie in communities that he does not see. `kept`: of the promises that he took down.
    """

    user_id: int
    name: str
    cases: int
    points: int
    takes: int = 0
    takes_points: int = 0
    has: int = 0
    beyond: int = 0
    kept: KeptRate = KeptRate()

    @property
    def cases_after(self) -> int:
        """His cases once he has them."""
        return self.cases + self.takes

    @property
    def points_after(self) -> int:
        """His points once he has them."""
        return self.points + self.takes_points


@dataclass(frozen=True, slots=True)
class Offer:
    """Chosen cases that can be given away, and who could take them.

    `left_out`: closed, or nothing past due; `nobodys`: with no collector so far.
    """

    case_ids: tuple[int, ...]
    left_out: int
    nobodys: int
    overdue_fen: int
    points: int
    takers: tuple[Taker, ...]


def open_work(*, as_of: date) -> Iterator[WorkRow]:
    """Every open case with something past due on the day; memory stays flat."""
    for block in sql.stream(PACKAGE, "workload", {"as_of": as_of}):
        for (
            case_id,
            community_id,
            collector_id,
            klass,
            overdue_fen,
            oldest_due_on,
            building_id,
            legacy,
        ) in block:
            points = score(
                days_late=(as_of - oldest_due_on).days,
                case_class=CaseClass(klass) if klass else None,
                amount_fen=overdue_fen,
                legacy_issue=legacy,
            )
            yield WorkRow(case_id, community_id, collector_id, overdue_fen, points, building_id)


def offer(case_ids: Collection[int], *, as_of: date) -> Offer:
    """What giving these cases away would mean, for everybody who may take them."""
    wanted, chosen = set(case_ids), list[WorkRow]()
    loads: dict[int, tuple[int, int]] = {}
    for row in open_work(as_of=as_of):
        if row.case_id in wanted:
            chosen.append(row)
        if row.collector_id is not None:
            cases, points = loads.get(row.collector_id, (0, 0))
            loads[row.collector_id] = cases + 1, points + row.points
    kept = kept_by_collector(as_of=as_of)
    return Offer(
        case_ids=tuple(row.case_id for row in chosen),
        left_out=len(wanted) - len(chosen),
        nobodys=sum(row.collector_id is None for row in chosen),
        overdue_fen=sum(row.overdue_fen for row in chosen),
        points=sum(row.points for row in chosen),
        takers=tuple(
            _taker(member, loads.get(member.user_id, (0, 0)), chosen)._replace(
                kept=kept.get(member.user_id, KeptRate())
            )
            for member in members_playing(Role.COLLECTOR.value)
        ),
    )


def takers(*, as_of: date) -> tuple[Taker, ...]:
    """Who may work on cases, and what each has now, by name."""
    return offer((), as_of=as_of).takers


def covers(member: MemberRow, community_id: int) -> bool:
    """Whether the member sees the community."""
    return member.community_ids is None or community_id in member.community_ids


def _taker(member: MemberRow, load: tuple[int, int], chosen: Collection[WorkRow]) -> Taker:
    seen = [row for row in chosen if covers(member, row.community_id)]
    new = [row for row in seen if row.collector_id != member.user_id]
    return Taker(
        member.user_id,
        member.name,
        *load,
        takes=len(new),
        takes_points=sum(row.points for row in new),
        has=len(seen) - len(new),
        beyond=len(chosen) - len(seen),
    )
