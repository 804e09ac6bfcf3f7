"""Background work of the ladder: a company's walk, told the day."""

from __future__ import annotations

from datetime import date
from typing import Any

from celery import shared_task

from arrears.cases import services
from tenancy.kernel.scope import acting_for, current_tenant_id
from tenancy.kernel.worker import TenantTask
from tenancy.people.tasks import CompanyJobTask


@shared_task(base=TenantTask)
def walk_ladder(*, as_of: str) -> dict[str, Any]:
    """Walk one company's ladder for a day given as ISO text; a second walk of the day changes nothing."""
    return services.walk_ladder(as_of=date.fromisoformat(as_of)).as_json()


@shared_task(base=CompanyJobTask)
def foresee_ladder(*, job_id: str, user_id: str) -> None:
    """What tonight would be under a ladder that is tried, for the person who asked."""
    with acting_for(current_tenant_id(), user_id=int(user_id)):
        services.run_foresight(job_id=int(job_id))
