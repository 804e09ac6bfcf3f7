"""What is entered when a paper was filed, and when the court has answered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arrears.legal.rules.results import Award, Days, ResultKind
from notices.services import Photo
from tenancy.kernel import clock
from tenancy.kernel.choices import choice
from tenancy.people.words import WORDS
from values.fen import parse_yuan
from values.near import is_near


class Day(forms.DateField):
    """A day of the calendar, within ten years of today."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        if found is not None and not is_near(found, to=clock.today()):
            text = _("This day lies more than ten years away. Check the year.")
            raise forms.ValidationError(text, code="far")
        return found


class Yuan(forms.CharField):
    """Yuan as people type them, whole fen inside; empty is nothing."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": "14"})
        super().__init__(required=False, max_length=20, widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            found = int(parse_yuan(text)) if text else 0
        except ValueError:
            found = -1
        if found < 0:
            raise forms.ValidationError(_("Write an amount in yuan, such as 2520.24."), code="invalid")
        return found


class PaperFilter(forms.Form):
    """Papers that wait, or the filed ones."""

    filed = forms.BooleanField(required=False, widget=forms.HiddenInput)


class MarkFiled(forms.Form):
    """Which court, when, under which reference."""

    court = forms.CharField(label=_("Name of the court"), max_length=80)
    filed_on = Day(label=_("Filed on"))
    court_reference = forms.CharField(label=_("Reference of the court"), max_length=60, required=False)


class RecordResult(forms.Form):
    """What the court made of a filing: what it is, its days, its sums, and the paper itself."""

    kind = forms.ChoiceField(label=_("Result"), widget=forms.RadioSelect)
    court = forms.CharField(label=_("Name of the court"), max_length=80)
    case_number = forms.CharField(
        label=_("Case number"),
        max_length=60,
        required=False,
        help_text=_("As on the paper, with its year and court."),
    )
    served_on = Day(
        label=_("Served on the debtor on"),
        help_text=_("Without an instrument: the day of the court's answer."),
    )
    effective_on = Day(
        label=_("In force from"),
        required=False,
        help_text=_("Empty for a payment order: the day after its fifteen days."),
    )
    perform_by = Day(
        label=_("Payable until"),
        required=False,
        help_text=_("Empty for a payment order: fifteen days from the service."),
    )
    principal_fen = Yuan(label=_("Principal awarded"))
    late_fee_fen = Yuan(label=_("Late fee awarded"))
    costs_fen = Yuan(label=_("Costs awarded"))
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
    file = forms.FileField(
        label=_("The paper"),
        required=False,
        help_text=_("PDF, JPEG or PNG."),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
    )

    def __init__(self, *args: Any, kinds: tuple[ResultKind, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice(self, "kind").choices = [(kind.value, WORDS[f"result.{kind}"]) for kind in kinds]

    def entry(self) -> dict[str, Any]:
        """As record_result takes it."""
        data, file = self.cleaned_data, self.cleaned_data["file"]
        return {
            "kind": data["kind"],
            "court": data["court"],
            "case_number": data["case_number"],
            "days": Days(data["served_on"], data["effective_on"], data["perform_by"]),
            "award": Award(data["principal_fen"], data["late_fee_fen"], data["costs_fen"]),
            "note": data["note"],
            "file": Photo(file.name or "paper", file.read()) if file else None,
        }
