"""Background work of charges: long work with a job that a person watches."""

from __future__ import annotations

from datetime import date

from celery import shared_task

from billing.charges.services.import_batches import run_batch
from billing.charges.services.issue_job import run_issue
from owners.gateways.sheets import open_sheets
from tenancy.kernel.scope import acting_for, current_tenant_id
from tenancy.kernel.worker import TenantTask
from values.period import Period


@shared_task(base=TenantTask, queue="default")
def run_import(*, batch_id: str, user_id: str, commit: bool) -> None:
    """Check an uploaded file, or import it, in the name of the person who asked."""
    with acting_for(current_tenant_id(), user_id=int(user_id)):
        run_batch(batch_id=int(batch_id), commit=commit, opener=open_sheets)


@shared_task(base=TenantTask, queue="default")
def issue_bills(*, job_id: str, user_id: str, community_id: str, period: str, issued_on: str) -> None:
    """Issue a community's bills in the name of the person who asked."""
    month, day = Period.parse(period), date.fromisoformat(issued_on)
    with acting_for(current_tenant_id(), user_id=int(user_id)):
        run_issue(job_id=int(job_id), community_id=int(community_id), period=month, issued_on=day)
