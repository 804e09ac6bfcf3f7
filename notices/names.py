"""What the audit trail calls a notice."""

from __future__ import annotations

from collections.abc import Collection

from notices.models import Notice


def notices(ids: Collection[int]) -> dict[int, str]:
    """id -> number; those without one are left out."""
    return dict(Notice.objects.filter(pk__in=ids).exclude(number="").values_list("pk", "number"))
