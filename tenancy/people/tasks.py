"""What tasks of watched work inherit: whatever happens to the worker, the row says how it ended; exports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from celery import shared_task
from django.db import transaction

from tenancy.kernel.deliveries import LimitedTask, WorkerLost
from tenancy.kernel.worker import TenantTask
from tenancy.people.lists.export import keep_list
from tenancy.people.services import jobs


class JobTask(LimitedTask):
    """A task with `tenant_id` and `job_id`. When it is given up, its job has failed and says why."""

    abstract = True

    def job_of(self, arguments: Mapping[str, Any]) -> int | None:
        """The job that this message works for."""
        return int(arguments["job_id"])

    def on_failure(self, exc: BaseException, task_id: str, args: Any, kwargs: Any, einfo: Any) -> None:
        """Celery's hook. Any other failure has written itself into the row (services.jobs.Progress)."""
        if isinstance(exc, WorkerLost):
            jobs.give_up(job_id=self.job_of(kwargs), tenant_id=int(kwargs["tenant_id"]), refusal=exc)


class CompanyJobTask(JobTask, TenantTask):
    """The same, run inside acting_for(tenant_id)."""

    abstract = True


@shared_task(base=JobTask)
def export_list(*, tenant_id: int, user_id: int, job_id: int, name: str, query: str) -> None:
    """Write a long list into a workbook; its file's id stands in the job's result."""
    keep_list(tenant_id=tenant_id, user_id=user_id, job_id=job_id, name=name, query=query)


def start_export(**message: Any) -> None:
    """Start an export when its job's row is committed."""
    transaction.on_commit(lambda: export_list.delay(**message))
