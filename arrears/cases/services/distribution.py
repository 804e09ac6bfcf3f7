"""Who works on which case: a fair split by number and difficulty among who may see the community."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from arrears.cases.models import Case
from arrears.cases.queries.workload import covers, open_work
from arrears.cases.rules.workload import Load, WorkCase, score, split
from arrears.cases.services.recording import PACKAGE
from arrears.cases.services.staffing import Staffing, staffing
from tenancy.kernel import sql
from tenancy.kernel.permissions import Role
from tenancy.people.queries.members import MemberRow, members_playing


class NewCase(NamedTuple):
    """An account that starts to climb."""

    account_id: int
    community_id: int
    overdue_fen: int
    days_late: int


class Distribution:
    """Gives new cases away, block by block; what everybody has already is read when it is first needed."""

    def __init__(self, *, as_of: date) -> None:
        self._as_of = as_of
        self._collectors: list[MemberRow] | None = None
        self._loads: dict[int, Load] = {}
        self._staffing = Staffing()
        self.nobodys: dict[int, list[WorkCase]] = {}

    def give(self, new: Sequence[NewCase]) -> dict[int, int]:
        """Account id -> collector; accounts of communities that nobody may see are left out."""
        if not new:
            return {}
        account_ids = [case.account_id for case in new]
        legacy = {pk for (pk,) in sql.rows(PACKAGE, "legacy_accounts", {"account_ids": account_ids})}
        self._read()
        stewards = self._stewards(account_ids)
        free: dict[int, list[WorkCase]] = defaultdict(list)
        for case in new:
            points = score(
                days_late=case.days_late,
                case_class=None,
                amount_fen=case.overdue_fen,
                legacy_issue=case.account_id in legacy,
            )
            steward_id = stewards.get(case.account_id)
            free[case.community_id].append(WorkCase(case.account_id, points, steward_id=steward_id))
        return self._split(free)

    def give_nobodys(self) -> dict[int, int]:
        """Case id -> collector, for open cases that nobody works on."""
        self._read()
        return self._split(self.nobodys)

    def _split(self, free: dict[int, list[WorkCase]]) -> dict[int, int]:
        self._read()
        given: dict[int, int] = {}
        for community_id, cases in sorted(free.items()):
            who = [member.user_id for member in self._collectors or () if covers(member, community_id)]
            chosen = split(cases, collector_ids=who, loads=self._loads) if who else {}
            for case in cases:
                if case.case_id in chosen:
                    self._add(chosen[case.case_id], case.score)
            given |= chosen
        return given

    def _read(self) -> None:
        if self._collectors is not None:
            return
        self._staffing = staffing(as_of=self._as_of)
        playing = members_playing(Role.COLLECTOR.value)
        self._collectors = [member for member in playing if member.user_id not in self._staffing.away]
        self.nobodys = defaultdict(list)
        for row in open_work(as_of=self._as_of):
            if row.collector_id is None:
                steward_id = self._staffing.stewards.get(row.building_id or 0)
                self.nobodys[row.community_id].append(
                    WorkCase(row.case_id, row.points, steward_id=steward_id)
                )
            else:
                self._add(row.collector_id, row.points)

    def _stewards(self, account_ids: list[int]) -> dict[int, int]:
        """Account id -> the steward of its building; one read, and none where nobody is a steward."""
        stewards = self._staffing.stewards
        if not stewards:
            return {}
        rows = sql.rows(PACKAGE, "buildings_of", {"account_ids": account_ids})
        return {account_id: stewards[building] for account_id, building in rows if building in stewards}

    def _add(self, collector_id: int, points: int) -> None:
        load = self._loads.get(collector_id, Load())
        self._loads[collector_id] = Load(load.points + points, load.cases + 1)


def assign_collectors(*, as_of: date) -> int:
    """Give the open cases of nobody away, community by community; returns how many found somebody."""
    if not Case.objects.filter(closed_on=None, collector=None).exists():
        return 0
    given = Distribution(as_of=as_of).give_nobodys()
    if not given:
        return 0
    params = {"case_ids": list(given), "collector_ids": list(given.values())}
    return int(sql.rows(PACKAGE, "assign", params)[0][0])
