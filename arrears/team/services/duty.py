"""Stewards of buildings, leave with cover, hand-over for good, and the fair distribution."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from arrears.cases.queries import covers, open_work
from arrears.cases.services import assign_cases, staffing
from arrears.team.models import Cover, Leave, Steward
from arrears.team.queries.duty import away_on
from arrears.team.queries.fair import fair_plan, loads_of, split_fairly
from owners.queries import buildings
from tenancy.kernel.errors import Conflict, NotFound, Refused
from tenancy.kernel.permissions import Role
from tenancy.kernel.scope import current_user_id
from tenancy.people.queries.members import MemberRow, members_playing
from tenancy.people.services import audit

LONGEST = timedelta(days=366)


class DutyRefused(Refused):
    """Days that do not fit, or a person who takes no cases there."""

    code = "team.duty_refused"


class PlanChanged(Conflict):
    """What would change hands is not what the page showed."""

    code = "team.plan_changed"


class Handed(NamedTuple):
    """What a night moved: cases lent out, taken back, and given away for good."""

    lent: int = 0
    returned: int = 0
    given: int = 0

    def as_json(self) -> dict[str, int]:
        """For a job's row."""
        return {"cases_lent": self.lent, "cases_returned": self.returned, "cases_given": self.given}


class Noted(NamedTuple):
    """A leave, and what changed hands at once: None while it lies ahead."""

    leave_id: int
    handed: Handed | None


def set_steward(*, building_id: int, user_id: int | None, as_of: date) -> None:
    """Who looks after a building from today on; None: nobody in particular. NotFound, DutyRefused."""
    place = next((row for row in buildings() if row.id == building_id), None)
    if place is None:
        raise NotFound(_("There is no such building."))
    new = None if user_id is None else _collector(user_id)
    if new is not None and not covers(new, place.community_id):
        text = _("%(name)s does not see this community.") % {"name": new.name}
        raise DutyRefused(text, field="user")
    before = Steward.objects.select_for_update().filter(building_id=building_id, until_on=None).first()
    if (before.user_id if before else None) == user_id:
        return
    if before is not None:
        Steward.objects.filter(pk=before.pk).update(until_on=max(as_of, before.from_on))
    if new is not None:
        Steward.objects.create(
            community_id=place.community_id, building_id=building_id, user_id=new.user_id, from_on=as_of
        )
    audit.record(
        "steward.set", kind="building", pk=building_id, building=place.name, steward=new.name if new else ""
    )


def enter_leave(
    *, user_id: int, from_on: date, to_on: date | None, reason: str, as_of: date, at: datetime
) -> Noted:
    """Note days away, both inclusive; without a last day the person leaves for good. DutyRefused.

    The cases change hands in the night before, or at once for a leave that runs already.
    """
    who = _collector(user_id)
    _check_days(from_on, to_on, as_of)
    if _overlapping(user_id, from_on, to_on).exists():
        raise DutyRefused(
            _("%(name)s is away on some of these days already.") % {"name": who.name}, field="from_on"
        )
    row = Leave.objects.create(
        user_id=user_id,
        from_on=from_on,
        to_on=to_on,
        reason=reason.strip(),
        entered_by_id=current_user_id(),
        entered_at=at,
    )
    said = {"person": who.name, "from_on": from_on.isoformat(), "to_on": to_on.isoformat() if to_on else ""}
    audit.record("leave.entered", kind="leave", pk=row.pk, **said)
    return Noted(int(row.pk), hand_over(as_of=as_of) if from_on <= as_of else None)


def cancel_leave(*, leave_id: int, as_of: date, at: datetime) -> None:
    """The person is back, or never went: what was lent out returns at once. NotFound, Conflict."""
    if not Leave.objects.filter(pk=leave_id).exists():
        raise NotFound(_("There is no such leave."))
    running = Q(to_on__isnull=True) | Q(to_on__gte=as_of)
    if not Leave.objects.filter(running, pk=leave_id, cancelled_at=None).update(cancelled_at=at):
        raise Conflict(_("This leave is over already."))
    audit.record("leave.cancelled", kind="leave", pk=leave_id)
    hand_over(as_of=as_of)


def hand_over(*, as_of: date) -> Handed:
    """The night: cases of who is back return, cases of who is away go to others. A replay finds nothing."""
    returned = _take_back(as_of)
    away = {row.user_id: row for row in away_on(as_of).select_for_update().order_by("pk")}
    if not away:
        return Handed(returned=returned)
    for leave in away.values():
        if leave.to_on is None:
            Steward.objects.filter(user_id=leave.user_id, until_on=None, from_on__lte=as_of).update(
                until_on=as_of
            )
    rows = list(open_work(as_of=as_of))
    free = [row for row in rows if row.collector_id in away]
    present = [member for member in members_playing(Role.COLLECTOR.value) if member.user_id not in away]
    loads = loads_of(row for row in rows if row.collector_id not in away)
    given = split_fairly(free, present, staffing(as_of=as_of), loads=loads)
    lent = 0
    for row in free:
        if row.case_id in given and row.collector_id is not None:
            lent += _lend(row.case_id, row.community_id, away[row.collector_id], given[row.case_id], as_of)
    _assign(given.items())
    return Handed(lent, returned, len(given) - lent)


def distribute(*, as_of: date, expected: int, community_id: int | None = None) -> int:
    """Give the open cases out fairly; returns how many changed hands. PlanChanged unless `expected` would."""
    plan = fair_plan(as_of=as_of, community_id=community_id)
    if len(plan.moves) != expected:
        text = _(
            "The cases have changed: %(count)d would change hands now. Look again, then distribute them."
        )
        raise PlanChanged(text % {"count": len(plan.moves)})
    _assign((move.case_id, move.to_id) for move in plan.moves)
    if plan.moves:
        audit.record("cases.distributed", kind="case", count=len(plan.moves), spread=plan.after.points)
    return len(plan.moves)


def _lend(case_id: int, community_id: int, leave: Leave, acting_id: int, as_of: date) -> int:
    """Keep the tie to whose case it is; 1 unless he leaves for good. Who stands in may be away himself."""
    open_cover = Cover.objects.filter(case_id=case_id, ended_on=None).select_related("leave").first()
    if open_cover is None and leave.to_on is None:
        return 0
    home_id, tied_to = (open_cover.home_id, open_cover.leave) if open_cover else (leave.user_id, leave)
    if open_cover is not None:
        Cover.objects.filter(pk=open_cover.pk).update(ended_on=as_of)
    Cover.objects.create(
        leave=tied_to,
        community_id=community_id,
        case_id=case_id,
        home_id=home_id,
        acting_id=acting_id,
        from_on=as_of,
    )
    return 1


def _take_back(as_of: date) -> int:
    """Cases whose collector is back become his again; who plays no part any more gets none."""
    over = Q(leave__to_on__lt=as_of) | Q(leave__cancelled_at__isnull=False)
    rows = list(
        Cover.objects.select_for_update(of=("self",)).filter(over, ended_on=None).select_related("case")
    )
    if not rows:
        return 0
    playing = {member.user_id: member for member in members_playing(Role.COLLECTOR.value)}
    home = [
        (row.case_id, row.home_id)
        for row in rows
        if row.case.closed_on is None
        and row.home_id in playing
        and covers(playing[row.home_id], row.case.community_id)
    ]
    Cover.objects.filter(pk__in=[row.pk for row in rows]).update(ended_on=as_of)
    _assign(home)
    return len(home)


def _assign(given: Iterable[tuple[int, int]]) -> None:
    by_person: dict[int, list[int]] = defaultdict(list)
    for case_id, user_id in given:
        by_person[user_id].append(case_id)
    for user_id, case_ids in sorted(by_person.items()):
        assign_cases(case_ids=case_ids, collector_id=user_id)


def _collector(user_id: int) -> MemberRow:
    found = next((row for row in members_playing(Role.COLLECTOR.value) if row.user_id == user_id), None)
    if found is None:
        raise DutyRefused(_("Choose somebody who works at the desk."), field="user")
    return found


def _check_days(from_on: date, to_on: date | None, as_of: date) -> None:
    if to_on is not None and to_on < from_on:
        raise DutyRefused(_("The last day lies before the first."), field="to_on")
    if (to_on or from_on) < as_of:
        raise DutyRefused(_("These days are over already."), field="from_on")
    if from_on - as_of > LONGEST or (to_on is not None and to_on - from_on > LONGEST):
        raise DutyRefused(_("A leave lasts a year at most."), field="to_on")


def _overlapping(user_id: int, from_on: date, to_on: date | None) -> QuerySet[Leave]:
    found = Leave.objects.filter(
        Q(to_on__isnull=True) | Q(to_on__gte=from_on), user_id=user_id, cancelled_at=None
    )
    return found if to_on is None else found.filter(from_on__lte=to_on)
