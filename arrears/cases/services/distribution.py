"""Who works on which case: a fair split by number and difficulty among who may see the community."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from arrears.cases.models import Case
from arrears.cases.rules.classes import CaseClass
from arrears.cases.rules.workload import Load, WorkCase, score, split
from arrears.cases.services.recording import PACKAGE
from tenancy.kernel import sql
from tenancy.kernel.permissions import Role
from tenancy.people.queries.members import MemberRow, members_playing


def assign_collectors(*, as_of: date) -> int:
    """Give the cases of nobody away, community by community; returns how many found somebody."""
    if not Case.objects.filter(closed_on=None, collector=None).exists():
        return 0
    collectors = members_playing(Role.COLLECTOR.value)
    loads: dict[int, Load] = {}
    free: dict[int, list[WorkCase]] = defaultdict(list)
    for block in sql.stream(PACKAGE, "workload", {"as_of": as_of}):
        for case_id, community_id, collector_id, klass, overdue_fen, oldest_due_on, legacy in block:
            points = score(
                days_late=(as_of - oldest_due_on).days,
                case_class=CaseClass(klass) if klass else None,
                amount_fen=overdue_fen,
                legacy_issue=legacy,
            )
            if collector_id is None:
                free[community_id].append(WorkCase(case_id, points))
            else:
                loads[collector_id] = _more(loads.get(collector_id, Load()), points)
    given: dict[int, int] = {}
    for community_id, cases in sorted(free.items()):
        chosen = _split(cases, [who for who in collectors if _covers(who, community_id)], loads)
        for case in cases:
            if case.case_id in chosen:
                who = chosen[case.case_id]
                loads[who] = _more(loads.get(who, Load()), case.score)
        given |= chosen
    return _write(given)


def _split(cases: list[WorkCase], who: list[MemberRow], loads: dict[int, Load]) -> dict[int, int]:
    if not who:
        return {}
    return split(cases, collector_ids=[member.user_id for member in who], loads=loads)


def _covers(member: MemberRow, community_id: int) -> bool:
    return member.community_ids is None or community_id in member.community_ids


def _more(load: Load, points: int) -> Load:
    return Load(load.points + points, load.cases + 1)


def _write(given: dict[int, int]) -> int:
    if not given:
        return 0
    params = {"case_ids": list(given), "collector_ids": list(given.values())}
    return int(sql.rows(PACKAGE, "assign", params)[0][0])
