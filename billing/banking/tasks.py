"""Background work of banking: statements that a person waits for."""

from __future__ import annotations

from celery import shared_task
from django.db import transaction

from billing.banking.services.import_job import run_import
from owners.gateways.sheets import open_sheets
from tenancy.kernel import clock
from tenancy.kernel.permissions import StaffMember
from tenancy.kernel.scope import acting_for, current_tenant_id
from tenancy.people.models import Job
from tenancy.people.tasks import CompanyJobTask


def start_import(job_id: int, *, by: StaffMember) -> None:
    """Hand a statement to the worker once its job's row is committed."""
    said = Job.objects.get(pk=job_id).arguments
    transaction.on_commit(
        lambda: import_statement.delay(
            tenant_id=by.tenant_id,
            job_id=str(job_id),
            user_id=str(by.user_id),
            bank_account_id=str(said["bank_account"]),
            file_id=str(said["file"]),
        )
    )


@shared_task(base=CompanyJobTask)
def import_statement(*, job_id: str, user_id: str, bank_account_id: str, file_id: str) -> None:
    """Read a bank's statement in the name of the person who sent it."""
    with acting_for(current_tenant_id(), user_id=int(user_id)):
        run_import(
            job_id=int(job_id),
            bank_account_id=int(bank_account_id),
            file_id=int(file_id),
            opener=open_sheets,
            at=clock.now(),
        )
