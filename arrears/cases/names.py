"""What the audit trail calls a case and a ladder."""

from __future__ import annotations

from collections.abc import Collection

from arrears.cases.models import Case, Ladder


def cases(ids: Collection[int]) -> dict[int, str]:
    """id -> the unit's code."""
    return dict(Case.objects.filter(pk__in=ids).values_list("pk", "unit__code"))


def ladders(ids: Collection[int]) -> dict[int, str]:
    """id -> its name and version."""
    rows = Ladder.objects.filter(pk__in=ids).values_list("pk", "name", "version")
    return {pk: f"{name} v{version}" for pk, name, version in rows}
