"""The beat's tasks: fan a job out to every company, and run one company's part."""

from __future__ import annotations

from datetime import date

from celery import shared_task
from django.db import close_old_connections

from config import timetable
from tenancy.kernel import clock
from tenancy.kernel.worker import for_each_tenant


@shared_task(queue="default")
def daily(*, job: str) -> int:
    """Start a job for every company; the day is fixed here, a retry after midnight is still this day's."""
    return for_each_tenant(company_day, job=job, as_of=clock.today().isoformat())


@shared_task(queue="default")
def company_day(*, tenant_id: int, job: str, as_of: str) -> int:
    """One company's part of a job, with the days it missed."""
    close_old_connections()
    return len(timetable.run_job(job, tenant_id=tenant_id, as_of=date.fromisoformat(as_of)))
