"""The week's floor: two contacts a week for every open case (R000-I14), as calls with a last day."""

from __future__ import annotations

from datetime import date, timedelta

from arrears.cases.models import Task
from arrears.cases.rules.contact import floor_due_on
from arrears.cases.rules.holds import LEFT_ALONE
from arrears.cases.rules.ladder import TOLERANCE_FEN
from arrears.cases.services.recording import PACKAGE, TaskRow, add_tasks
from tenancy.kernel import sql
from values.because import because


def keep_floor(*, as_of: date) -> int:
    """Ask for the calls that this week still lacks; returns how many are new. Nothing at the weekend.

    Left out: who has a call to come already, who is on hold or has promised a day, who cannot or will not be
    called, and whom the ladder has not asked to call yet.
    """
    if as_of.weekday() > 4:
        return 0
    monday = as_of - timedelta(days=as_of.weekday())
    params = {
        "as_of": as_of,
        "monday": monday,
        "left_alone": list(LEFT_ALONE),
        "tolerance_fen": TOLERANCE_FEN,
    }
    tasks = []
    for case_id, made in sql.rows(PACKAGE, "week_short", params):
        due_on = floor_due_on(made, as_of=as_of)
        if due_on is not None:
            tasks.append(
                TaskRow(case_id, Task.Kind.CALL, due_on, because("floor_of_week", monday=monday, made=made))
            )
    return add_tasks(tasks)
