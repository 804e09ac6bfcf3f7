"""Who looks after which building, who is away, and whose cases are with whom meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet

from arrears.cases.services import Staffing
from arrears.team.models import Cover, Leave, Steward
from owners.queries import buildings, communities
from tenancy.people.queries.members import names_of


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
    """Somebody's days away. `covered`: cases that others look after meanwhile."""

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
    covered: dict[int, int] = {}
    for leave_id in Cover.objects.filter(ended_on=None).values_list("leave_id", flat=True):
        covered[leave_id] = covered.get(leave_id, 0) + 1
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
