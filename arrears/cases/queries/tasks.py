"""What waits to be done by people: open tasks, and how many are due."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from arrears.cases.models import Task


class OpenTask(NamedTuple):
    """One open task of the open company."""

    task_id: int
    kind: str
    community_id: int
    case_id: int
    account_id: int
    notice_id: int | None
    due_on: date
    because: str


def open_tasks(*, kinds: Collection[str], until: date) -> list[OpenTask]:
    """Open tasks of some kinds that are due by a day, oldest first."""
    found = Task.objects.filter(done_at=None, cancelled_at=None, kind__in=kinds, due_on__lte=until)
    rows = found.order_by("due_on", "pk").values_list(
        "pk", "kind", "community_id", "case_id", "account_id", "notice_id", "due_on", "because"
    )
    return [OpenTask(*row) for row in rows]


def tasks_due(*, as_of: date) -> int:
    """How many open tasks are due on a day or overdue: a stock, not work done."""
    return int(Task.objects.filter(done_at=None, cancelled_at=None, due_on__lte=as_of).count())
