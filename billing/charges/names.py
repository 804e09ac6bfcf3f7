"""What the audit trail calls a bill."""

from __future__ import annotations

from collections.abc import Collection

from billing.charges.models import Bill


def bills(ids: Collection[int]) -> dict[int, str]:
    """id -> number."""
    return dict(Bill.objects.filter(pk__in=ids).values_list("pk", "number"))
