"""Background work of the ladder: a company's walk, told the day."""

from __future__ import annotations

from datetime import date
from typing import Any

from celery import shared_task

from arrears.cases import services
from tenancy.kernel.worker import TenantTask


@shared_task(base=TenantTask)
def walk_ladder(*, as_of: str) -> dict[str, Any]:
    """Walk one company's ladder for a day given as ISO text; a second walk of the day changes nothing."""
    return services.walk_ladder(as_of=date.fromisoformat(as_of)).as_json()
