"""Whom no number reaches is visited to find one: a call that nobody can make is asked of nobody (class C)."""

from __future__ import annotations

from collections.abc import Collection

from arrears.cases.models import Case, Task
from arrears.cases.queries.calling import out_of_reach
from arrears.cases.services.recording import TaskRow


def reachable(rows: Collection[TaskRow]) -> list[TaskRow]:
    """The same things to do; a call to somebody without a number worth ringing becomes a visit."""
    calls = [row.case_id for row in rows if row.kind == Task.Kind.CALL]
    who = dict(Case.objects.filter(pk__in=calls).values_list("pk", "account__party_id"))
    silent = out_of_reach(set(who.values()))
    return [
        row._replace(kind=Task.Kind.VISIT)
        if row.kind == Task.Kind.CALL and who.get(row.case_id) in silent
        else row
        for row in rows
    ]
