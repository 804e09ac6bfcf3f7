"""How fee items are taxed, and who sells."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from billing.banking.models import InvoiceSeller, VatRate
from billing.banking.rules.invoice import Rate


class SellerRow(NamedTuple):
    """Whose name stands on invoices."""

    seller_id: int
    name: str
    tax_number: str
    issuer: str
    entered_by: str
    entered_at: datetime


class VatRow(NamedTuple):
    """A rate from a day on."""

    rate_id: int
    fee_item_id: int
    fee_item: str
    from_on: date
    percent: int
    is_exempt: bool
    name: str
    tax_code: str
    unit: str
    passes_through: bool
    basis: str
    entered_by: str

    @property
    def said(self) -> str:
        """As it is printed."""
        return "免税" if self.is_exempt else f"{self.percent}%"


def seller() -> SellerRow | None:
    """The seller that holds: the newest entry."""
    row = InvoiceSeller.objects.select_related("entered_by").order_by("-pk").first()
    if row is None:
        return None
    who = row.entered_by.name if row.entered_by else ""
    return SellerRow(row.pk, row.name, row.tax_number, row.issuer, who, row.entered_at)


def rates() -> list[Rate]:
    """Every rate in the order of entry, for rules.invoice.rate_on."""
    columns = ("fee_item_id", "from_on", "percent", "is_exempt", "name", "tax_code", "unit", "passes_through")
    return [Rate(*row) for row in VatRate.objects.order_by("pk").values_list(*columns)]


def rate_rows() -> list[VatRow]:
    """Every rate for a page, by fee item, the newest first."""
    rows = VatRate.objects.order_by("fee_item__code", "-from_on", "-pk").values_list(
        "pk", "fee_item_id", "fee_item__name", "from_on", "percent", "is_exempt", "name", "tax_code", "unit",
        "passes_through", "basis", "entered_by__name",
    )  # fmt: skip
    return [VatRow._make((*row[:-1], row[-1] or "")) for row in rows]


def rate_row(rate_id: int) -> VatRow:
    """One that is there."""
    return next(row for row in rate_rows() if row.rate_id == rate_id)
