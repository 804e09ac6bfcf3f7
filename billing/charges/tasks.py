"""Background work of charges: long work with a job that a person watches."""

from __future__ import annotations

from celery import shared_task

from billing.charges.services.import_batches import run_batch
from owners.gateways.sheets import open_sheets
from tenancy.kernel.scope import acting_for, current_tenant_id
from tenancy.kernel.worker import TenantTask


@shared_task(base=TenantTask, queue="default")
def run_import(*, batch_id: str, user_id: str, commit: bool) -> None:
    """Check an uploaded file, or import it, in the name of the person who asked."""
    with acting_for(current_tenant_id(), user_id=int(user_id)):
        run_batch(batch_id=int(batch_id), commit=commit, opener=open_sheets)
