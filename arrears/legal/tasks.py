"""Background work of legal: a bundle of evidence is put together while somebody watches."""

from __future__ import annotations

from celery import shared_task
from django.db import transaction

from arrears.legal.services import bundle
from tenancy.kernel import clock
from tenancy.kernel.scope import acting_for
from tenancy.people.services.jobs import Progress, watched
from tenancy.people.tasks import JobTask


@shared_task(base=JobTask)
def make_bundle(*, tenant_id: int, user_id: int, job_id: int, bundle_id: int) -> None:
    """Draw a bundle that was asked for; its files hang on its row."""
    with watched(Progress(job_id, tenant_id)) as (progress, result), acting_for(tenant_id, user_id=user_id):
        result |= bundle.make_bundle(bundle_id=bundle_id, at=clock.now(), progress=progress)


def start_bundle(asked: bundle.Requested, *, tenant_id: int, user_id: int) -> None:
    """Start the task of a requested bundle when its row is committed."""
    transaction.on_commit(
        lambda: make_bundle.delay(
            tenant_id=tenant_id, user_id=user_id, job_id=asked.job_id, bundle_id=asked.bundle_id
        )
    )
