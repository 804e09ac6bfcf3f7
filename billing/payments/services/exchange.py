"""换票: a receipt whose money was invoiced says so, on paper and on screen; a corrected one no longer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from billing.payments.models import Receipt

_MOST = 9  # numbers of 20 digits that the mark holds


def mark_exchanged(numbers: Mapping[int, Sequence[str]], *, on: date) -> None:
    """payment -> the invoices its money stands on now; none takes the mark away. A void receipt stays."""
    for payment_id, said in numbers.items():
        receipts = Receipt.objects.filter(payment_id=payment_id, voided_on=None)
        if said:
            receipts.filter(exchanged_on=None).update(exchanged_on=on, invoice_numbers=" ".join(said[:_MOST]))
            receipts.update(invoice_numbers=" ".join(said[:_MOST]))
        else:
            receipts.update(exchanged_on=None, invoice_numbers="")
