"""Requests as the tax bureau is asked for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from billing.banking.models import Invoice, InvoiceLine, InvoicePart
from billing.banking.rules.invoice import LATE_FEE, Amount, Buyer
from billing.banking.rules.invoice_file import Order, OrderLine
from billing.payments.queries.invoicing import taken_back
from values.period import Period


def orders(invoice_ids: Collection[int]) -> list[Order]:
    """In the order of their serial numbers; a blue one whose money was taken back is not asked for."""
    lines: dict[int, list[OrderLine]] = defaultdict(list)
    for line in InvoiceLine.objects.filter(invoice_id__in=invoice_ids).order_by("invoice_id", "seq"):
        lines[line.invoice_id].append(_line(line))
    gone = _gone(invoice_ids)
    found = Invoice.objects.filter(pk__in=invoice_ids).exclude(pk__in=gone)
    return [
        Order(
            one.pk, one.serial, Buyer(one.buyer_kind), one.buyer_name, one.buyer_tax_number, one.buyer_email,
            one.remark, one.seller.issuer, tuple(lines[one.pk]),
            Amount(one.gross_fen, one.net_fen, one.tax_fen), one.confirmation_no,
            one.blue.number if one.blue else "",
        )
        for one in found.select_related("seller", "blue").order_by("pk")
    ]  # fmt: skip


def _line(line: InvoiceLine) -> OrderLine:
    period = Period(line.period.lower, line.period.upper).label
    spec = f"{period} 违约金" if line.part == LATE_FEE else period
    amount = Amount(line.gross_fen, line.net_fen, line.tax_fen)
    return OrderLine(line.name, line.tax_code, spec, line.unit, line.percent, line.is_exempt, amount)


def _gone(invoice_ids: Collection[int]) -> set[int]:
    parts = InvoicePart.objects.filter(invoice_id__in=invoice_ids).values_list("invoice_id", "payment_id")
    back = taken_back([payment_id for _invoice_id, payment_id in parts])
    return {invoice_id for invoice_id, payment_id in parts if payment_id in back}
