"""Payments that were taken back, and those somebody asked to take back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final, NamedTuple

from billing.payments.models import Payment
from tenancy.people.models import Approval

REVERSAL: Final = "payment.reversal"
# How the keys of entries begin that pay what stays of a charge that was cut.
KEPT: Final = "kept-"


class Reversed(NamedTuple):
    """The counter-entry of a payment."""

    payment_id: int
    posted_on: date
    reason: str


def is_kept(method: str, key: str) -> bool:
    """Whether an entry only pays what stays of a cut charge with what was paid for the whole of it."""
    return method == Payment.Method.CREDIT and key.startswith(KEPT)


def reversal_asked(payment_id: int) -> bool:
    """Whether a request to take it back waits for a decision."""
    waiting = Approval.objects.filter(kind=REVERSAL, decision=Approval.Decision.PENDING)
    return bool(waiting.filter(facts__payment_id=payment_id).exists())


def reversed_of(payment_ids: Collection[int]) -> dict[int, Reversed]:
    """Those of the payments that were taken back, by id."""
    rows = Payment.objects.filter(reverses_id__in=list(payment_ids))
    return {
        original: Reversed(pk, posted_on, note)
        for original, pk, posted_on, note in rows.values_list("reverses_id", "pk", "posted_on", "note")
    }
