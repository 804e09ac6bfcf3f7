"""Requests that wait for a decision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q

from tenancy.people.models import Approval, ApprovalRemark


class PendingRow(NamedTuple):
    """A request that nobody has decided yet."""

    approval_id: int
    kind: str
    subject: str
    role: str
    asked_by_id: int | None
    facts: dict[str, Any]


class Remark(NamedTuple):
    """A question about a request, or an answer."""

    at: datetime
    by: str
    by_id: int
    is_question: bool
    text: str


def remarks_of(approval_ids: Iterable[int]) -> dict[int, list[Remark]]:
    """What was asked and answered about some requests, the oldest first."""
    found: dict[int, list[Remark]] = defaultdict(list)
    rows = ApprovalRemark.objects.filter(approval_id__in=list(approval_ids)).order_by("pk")
    for approval_id, *said in rows.values_list("approval_id", "at", "by__name", "by", "is_question", "text"):
        found[approval_id].append(Remark(*said))
    return found


def count_asked(*, not_by: int) -> int:
    """How many requests that wait have a question of somebody else without an answer."""
    later = ApprovalRemark.objects.filter(approval=OuterRef("approval"), pk__gt=OuterRef("pk"))
    last = ApprovalRemark.objects.filter(approval__decision=Approval.Decision.PENDING).exclude(Exists(later))
    return int(last.filter(is_question=True).exclude(by=not_by).count())


def pending(*, roles: Iterable[str]) -> list[PendingRow]:
    """What waits for a member with these roles, oldest first."""
    waiting = Approval.objects.filter(role__in=list(roles), decision=Approval.Decision.PENDING)
    columns = ("pk", "kind", "subject", "role", "asked_by_id", "facts")
    return [PendingRow(*row) for row in waiting.order_by("asked_at", "pk").values_list(*columns)]


def count_pending(*, roles: Iterable[str], not_asked_by: int) -> int:
    """How many requests a member with these roles may decide; one's own are for somebody else."""
    waiting = Approval.objects.filter(role__in=list(roles), decision=Approval.Decision.PENDING)
    return waiting.filter(Q(asked_by=None) | ~Q(asked_by_id=not_asked_by)).count()
