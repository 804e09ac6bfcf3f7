"""The beat's tasks: fan a job out to every company, and run one company's part."""

from __future__ import annotations

from datetime import date
from typing import Any

from celery import shared_task
from django.db import close_old_connections

from config import timetable
from tenancy.kernel import clock
from tenancy.kernel.deliveries import LimitedTask
from tenancy.kernel.scope import acting_for
from tenancy.kernel.worker import for_each_tenant
from tenancy.people.services import jobs


class Night(LimitedTask):
    """A night that fails is written down, so that 今日 shows it."""

    def on_failure(self, exc: BaseException, task_id: str, args: Any, kwargs: Any, einfo: Any) -> None:
        with acting_for(kwargs["tenant_id"]):
            jobs.night_failed(
                kwargs["job"], as_of=date.fromisoformat(kwargs["as_of"]), code=type(exc).__name__
            )


@shared_task
def daily(*, job: str) -> int:
    """Start a job for every company; the day is fixed here, a retry after midnight is still this day's."""
    return for_each_tenant(company_day, job=job, as_of=clock.today().isoformat())


@shared_task(base=Night)
def company_day(*, tenant_id: int, job: str, as_of: str) -> int:
    """One company's part of a job, with the days it missed."""
    close_old_connections()
    return len(timetable.run_job(job, tenant_id=tenant_id, as_of=date.fromisoformat(as_of)))
