"""Receipts that somebody asked to void."""

from __future__ import annotations

from typing import Final

from tenancy.people.models import Approval

RECEIPT_VOID: Final = "receipt.void"


def void_asked(receipt_id: int) -> bool:
    """Whether a request to void it waits for a decision."""
    waiting = Approval.objects.filter(kind=RECEIPT_VOID, decision=Approval.Decision.PENDING)
    return bool(waiting.filter(facts__receipt_id=receipt_id).exists())
