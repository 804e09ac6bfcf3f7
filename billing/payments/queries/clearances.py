"""Certificates that were handed out."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from billing.payments.models import Clearance


class ClearanceRow(NamedTuple):
    """One certificate."""

    clearance_id: int
    number: str
    as_of: date
    issued_by: str


def clearances_of(account_id: int) -> list[ClearanceRow]:
    """An account's certificates, the newest first."""
    rows = Clearance.objects.filter(account_id=account_id).order_by("-pk")
    return [
        ClearanceRow(pk, number, as_of, who or "")
        for pk, number, as_of, who in rows.values_list("pk", "number", "as_of", "issued_by__name")
    ]
