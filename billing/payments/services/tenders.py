"""The parts of a mixed payment that is taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from billing.payments.models import Payment, Tender


def mirror_tenders(reversals: Mapping[int, Payment]) -> None:
    """Give reversals the parts of their payments with the other sign; payment id -> its reversal.

    Payments that came in one way have no parts, and get none.
    """
    parts: dict[int, list[Tender]] = defaultdict(list)
    for part in Tender.objects.filter(payment_id__in=list(reversals)).order_by("pk"):
        parts[part.payment_id].append(part)
    Tender.objects.bulk_create(
        Tender(
            payment=reversals[payment_id],
            method=part.method,
            amount_fen=-part.amount_fen,
            reference=part.reference,
        )
        for payment_id, of_payment in parts.items()
        for part in of_payment
    )
