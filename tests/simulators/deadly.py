"""One more task for a worker of the tests: work that kills whoever does it."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from celery import shared_task

from tenancy.people.tasks import JobTask


@shared_task(base=JobTask)
def kill_the_worker(*, tenant_id: int, job_id: int, tally: str) -> None:
    """Leave a mark, then die as a process does that took too much memory."""
    with Path(tally).open("a", encoding="utf-8") as marks:
        marks.write("x")
    os.kill(os.getpid(), signal.SIGKILL)
