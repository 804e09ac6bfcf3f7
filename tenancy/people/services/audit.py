"""The audit trail: one line per thing that must be answerable later."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from tenancy.kernel import sql
from tenancy.kernel.scope import current_user_id
from tenancy.people.models import AuditEntry

PACKAGE: Final = "tenancy.people"
SETTING: Final = "set."  # the first name of a changed field among the words


class Entry(NamedTuple):
    """What one entry is about, and its details."""

    kind: str
    pk: int
    detail: Mapping[str, Any]


def record(action: str, *, kind: str = "", pk: int | None = None, **detail: Any) -> None:
    """Write one entry for whoever acts now."""
    AuditEntry.objects.create(
        user_id=current_user_id(), action=action, object_kind=kind, object_id=pk, detail=detail
    )


def record_change(
    action: str, *, kind: str, pk: int, before: Mapping[str, Any], after: Mapping[str, Any]
) -> bool:
    """Write what differs, field by field; False when nothing does, and then nothing is written."""
    changed = {
        f"{SETTING}{name}": [before[name], value] for name, value in after.items() if before[name] != value
    }
    if changed:
        record(action, kind=kind, pk=pk, changed=changed)
    return bool(changed)


def record_many(action: str, entries: Sequence[Entry]) -> None:
    """The same action done to many things at once, an entry for each."""
    if not entries:
        return
    said = {
        "user_id": current_user_id(),
        "action": action,
        "kinds": [entry.kind for entry in entries],
        "pks": [entry.pk for entry in entries],
        "details": [json.dumps(entry.detail, ensure_ascii=False) for entry in entries],
    }
    sql.run(PACKAGE, "insert_audit_entries", said)
