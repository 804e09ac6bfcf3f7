"""Requests that wait for a decision."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Q

from tenancy.people.models import Approval


class PendingRow(NamedTuple):
    """A request that nobody has decided yet."""

    approval_id: int
    kind: str
    subject: str
    role: str
    asked_by_id: int | None
    facts: dict[str, Any]


def pending(*, roles: Iterable[str]) -> list[PendingRow]:
    """What waits for a member with these roles, oldest first."""
    waiting = Approval.objects.filter(role__in=list(roles), decision=Approval.Decision.PENDING)
    columns = ("pk", "kind", "subject", "role", "asked_by_id", "facts")
    return [PendingRow(*row) for row in waiting.order_by("asked_at", "pk").values_list(*columns)]


def count_pending(*, roles: Iterable[str], not_asked_by: int) -> int:
    """How many requests a member with these roles may decide; one's own are for somebody else."""
    waiting = Approval.objects.filter(role__in=list(roles), decision=Approval.Decision.PENDING)
    return waiting.filter(Q(asked_by=None) | ~Q(asked_by_id=not_asked_by)).count()
