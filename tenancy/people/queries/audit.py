"""The audit trail, filtered."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet

from tenancy.kernel.scope import current_tenant_id
from tenancy.people.models import AuditEntry, Membership


class Change(NamedTuple):
    """One field that was changed, from what to what; `name` is its key among the words."""

    name: str
    before: str
    after: str


class ChangeRow(NamedTuple):
    """Who changed a thing when; without `changes` it was made, or what changed was not written down then."""

    at: datetime
    who: str
    action: str
    changes: tuple[Change, ...]


def changes_of(kind: str, pk: int, *, actions: Collection[str], limit: int = 50) -> list[ChangeRow]:
    """What was changed of one thing by these actions, the newest first."""
    found = entries(object_kind=kind, object_id=pk).filter(action__in=actions)[:limit]
    return [
        ChangeRow(
            entry.at,
            entry.user.name if entry.user else "",
            entry.action,
            tuple(
                Change(name, str(before), str(after))
                for name, (before, after) in entry.detail.get("changed", {}).items()
            ),
        )
        for entry in found
    ]


def entries(
    *,
    action: str = "",
    user_id: int | None = None,
    object_kind: str = "",
    object_id: int | None = None,
    from_on: date | None = None,
    to_on: date | None = None,
) -> QuerySet[AuditEntry]:
    """Entries of the open company, the newest first; days are Shanghai's, both inclusive."""
    wanted: dict[str, Any] = {
        "action": action,
        "user_id": user_id,
        "object_kind": object_kind,
        "object_id": object_id,
        "at__date__gte": from_on,
        "at__date__lte": to_on,
    }
    found = AuditEntry.objects.select_related("user").order_by("-at", "-pk")
    return found.filter(**{name: value for name, value in wanted.items() if value not in ("", None)})


def actions() -> list[str]:
    """The kinds of entries that the open company has."""
    return list(AuditEntry.objects.order_by("action").values_list("action", flat=True).distinct())


def actors() -> list[tuple[int, str]]:
    """(user id, name) of everybody who is or was a member of the open company."""
    found = Membership.objects.filter(tenant_id=current_tenant_id()).order_by("user__name")
    return list(found.values_list("user_id", "user__name"))
