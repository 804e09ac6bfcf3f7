"""Units: the header every record of one shows, and lists with filters."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext as _

from owners.models import Building, LegacyIssue, Ownership, Unit
from owners.queries.search import found_unit_ids
from tenancy.kernel.errors import NotFound


class UnitHeader(NamedTuple):
    """Who and where a unit is."""

    unit_id: int
    community_id: int
    community_code: str
    community_name: str
    code: str
    kind: str
    area_cm2: int
    building: str
    handover_on: date | None
    handover: str
    occupancy: str
    remark: str
    legacy_issues: tuple[str, ...]


class UnitRow(NamedTuple):
    """One line of the list of units."""

    unit_id: int
    community_name: str
    code: str
    kind: str
    building: str
    area_cm2: int
    handover: str
    handover_on: date | None
    occupancy: str
    owner_name: str
    joint: int


class UnitFilter(NamedTuple):
    """What a list of units is narrowed to; None and "" mean any."""

    text: str = ""
    community_id: int | None = None
    building_id: int | None = None
    kind: str = ""
    handover: str = ""


class BuildingRow(NamedTuple):
    """One building in a list of choices."""

    id: int
    community_id: int
    name: str


_HEADER = (
    "id", "community_id", "community__code", "community__name", "code", "kind", "area_cm2", "building__name",
    "handover_on", "handover", "occupancy", "remark",
)  # fmt: skip


def unit_header(unit_id: int) -> UnitHeader:
    """A unit with its open legacy issues; NotFound when it is not there, or not the member's."""
    found = Unit.objects.filter(pk=unit_id).values_list(*_HEADER).first()
    if found is None:
        raise NotFound(_("There is no such unit."))
    issues = LegacyIssue.objects.filter(unit_id=unit_id, closed_on=None).order_by("recorded_on", "pk")
    head: dict[str, Any] = dict(zip(UnitHeader._fields, found, strict=False))
    head["building"] = head["building"] or ""
    return UnitHeader(**head, legacy_issues=tuple(issues.values_list("text", flat=True)))


def unit_ids(*, community_id: int, codes: Collection[str]) -> dict[str, int]:
    """Ids by code; codes that are not there are left out."""
    found = Unit.objects.filter(community_id=community_id, code__in=list(codes))
    return dict(found.values_list("code", "pk"))


def units_of_kind(community_id: int, kind: str) -> list[int]:
    """Ids of a community's units of a kind, in order."""
    found = Unit.objects.filter(community_id=community_id, kind=kind, retired_on=None)
    return list(found.order_by("sort_key").values_list("pk", flat=True))


def buildings(community_id: int | None = None) -> list[BuildingRow]:
    """Buildings to filter by, in order."""
    found = Building.objects.order_by("community_id", "sort_key")
    if community_id is not None:
        found = found.filter(community_id=community_id)
    return [BuildingRow(*row) for row in found.values_list("id", "community_id", "name")]


def units(wanted: UnitFilter) -> QuerySet[Unit, Any]:
    """The units that fit, in the order people count them. For this app's own doors, which page it."""
    found = Unit.objects.filter(retired_on=None)
    if wanted.text.strip():
        found = found.filter(pk__in=found_unit_ids(wanted.text))
    exact: Mapping[str, Any] = {
        "community_id": wanted.community_id,
        "building_id": wanted.building_id,
        "kind": wanted.kind,
        "handover": wanted.handover,
    }
    return found.filter(Q(**{name: value for name, value in exact.items() if value})).order_by(
        "community_id", "sort_key", "pk"
    )


def area_of(found: QuerySet[Unit, Any]) -> int:
    """The area of all of them together, in square centimetres."""
    return int(found.order_by().aggregate(sum=Sum("area_cm2"))["sum"] or 0)


def unit_rows(page: Collection[Unit], *, on: date) -> list[UnitRow]:
    """Lines for one page of units, with the owner on a day; two reads, however many lines."""
    ids = [unit.pk for unit in page]
    holders: dict[int, list[str]] = {}
    owners = Ownership.objects.filter(unit_id__in=ids, role="OWNER", held__contains=on).order_by("rank")
    for unit_id, name in owners.values_list("unit_id", "party__name"):
        holders.setdefault(unit_id, []).append(name)
    places = Unit.objects.filter(pk__in=ids).values_list("pk", "community__name", "building__name")
    where = {pk: (community, building or "") for pk, community, building in places}
    return [
        UnitRow(
            unit.pk,
            where[unit.pk][0],
            unit.code,
            unit.kind,
            where[unit.pk][1],
            unit.area_cm2,
            unit.handover,
            unit.handover_on,
            unit.occupancy,
            holders.get(unit.pk, [""])[0],
            max(len(holders.get(unit.pk, [])) - 1, 0),
        )
        for unit in page
    ]
