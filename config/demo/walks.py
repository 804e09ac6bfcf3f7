"""The demo's rounds of this morning: visits, half of them done, and papers that patrol carries."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID, uuid5

from arrears.cases.queries import WorkFilter, visits_due
from arrears.team.queries import StopLine, round_page
from arrears.team.services import Plan, Seen, Sent, Signer, Skipped, plan_round, take_entry
from config import timetable
from config.demo.company import Place
from config.demo.picture import photo_of_a_door, stroke_of_a_pen
from notices.queries import waiting_ids
from notices.services import Photo
from tenancy.kernel.permissions import StaffMember
from tenancy.kernel.scope import acting_for
from tenancy.people.queries.members import staff_of

_DOORS: Final = 8
_PAPERS: Final = 10
_STARTS: Final = time(9, 10)
_EVERY: Final = timedelta(minutes=15)
_STAYS: Final = timedelta(minutes=9)
_KEYS: Final = UUID("6f1d5f0e-7a54-4d0e-9c2b-1b6d6f2f8a11")
_WALKS: Final = "pianguan"
_ALONG: Final = "jingli"
_PLANS: Final = "lingban"
_PATROL: Final = "xunluo"
# What the first doors brought; the others are still to be done.
_SAID: Final = (
    ("MET_UNDECIDED", "业主称电梯常停，愿意看维修记录后再交", True),
    ("NOBODY_HOME", "无人应门，已在门口留置密封联系卡", False),
    ("MET_UNDECIDED", "配偶在家，答应转告业主，约周末再谈", True),
)


class Walks:
    """The rounds of a day, through the services that staff and their phones use."""

    def __init__(self, place: Place) -> None:
        self._place = place

    def morning(self, day: date, *, at: datetime) -> None:
        """Plan both, and enter what happened until `at`; before nine nobody has rung yet."""
        planned_at = timetable.nominal(day, time(8, 30))
        with acting_for(self._place.tenant_id, user_id=self._place.user_ids[_PLANS]):
            found = {
                community_id: visits_due(WorkFilter(community_id=community_id), as_of=day)
                for community_id in sorted(self._place.cash_points)
            }
            community_id = max(found, key=lambda one: len(found[one]))
            due = found[community_id][:_DOORS]
            papers = waiting_ids(community_id=community_id, building_id=None, kind="BILL_NOTICE")[:_PAPERS]
            stops = self._plan(day, planned_at, [one.task_id for one in due])
            if papers:
                patrol = Plan(on=day, main_id=self._place.user_ids[_PATROL], notice_ids=papers)
                plan_round(plan=patrol, as_of=day, at=planned_at)
        for number, stop in enumerate(stops[: len(_SAID) + 1]):
            came_at = timetable.nominal(day, _STARTS) + number * _EVERY
            if came_at + _STAYS <= at:
                self._enter(stop, number, came_at)

    def _plan(self, day: date, at: datetime, task_ids: list[int]) -> tuple[StopLine, ...]:
        if not task_ids:
            return ()
        main_id, second_id = self._place.user_ids[_WALKS], self._place.user_ids[_ALONG]
        plan = Plan(on=day, main_id=main_id, second_id=second_id, task_ids=task_ids, with_papers=True)
        made = plan_round(plan=plan, as_of=day, at=at)
        return round_page(made.round_id, as_of=day).stops

    def _enter(self, stop: StopLine, number: int, came_at: datetime) -> None:
        signer: Signer | None = None
        photo: Photo | None = None
        what: Seen | Skipped = Skipped(reason="NO_ACCESS", note="单元门禁维修")
        if number < len(_SAID):
            result, said, signs = _SAID[number]
            what = Seen(result=result, feedback=said)
            photo = None if signs else Photo("door.png", photo_of_a_door())
            picture = Photo("signature.png", stroke_of_a_pen())
            signer = Signer(picture=picture, who="OWNER", name=stop.party_name) if signs else None
        sent = Sent(
            key=uuid5(_KEYS, f"{self._place.tenant_id}:{stop.stop_id}"),
            stop_id=stop.stop_id,
            came_at=came_at,
            left_at=came_at + _STAYS,
            what=what,
            photo=photo,
            signer=signer,
        )
        with acting_for(self._place.tenant_id, user_id=self._place.user_ids[_WALKS]):
            take_entry(sent=sent, by=self._walker(), received_at=came_at + _STAYS)

    def _walker(self) -> StaffMember:
        found = staff_of(user_id=self._place.user_ids[_WALKS], tenant_id=self._place.tenant_id)
        if found is None:
            raise LookupError(f"nobody is called {_WALKS}")
        return found
