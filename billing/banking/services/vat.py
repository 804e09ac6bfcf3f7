"""How fee items are taxed from a day on, whose name stands on invoices. Entries are added, never edited."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from billing.banking.models import InvoiceSeller, VatRate
from billing.banking.rules.invoice import PERCENTS, is_item_name, is_tax_code, is_tax_number
from billing.charges.queries import fee_items
from tenancy.kernel.errors import NotFound, Refused
from tenancy.kernel.scope import current_user_id
from tenancy.people.services import audit

_EXAMPLE = "*物业管理服务*物业费"


class BadVat(Refused):
    """A setting under which no invoice could be issued."""

    code = "banking.bad_vat"


@transaction.atomic
def set_seller(*, name: str, tax_number: str, issuer: str, at: datetime) -> int:
    """Whose name stands on invoices from now on; what was asked for before keeps its own."""
    if not is_tax_number(tax_number):
        raise BadVat(
            _("This is no taxpayer number: 18 characters, or 15 or 20 of an older one."), field="tax_number"
        )
    row = InvoiceSeller.objects.create(
        name=name, tax_number=tax_number, issuer=issuer, entered_by_id=current_user_id(), entered_at=at
    )
    audit.record("invoice_seller.set", kind="invoice_seller", pk=row.pk, name=name, tax_number=tax_number)
    return int(row.pk)


@transaction.atomic
def add_vat_rate(
    *,
    fee_item_id: int,
    from_on: date,
    percent: int,
    name: str,
    tax_code: str,
    unit: str = "",
    passes_through: bool = False,
    basis: str,
    at: datetime,
) -> int:
    """The rate of a fee item from a day on; 0 percent is exempt. Says which law or letter it rests on."""
    item = next((one for one in fee_items() if one.fee_item_id == fee_item_id), None)
    if item is None:
        raise NotFound(_("There is no such fee item."), field="fee_item")
    if percent not in PERCENTS:
        raise BadVat(_("There is no such rate of VAT."), field="percent")
    if not is_item_name(name):
        raise BadVat(_("Write it as it is printed: %(example)s.") % {"example": _EXAMPLE}, field="name")
    if not is_tax_code(tax_code):
        raise BadVat(_("A tax classification code has 19 digits."), field="tax_code")
    if not basis.strip():
        raise BadVat(_("Say what the rate rests on."), field="basis")
    row = VatRate.objects.create(
        fee_item_id=fee_item_id, from_on=from_on, percent=percent, is_exempt=percent == 0, name=name,
        tax_code=tax_code, unit=unit, passes_through=passes_through, basis=basis.strip(),
        entered_by_id=current_user_id(), entered_at=at,
    )  # fmt: skip
    audit.record(
        "vat_rate.added", kind="vat_rate", pk=row.pk, fee_item=item.name, percent=percent,
        from_on=from_on.isoformat(),
    )  # fmt: skip
    return int(row.pk)
