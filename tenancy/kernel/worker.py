"""What Celery tasks inherit: a task gets a company's id and finds that company open."""

from __future__ import annotations

from typing import Any

from django.db import close_old_connections

from tenancy.kernel.deliveries import LimitedTask
from tenancy.kernel.models import Tenant
from tenancy.kernel.scope import acting_for


class TenantTask(LimitedTask):
    """`task.delay(tenant_id=..., ...)`: runs inside acting_for(tenant_id), one transaction."""

    # Celery checks a message against the function alone, which is never told the company.
    typing = False

    def __call__(self, *args: Any, tenant_id: int, **kwargs: Any) -> Any:
        close_old_connections()
        with acting_for(tenant_id):
            return super().__call__(*args, **kwargs)


def for_each_tenant(task: Any, **kwargs: Any) -> int:
    """Fan a night out: one task per company. Returns how many were started."""
    ids = list(Tenant.objects.values_list("pk", flat=True))
    for tenant_id in ids:
        task.delay(tenant_id=tenant_id, **kwargs)
    return len(ids)
