"""Background work of charges: long work with a job that a person watches."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from celery import shared_task

from billing.charges.queries.import_batches import batch_card
from billing.charges.services.import_batches import run_batch
from billing.charges.services.issue_job import run_issue
from owners.gateways.sheets import open_sheets
from tenancy.kernel.scope import acting_for, current_tenant_id
from tenancy.people.tasks import CompanyJobTask
from values.period import Period


class ImportTask(CompanyJobTask):
    """An import names its batch; the batch knows its newest job."""

    abstract = True

    def job_of(self, arguments: Mapping[str, Any]) -> int | None:
        with acting_for(int(arguments["tenant_id"])):
            job = batch_card(int(arguments["batch_id"])).job
        return job.pk if job else None


@shared_task(base=ImportTask)
def run_import(*, batch_id: str, user_id: str, commit: bool) -> None:
    """Check an uploaded file, or import it, in the name of the person who asked."""
    with acting_for(current_tenant_id(), user_id=int(user_id)):
        run_batch(batch_id=int(batch_id), commit=commit, opener=open_sheets)


@shared_task(base=CompanyJobTask)
def issue_bills(*, job_id: str, user_id: str, community_id: str, period: str, issued_on: str) -> None:
    """Issue a community's bills in the name of the person who asked."""
    month, day = Period.parse(period), date.fromisoformat(issued_on)
    with acting_for(current_tenant_id(), user_id=int(user_id)):
        run_issue(job_id=int(job_id), community_id=int(community_id), period=month, issued_on=day)
