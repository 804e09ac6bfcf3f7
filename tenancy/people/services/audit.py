"""The audit trail: one line per thing that must be answerable later."""

from __future__ import annotations

from typing import Any

from tenancy.kernel.scope import current_user_id
from tenancy.people.models import AuditEntry


def record(action: str, *, kind: str = "", pk: int | None = None, **detail: Any) -> None:
    """Write one entry for whoever acts now."""
    AuditEntry.objects.create(
        user_id=current_user_id(), action=action, object_kind=kind, object_id=pk, detail=detail
    )
