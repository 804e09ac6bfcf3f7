"""The demo's policies: a gentler version for new cases, a case moved to it, a stage relaxed, quiet days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from arrears.cases import services as desk
from arrears.cases.queries import CaseFilter, FoundCase, find_cases
from arrears.cases.services import RungDays
from config.demo.company import Place
from tenancy.kernel.errors import Refused
from tenancy.kernel.permissions import StaffMember
from tenancy.kernel.scope import acting_for
from tenancy.people.queries.members import default_membership_id, staff_member

_GENTLER: Final = {3: RungDays(20, 15), 4: RungDays(36, 0)}
_RELAXED_RUNGS: Final = (4, 5, 3)  # the visit rather than the second demand
_RELAXED_DAYS: Final = 30
_TRIED: Final = 12
_CHECK_DAYS: Final = 6


def morning(place: Place, day: date) -> None:
    """What the administrator, the manager and the team lead have decided by the last morning."""
    with acting_for(place.tenant_id, user_id=place.user_ids["admin"]):
        desk.new_version(community_id=None, name=f"{day:%Y-%m}", active_from=day, days=_GENTLER)
        found = list(find_cases(CaseFilter(), as_of=day))
    _move(place, found, day)
    _relax(place, found, day)
    with acting_for(place.tenant_id, user_id=place.user_ids["jingli"]):
        first = day + timedelta(days=_CHECK_DAYS)
        desk.add_quiet_days(
            name="小区消防演练", first_on=first, community_id=min(place.cash_points), as_of=day
        )


def _move(place: Place, found: list[FoundCase], day: date) -> None:
    with acting_for(place.tenant_id, user_id=place.user_ids["lingban"]):
        desk.rebase(case_ids=[found[-1].case_id], reason="业主要求按新办法办理，已与经理商定", as_of=day)


def _relax(place: Place, found: list[FoundCase], day: date) -> None:
    """The first case of which a rung still lies ahead."""
    by = _member(place, "jingli")
    for case in found[:_TRIED]:
        for level in _RELAXED_RUNGS:
            try:
                with acting_for(place.tenant_id, user_id=by.user_id):
                    desk.relax(
                        case_id=case.case_id,
                        level=level,
                        opens_on=day + timedelta(days=_RELAXED_DAYS),
                        reason="业主住院，家属约定出院后面谈",
                        by=by,
                        as_of=day,
                    )
            except Refused:
                continue
            return


def _member(place: Place, username: str) -> StaffMember:
    user_id = place.user_ids[username]
    member = staff_member(user_id=user_id, membership_id=default_membership_id(user_id=user_id))
    if member is None:
        raise LookupError(username)
    return member
