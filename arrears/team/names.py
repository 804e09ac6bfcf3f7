"""What the audit trail calls a visit round."""

from __future__ import annotations

from collections.abc import Collection

from arrears.team.models import Round


def rounds(ids: Collection[int]) -> dict[int, str]:
    """id -> its community and day."""
    rows = Round.objects.filter(pk__in=ids).values_list("pk", "community__name", "on")
    return {pk: f"{name} {on:%Y-%m-%d}" for pk, name, on in rows}
