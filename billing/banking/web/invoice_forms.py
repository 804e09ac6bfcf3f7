"""Forms of e-invoices and of the VAT settings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from billing.banking.models import Invoice
from billing.banking.queries.invoices import PaidRow
from billing.banking.rules.invoice import PERCENTS, Buyer
from billing.charges.queries import fee_items
from owners.queries import communities
from tenancy.people.words import WORDS
from values.fen import display

WAYS: Final = (("xlsx", "Excel"), ("xml", "XML"))
MOST_PAYMENTS: Final = 24


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class InvoiceFilter(forms.Form):
    """What the list of invoices is narrowed to."""

    words = forms.CharField(required=False, max_length=60, label=_("Room, number or buyer"))
    state = forms.ChoiceField(required=False, label=_("State"))
    due = forms.BooleanField(required=False, label=_("Must be corrected"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [(one.value, WORDS[f"invoice.{one.value}"]) for one in Invoice.State]
        cast(forms.ChoiceField, self.fields["state"]).choices = [("", _("All")), *states]


class Payments(forms.Form):
    """Which payments an invoice is made of: ?payment=1&payment=2."""

    payment = forms.TypedMultipleChoiceField(coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = self.data.getlist("payment") if hasattr(self.data, "getlist") else []
        numbers = [one for one in said if one.isascii() and one.isdigit() and len(one) < 19]
        offered = [(one, one) for one in numbers[:MOST_PAYMENTS]]
        cast(forms.ChoiceField, self.fields["payment"]).choices = offered


class AskInvoice(Payments):
    """In whose name."""

    buyer_kind = forms.ChoiceField(
        label=_("Buyer"), choices=[(one.value, WORDS[f"buyer.{one.value}"]) for one in Buyer]
    )
    buyer_name = forms.CharField(max_length=120, label=_("Name on the invoice"))
    buyer_tax_number = forms.CharField(
        max_length=20, required=False, label=_("Taxpayer number"),
        help_text=_("A company's invoice needs it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    buyer_email = forms.EmailField(required=False, label=_("E-mail"))
    remark = forms.CharField(
        max_length=200, required=False, label=_("Remark"), help_text=_("Empty: community and room.")
    )

    said = ("buyer_name", "buyer_tax_number", "buyer_email", "remark")


class WhyEnded(forms.Form):
    """Why a request is withdrawn."""

    reason = forms.CharField(max_length=200, label=_("Reason"))


class AskRed(forms.Form):
    """Why an issued invoice is taken back, and for which of its payments."""

    payments = forms.TypedMultipleChoiceField(
        coerce=int, required=False, label=_("Payments"), widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: all that is left of the invoice."),
    )  # fmt: skip
    reason = forms.CharField(max_length=200, label=_("Reason"))
    confirmation_no = forms.CharField(
        max_length=40, required=False, label=_("Number of the red-letter confirmation")
    )

    def offer(self, rows: Sequence[PaidRow]) -> None:
        """The payments of which something is left."""
        offered = [(row.payment_id, f"{row.paid_on} {display(row.live_fen)}") for row in rows if row.live_fen]
        cast(forms.ChoiceField, self.fields["payments"]).choices = offered


class KeepFile(forms.Form):
    """The invoice as the bureau gave it out."""

    file = forms.FileField(label=_("Invoice (PDF, OFD or XML)"))


class SendBatch(forms.Form):
    """Which community's requests, in which kind of file."""

    community = forms.TypedChoiceField(coerce=int, label=_("Community"))
    way = forms.ChoiceField(choices=WAYS, label=_("File"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(row.id, row.name) for row in communities()]
        cast(forms.ChoiceField, self.fields["community"]).choices = offered


class Results(forms.Form):
    """The tax bureau's answer."""

    file = forms.FileField(label=_("Table of results (Excel or XML)"))


class NewSeller(forms.Form):
    """Whose name stands on invoices."""

    name = forms.CharField(max_length=120, label=_("Name"))
    tax_number = forms.CharField(max_length=20, label=_("Taxpayer number"))
    issuer = forms.CharField(max_length=40, label=_("Issuer"))


class NewRate(forms.Form):
    """The rate of a fee item from a day on."""

    fee_item = forms.TypedChoiceField(coerce=int, label=_("Fee item"))
    from_on = forms.DateField(label=_("In force from"), widget=_day())
    percent = forms.TypedChoiceField(
        coerce=int, label=pgettext_lazy("of VAT", "Rate"),
        choices=[(one, f"{one}%" if one else _("Exempt")) for one in PERCENTS],
    )  # fmt: skip
    name = forms.CharField(max_length=110, label=_("As printed"), initial="*物业管理服务*物业费")
    tax_code = forms.CharField(
        max_length=19, label=_("Tax classification code"), help_text=_("19 digits."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    unit = forms.CharField(max_length=10, required=False, label=_("Unit of measure"))
    passes_through = forms.BooleanField(
        required=False, label=_("Invoice it although it is no income of the company's own")
    )
    basis = forms.CharField(
        max_length=200, label=_("Rests on"), help_text=_("A law, or the bureau's letter.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items = fee_items()
        offered = [(row.fee_item_id, row.name) for row in items]
        cast(forms.ChoiceField, self.fields["fee_item"]).choices = offered
        self.fields["fee_item"].initial = next(
            (row.fee_item_id for row in items if row.code == "property"), None
        )
