"""Writing steps and tasks as sets; every use case records through these."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

from tenancy.kernel import sql
from tenancy.kernel.scope import current_user_id
from values.because import Because

PACKAGE: Final = "arrears.cases"


class StepRow(NamedTuple):
    """One event of a step."""

    case_id: int
    account_id: int
    level: int
    code: str
    event: str
    on: date
    because: Because
    charge_ids: Sequence[int] = ()
    notice_id: int | None = None
    approval_id: int | None = None


class TaskRow(NamedTuple):
    """One thing to do."""

    case_id: int
    kind: str
    due_on: date
    because: Because
    notice_id: int | None = None


class Ended(NamedTuple):
    """Open tasks of one kind of a case that are done, or (`done=False`) pointless."""

    case_id: int
    kind: str
    done: bool = True


def record_steps(rows: Sequence[StepRow]) -> int:
    """Insert events in order; returns how many were new."""
    if not rows:
        return 0
    columns = {
        "case_ids": [row.case_id for row in rows],
        "account_ids": [row.account_id for row in rows],
        "levels": [row.level for row in rows],
        "codes": [row.code for row in rows],
        "events": [row.event for row in rows],
        "days": [row.on for row in rows],
        "becauses": [row.because.code for row in rows],
        "params": _params(row.because for row in rows),
        "charge_ids": [_array(row.charge_ids) for row in rows],
        "notice_ids": [row.notice_id for row in rows],
        "approval_ids": [row.approval_id for row in rows],
        "by_id": current_user_id(),
    }
    return sql.run(PACKAGE, "record_steps", columns)


def add_tasks(rows: Collection[TaskRow]) -> int:
    """Add things to do; one open task of a kind per case. Returns how many are new or changed."""
    if not rows:
        return 0
    columns = {
        "case_ids": [row.case_id for row in rows],
        "kinds": [row.kind for row in rows],
        "due_ons": [row.due_on for row in rows],
        "becauses": [row.because.code for row in rows],
        "params": _params(row.because for row in rows),
        "notice_ids": [row.notice_id for row in rows],
    }
    return sql.run(PACKAGE, "add_tasks", columns)


def end_tasks(rows: Collection[Ended]) -> int:
    """Close open tasks; returns how many were open."""
    if not rows:
        return 0
    columns = {
        "case_ids": [row.case_id for row in rows],
        "kinds": [row.kind for row in rows],
        "done": [row.done for row in rows],
        "by_id": current_user_id(),
    }
    return sql.run(PACKAGE, "end_tasks", columns)


def _params(reasons: Iterable[Because]) -> list[str]:
    # Rules make a reason once for all who share it, and so is its text.
    known: dict[int, str] = {}
    texts = []
    for why in reasons:
        text = known.get(id(why))
        if text is None:
            text = known[id(why)] = json.dumps(dict(why.params), ensure_ascii=False)
        texts.append(text)
    return texts


def _array(ids: Sequence[int]) -> str:
    # An array of arrays must be rectangular, so each row's ids travel as text: {1,2}.
    return "{" + ",".join(map(str, ids)) + "}"
