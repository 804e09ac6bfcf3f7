"""Forms of money that goes back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.payments.queries import CashPointRow, Refundable, RefundRow
from billing.payments.web.forms import YuanInput
from values.fen import yuan


class Reverse(forms.Form):
    """Why a payment is taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class Ask(forms.Form):
    """Which payment's money goes back, and how much."""

    payment = forms.IntegerField(label=_("Payment"), min_value=1)
    amount = YuanInput(
        label=_("Amount"), max_length=20, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    reason = forms.CharField(label=_("Reason"), max_length=200)


class Pay(forms.Form):
    """How it left: a number of the bank, or cash over a desk."""

    reference = forms.CharField(required=False, max_length=80, label=_("Number of the transfer"))
    cash_point = forms.TypedChoiceField(required=False, coerce=int, empty_value=None, label=_("Cash point"))

    def offer(self, desks: Iterable[CashPointRow], refund: RefundRow) -> None:
        """Only what the way back needs; the desks of the refund's community."""
        if refund.method != "CASH":
            self.fields["cash_point"].widget = forms.HiddenInput()
            return
        self.fields["reference"].widget = forms.HiddenInput()
        choices = cast(Any, self.fields["cash_point"])
        choices.choices = [
            (desk.cash_point_id, f"{desk.code} {desk.name}")
            for desk in desks
            if desk.community_id == refund.community_id
        ]


def first_of(rows: Sequence[Refundable]) -> dict[str, Any]:
    """The newest payment and all that is left of it, to begin with."""
    return {"payment": rows[0].payment_id, "amount": yuan(rows[0].left_fen)} if rows else {}
