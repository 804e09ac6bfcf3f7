"""Yearly collection targets: what holds on a day, and how it came about."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from reports.models import Target


class TargetRow(NamedTuple):
    """A target of a community from a day on; `holds`: it is the one in force."""

    target_id: int
    community_id: int
    community_name: str
    year: int
    from_on: date
    amount_fen: int
    holds: bool


def targets(*, as_of: date, year: int | None = None, community_id: int | None = None) -> list[TargetRow]:
    """All targets, the newest year and day first."""
    found = Target.objects.order_by("-year", "community__name", "-from_on", "-pk")
    if year is not None:
        found = found.filter(year=year)
    if community_id is not None:
        found = found.filter(community_id=community_id)
    fields = ("pk", "community_id", "community__name", "year", "from_on", "amount_fen")
    rows: list[TargetRow] = []
    seen: set[tuple[int, int]] = set()
    for pk, place, name, of_year, from_on, amount_fen in found.values_list(*fields):
        holds = from_on <= as_of and (place, of_year) not in seen
        if holds:
            seen.add((place, of_year))
        rows.append(TargetRow(pk, place, name, of_year, from_on, amount_fen, holds))
    return rows


def targets_of_year(*, as_of: date) -> dict[int, int]:
    """Community id -> what it means to collect in the day's year, as was decided by that day, in fen."""
    found = Target.objects.filter(year=as_of.year, from_on__lte=as_of).order_by("from_on", "pk")
    return dict(found.values_list("community_id", "amount_fen"))
