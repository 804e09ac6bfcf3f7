"""Forms of a waiver: which parts of which charges, why, and until when it is offered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.charges.models import Waiver
from billing.charges.queries import OpenCharge
from billing.charges.services.waivers import Part
from billing.charges.web.forms import Yuan

KINDS = (
    ("LATE_FEE", _("Late fee")),
    ("PRINCIPAL", _("Part of the principal")),
    ("WRITE_OFF", _("Write off all of it")),
)


class Ask(forms.Form):
    """What is asked to be let off. An amount makes sense for one charge's principal only."""

    kind = forms.ChoiceField(label=_("What"), choices=KINDS, initial="LATE_FEE", widget=forms.RadioSelect)
    charge = forms.TypedMultipleChoiceField(
        label=_("Of which charges"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    amount = Yuan(
        required=False,
        max_length=20,
        label=_("Amount, if not all of it"),
        help_text=_("For one charge only. Empty: all that is owed of it."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=200)
    offered_until = forms.DateField(
        required=False,
        label=_("Only if paid by"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Late fee only: it is let off when the principal comes in by this day."),
    )

    def offer(self, charges: Iterable[OpenCharge]) -> None:
        """The account's open charges to tick."""
        field = self.fields["charge"]
        assert isinstance(field, forms.TypedMultipleChoiceField)  # noqa: S101 - declared above
        field.choices = [(charge.charge_id, charge.fee_item) for charge in charges]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        amount, ticked = cleaned.get("amount"), cleaned.get("charge", [])
        if amount and len(ticked) > 1:
            self.add_error("amount", _("Tick one charge only, or leave the amount empty."))
        if amount and cleaned.get("kind") == Waiver.Kind.WRITE_OFF:
            self.add_error("amount", _("A write-off is of all that is owed."))
        return cleaned

    def parts(self) -> list[Part]:
        """What the service is asked for."""
        data = self.cleaned_data
        wanted = {"LATE_FEE": ("LATE_FEE",), "PRINCIPAL": ("PRINCIPAL",)}.get(
            data["kind"], ("PRINCIPAL", "LATE_FEE")
        )
        return [Part(pk, part, data["amount"] or None) for pk in data["charge"] for part in wanted]
