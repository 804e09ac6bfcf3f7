"""Who looks after which building, who is away, and whose cases are with whom meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from arrears.cases.queries import covers
from arrears.cases.services import Staffing
from arrears.team.models import Cover, Leave, Steward
from owners.queries import buildings, communities
from tenancy.kernel.permissions import Role
from tenancy.people.queries.members import members_playing, names_of


class StewardRow(NamedTuple):
    """A building and who looks after it; `user_id` is None while nobody does."""

    building_id: int
    building: str
    community_id: int
    community_name: str
    user_id: int | None
    name: str
    from_on: date | None


class LeaveRow(NamedTuple):
    """Somebody's days away. `covered`: cases that others looked after, or do now."""

    leave_id: int
    user_id: int
    name: str
    from_on: date
    to_on: date | None
    reason: str
    state: str
    covered: int

    @property
    def tone(self) -> str:
        """How a badge shows the state."""
        return {"leave.NOW": "warn", "leave.AHEAD": "info"}.get(self.state, "quiet")


def away_on(as_of: date) -> QuerySet[Leave]:
    """The leaves of a day, those for good among them."""
    return Leave.objects.filter(
        Q(to_on__isnull=True) | Q(to_on__gte=as_of), from_on__lte=as_of, cancelled_at=None
    )


class Gap(NamedTuple):
    """From a day on nobody who takes the cases of a community is there."""

    on: date
    community_name: str


def gaps(*, as_of: date) -> list[Gap]:
    """Where everybody who takes cases is away at once, now or later: the first such day of each community."""
    ahead = list(Leave.objects.filter(Q(to_on__isnull=True) | Q(to_on__gte=as_of), cancelled_at=None))
    team = [member for member in members_playing(Role.COLLECTOR.value) if member.is_active]
    days = sorted({max(leave.from_on, as_of) for leave in ahead})
    found = []
    for place in communities():
        there = {member.user_id for member in team if covers(member, place.id)}
        for day in days:
            away = {leave.user_id for leave in ahead if leave.from_on <= day and _lasts(leave, day)}
            if there and there <= away:
                found.append(Gap(day, place.name))
                break
    return found


def _lasts(leave: Leave, day: date) -> bool:
    return leave.to_on is None or leave.to_on >= day


def staffing_of(as_of: date) -> Staffing:
    """What the distribution of cases asks."""
    away = frozenset(away_on(as_of).values_list("user_id", flat=True))
    found = Steward.objects.filter(until_on=None, from_on__lte=as_of)
    return Staffing(away, dict(found.values_list("building_id", "user_id")))


def stewards() -> list[StewardRow]:
    """Every building in sight, with its steward."""
    found = {row.building_id: row for row in Steward.objects.filter(until_on=None)}
    names = names_of({row.user_id for row in found.values()})
    places = {place.id: place.name for place in communities()}
    return [
        StewardRow(
            place.id,
            place.name,
            place.community_id,
            places.get(place.community_id, ""),
            row.user_id if row else None,
            names.get(row.user_id, "") if row else "",
            row.from_on if row else None,
        )
        for place in buildings()
        for row in (found.get(place.id),)
    ]


def leaves(*, as_of: date) -> list[LeaveRow]:
    """Everybody's days away, the newest first; cancelled ones too."""
    rows = list(Leave.objects.order_by("-from_on", "-pk"))
    names = names_of({row.user_id for row in rows})
    lent = Cover.objects.values_list("leave_id").annotate(Count("case_id", distinct=True))
    covered: dict[int, int] = dict(lent)
    return [
        LeaveRow(
            row.pk,
            row.user_id,
            names.get(row.user_id, ""),
            row.from_on,
            row.to_on,
            row.reason,
            _state(row, as_of),
            covered.get(row.pk, 0),
        )
        for row in rows
    ]


def covered_for(case_ids: list[int]) -> Iterator[tuple[int, int]]:
    """(case, its own collector) of cases that somebody looks after for another."""
    yield from Cover.objects.filter(case_id__in=case_ids, ended_on=None).values_list("case_id", "home_id")


def _state(row: Leave, as_of: date) -> str:
    if row.cancelled_at is not None:
        return "leave.CANCELLED"
    if row.from_on > as_of:
        return "leave.AHEAD"
    if row.to_on is None:
        return "leave.FOR_GOOD"
    return "leave.NOW" if row.to_on >= as_of else "leave.OVER"
