"""The demo's team lead: stewards, a leave, sheets signed each evening, the reviews of two Fridays."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date, datetime, time, timedelta
from typing import Final

from arrears.team import queries, services
from arrears.team.queries.sheets import read_key
from arrears.team.rules.week import last_meeting
from config import timetable
from config.demo.company import Place
from owners.queries import buildings
from tenancy.kernel.permissions import StaffMember
from tenancy.kernel.scope import Scope, acting_for
from tenancy.people.queries.members import default_membership_id, staff_member

_LEAD, _BOSS, _GM = "lingban", "jingli", "zongjing"
_COLLECTORS: Final = ("qiantai", "pianguan")
_DAYS: Final = 8
_FORGOTTEN: Final = timedelta(days=4)  # one evening the team lead went home without signing
_WEEK: Final = timedelta(days=7)


class Team:
    """What the team lead and the project manager do about people and their days."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._members: dict[str, StaffMember] = {}

    def work(self, *, to_on: date) -> None:
        """The last days up to `to_on`, each evening's signatures and what midnight told."""
        self._stewards(to_on)
        for n in reversed(range(_DAYS)):
            day = to_on - timedelta(days=n)
            if day != to_on - _FORGOTTEN:
                self._evening(day, returns=day == to_on)
            with acting_for(self._place.tenant_id):
                services.tell_unsigned(day=day)
        self._reviews(last_meeting(to_on))
        self._leave(to_on)

    def _stewards(self, to_on: date) -> None:
        """Every second building of the first community has its steward."""
        first = min(self._place.cash_points)
        with self._as(_LEAD):
            for n, building in enumerate(buildings(first)):
                if n % 2 == 0:
                    who = self._place.user_ids[_COLLECTORS[n // 2 % 2]]
                    services.set_steward(building_id=building.id, user_id=who, as_of=to_on)

    def _leave(self, to_on: date) -> None:
        with self._as(_LEAD):
            services.enter_leave(
                user_id=self._place.user_ids[_COLLECTORS[1]],
                from_on=to_on + timedelta(days=5),
                to_on=to_on + timedelta(days=9),
                reason="年休假",
                as_of=to_on,
                at=timetable.nominal(to_on, time(17, 50)),
            )

    def _evening(self, day: date, *, returns: bool) -> None:
        """Everybody above signs; the last evening one sheet goes back."""
        for username, at in ((_LEAD, time(17, 55)), (_BOSS, time(18, 10)), (_GM, time(18, 30))):
            moment = timetable.nominal(day, at)
            with self._as(username):
                by = self._member(username)
                waiting = queries.queue(by, from_on=day, to_on=day)
                for n, row in enumerate(waiting):
                    if returns and n == 0 and row.kind == "RECORD":
                        self._send_back(row, by, moment)
                    else:
                        services.sign(key=read_key(row.key), by=by, at=moment)

    def _send_back(self, row: queries.SheetRow, by: StaffMember, at: datetime) -> None:
        comment = "第二户没有写清业主答复的缴费日期，请补充。"
        services.send_back(key=read_key(row.key), comment=comment, by=by, at=at)

    def _reviews(self, friday: date) -> None:
        for meeting_on in (friday - _WEEK, friday):
            with acting_for(self._place.tenant_id):
                services.make_packs(
                    meeting_on=meeting_on, at=timetable.nominal(meeting_on, timetable.MEETING_AT)
                )
        with self._as(_BOSS):
            self._minutes(friday - _WEEK)

    def _minutes(self, meeting_on: date) -> None:
        """The earlier meeting decided two things; one is done."""
        by, at = self._member(_BOSS), timetable.nominal(meeting_on, time(16, 20))
        first = min(self._place.cash_points)
        row = next(row for row in queries.packs(by, community_id=first) if row.meeting_on == meeting_on)
        for what, who, is_done in (
            ("首次电话超过三天的户，本周内全部补打并登记", _COLLECTORS[0], True),
            ("失信承诺两次以上的户，逐户上门核实原因", _LEAD, False),
        ):
            made = services.resolve(
                pack_id=row.pack_id,
                what=what,
                who_id=self._place.user_ids[who],
                until_on=meeting_on + _WEEK,
                by=by,
                as_of=meeting_on,
                at=at,
            )
            if is_done:
                done_on = meeting_on + timedelta(days=4)
                services.end_resolution(
                    resolution_id=made, note="已全部补打", by=by, as_of=done_on, at=at + timedelta(days=4)
                )

    def _as(self, username: str) -> AbstractContextManager[Scope]:
        return acting_for(self._place.tenant_id, user_id=self._place.user_ids[username])

    def _member(self, username: str) -> StaffMember:
        if username not in self._members:
            user_id = self._place.user_ids[username]
            found = staff_member(user_id=user_id, membership_id=default_membership_id(user_id=user_id))
            if found is None:
                raise LookupError(username)
            self._members[username] = found
        return self._members[username]
