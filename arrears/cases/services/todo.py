"""Things to do that no other door ends: a payment that was checked, a report to the team lead."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from arrears.cases.models import Task
from tenancy.kernel.errors import Conflict, NotFound
from tenancy.kernel.scope import current_user_id
from tenancy.people.services import audit

BY_HAND: Final = (Task.Kind.CHECK_PAYMENT, Task.Kind.REVIEW)


class NotByHand(Conflict):
    """The task ends when its work is recorded, or it has ended already."""

    code = "cases.task_not_by_hand"


def finish_task(*, task_id: int, at: datetime, note: str = "") -> None:
    """Tick off a task. Raises NotFound, NotByHand."""
    task = Task.objects.filter(pk=task_id).first()
    if task is None:
        raise NotFound(_("There is no such task."))
    done = Task.objects.filter(pk=task_id, kind__in=BY_HAND, done_at=None, cancelled_at=None).update(
        done_at=at, done_by_id=current_user_id()
    )
    if done == 0:
        raise NotByHand(_("This task ends when its work is recorded."))
    audit.record("task.done", kind="task", pk=task_id, note=note.strip())
