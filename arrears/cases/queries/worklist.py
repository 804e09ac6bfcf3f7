"""Who to call by a day: the calls in the order of the desk, other tasks by their day, and a page in full."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from arrears.cases.models import Case
from arrears.cases.rules.holds import AGREED, LEFT_ALONE, REMIND_DAYS, SPOKEN_TASKS
from arrears.cases.rules.ladder import TOLERANCE_FEN
from arrears.cases.rules.queue import Waiting, place
from tenancy.kernel import sql
from tenancy.kernel.memory import collector_paused
from values.because import Because

PACKAGE: Final = "arrears.cases"
CALLS: Final = ("CALL", "CHECK_PAYMENT")
REVIEWS: Final = ("REVIEW",)


@dataclass(frozen=True, slots=True)
class WorkFilter:
    """What a list of tasks is narrowed to; None means any."""

    community_id: int | None = None
    collector_id: int | None = None


class Due(NamedTuple):
    """A task in its place on the list, with the principal past due at reading time.

    `place`: what put a call where it stands; None where a list goes by its days.
    """

    task_id: int
    case_id: int
    overdue_fen: int
    due_on: date
    place: Because | None = None


class TaskLine(NamedTuple):
    """A task as people see it. `phone` is masked; `days_over`: days since its last day passed, else 0."""

    task_id: int
    case_id: int
    account_id: int
    kind: str
    due_on: date
    because: Because
    community_id: int
    community_name: str
    unit_id: int
    unit_code: str
    party_name: str
    overdue_fen: int
    days_late: int
    klass: str
    collector_id: int | None
    collector_name: str
    phone: str
    promised_on: date | None
    promise_doubt: str
    legacy_issue: str
    last_outcome: str
    last_at: datetime | None
    days_over: int
    place: Because | None = None

    @property
    def last_word(self) -> str:
        """The key of the last call's outcome among the words."""
        return f"outcome.{self.last_outcome}"


def worklist(chosen: WorkFilter, *, as_of: date) -> list[Due]:
    """The calls that are due, in the order of the desk (rules/queue.py): urgency first, then value."""
    monday = as_of - timedelta(days=as_of.weekday())
    params = {**_params(CALLS, chosen, as_of, as_of), "monday": monday}
    with collector_paused():
        waiting = [
            (place(Waiting._make(call), as_of=as_of), task_id, case_id, call[2], call[1])
            for task_id, case_id, *call in sql.rows(PACKAGE, "calls_due", params)
        ]
        waiting.sort(key=lambda row: (row[0].key, row[1]))
    return [
        Due(task_id, case_id, fen, due_on, where.because) for where, task_id, case_id, fen, due_on in waiting
    ]


def own_queue(user_id: int) -> WorkFilter:
    """His own cases, when he has any that are open; everybody's otherwise."""
    has_cases = Case.objects.filter(collector_id=user_id, closed_on=None).exists()
    return WorkFilter(collector_id=user_id if has_cases else None)


def reviews_due(chosen: WorkFilter, *, as_of: date) -> list[Due]:
    """The cases that the desk reported to the team lead, the longest waiting first."""
    return due_tasks(REVIEWS, chosen, as_of=as_of)


def due_tasks(
    kinds: Collection[str], chosen: WorkFilter, *, as_of: date, until: date | None = None
) -> list[Due]:
    """Open tasks due by `until` (`as_of` unless given) whose accounts owe on `as_of`, oldest due first.

    Calls and visits wait while a hold stands under which nobody speaks to the owner (domain 6.1), and nothing
    is filed while a deferral or a plan stands.
    """
    return [Due(*row) for row in sql.rows(PACKAGE, "tasks", _params(kinds, chosen, as_of, until or as_of))]


def _params(kinds: Collection[str], chosen: WorkFilter, as_of: date, until: date) -> dict[str, Any]:
    return {
        "spoken": list(SPOKEN_TASKS),
        "left_alone": list(LEFT_ALONE),
        "agreed": list(AGREED),
        "remind_days": REMIND_DAYS,
        "kinds": list(kinds),
        "as_of": as_of,
        "until": until,
        "tolerance_fen": TOLERANCE_FEN,
        "community_id": chosen.community_id,
        "collector_id": chosen.collector_id,
    }


def task_lines(page: Sequence[Due], *, as_of: date) -> list[TaskLine]:
    """One page in full, in the order given."""
    ids = [due.task_id for due in page]
    found = {row[0]: row for row in sql.rows(PACKAGE, "task_rows", {"ids": ids, "as_of": as_of})}
    return [_line(found[due.task_id], as_of, due.place) for due in page if due.task_id in found]


def next_case(case_id: int, tasks: Sequence[Due]) -> int | None:
    """The case after this one on the list, else the first other one; None when nothing else waits.

    >>> day = date(2026, 5, 14)
    >>> next_case(2, [Due(1, 1, 100, day), Due(2, 2, 100, day), Due(3, 3, 100, day)])
    3
    >>> next_case(3, [Due(1, 1, 100, day), Due(3, 3, 100, day)])
    1
    """
    order = [due.case_id for due in tasks]
    after = order[order.index(case_id) + 1 :] if case_id in order else []
    return next((other for other in [*after, *order] if other != case_id), None)


def _line(row: tuple[Any, ...], as_of: date, where: Because | None) -> TaskLine:
    head, (code, params), home, (overdue_fen, oldest_due_on), rest = (
        row[:5], row[5:7], row[7:12], row[12:14], row[14:],
    )  # fmt: skip
    days_late = (as_of - oldest_due_on).days if oldest_due_on else 0
    why = Because(code, json.loads(params))
    days_over = max(0, (as_of - head[4]).days)
    return TaskLine._make((*head, why, *home, overdue_fen, days_late, *rest, days_over, where))
