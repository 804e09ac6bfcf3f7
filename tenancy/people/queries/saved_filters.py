"""The filters that a member keeps for his lists."""

from __future__ import annotations

from typing import NamedTuple

from tenancy.people.models import SavedFilter


class SavedRow(NamedTuple):
    """One saved filter of one list."""

    saved_id: int
    name: str
    query: str


def saved_filters(*, user_id: int, view: str) -> list[SavedRow]:
    """A member's filters of one list, by name."""
    found = SavedFilter.objects.filter(user_id=user_id, view=view).order_by("name")
    return [SavedRow(*row) for row in found.values_list("pk", "name", "query")]
