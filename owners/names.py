"""What the audit trail calls a community and a unit."""

from __future__ import annotations

from collections.abc import Collection

from owners.models import Community, Unit


def communities(ids: Collection[int]) -> dict[int, str]:
    """id -> name."""
    return dict(Community.objects.filter(pk__in=ids).values_list("pk", "name"))


def units(ids: Collection[int]) -> dict[int, str]:
    """id -> code."""
    return dict(Unit.objects.filter(pk__in=ids).values_list("pk", "code"))
