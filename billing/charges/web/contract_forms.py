"""Forms of service contracts: terms as people write them, terms as the services take them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.charges.queries.contracts import ContractTerms
from billing.charges.rules.agreement import LASTING, Agreement
from owners.queries import CommunityRow
from tenancy.people.words import WORDS
from values import daily_rate


class DailyRate(forms.CharField):
    """0.03% or 万分之三 as a day's fraction; empty is None: no late fee agreed."""

    default_error_messages = {"invalid": _("Write the rate as 0.03%.")}

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return daily_rate.parse(text) if text else None
        except ValueError as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Contract(forms.Form):
    """The terms of a contract, for a change of it or for the one that follows."""

    name = forms.CharField(label=_("Name of the contract"), max_length=120)
    number = forms.CharField(label=_("Number of the contract"), max_length=60, required=False)
    kind = forms.ChoiceField(label=_("Kind"))
    start_on = forms.DateField(label=_("From"), widget=_day())
    end_on = forms.DateField(
        label=_("Last day"), widget=_day(), required=False,
        help_text=_("Empty while it goes on. After its term it goes on until somebody ends it."),
    )  # fmt: skip
    late_fee_rate = DailyRate(
        label=_("Late fee per day"), max_length=30, required=False,
        help_text=_("Such as 0.03%; empty where the contract agrees none"),
    )  # fmt: skip
    late_fee_clause = forms.CharField(
        label=_("Clause on the late fee"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Its number and words; documents quote it. No clause, no late fee."),
    )  # fmt: skip
    late_fee_cap_ratio = forms.DecimalField(
        label=_("Cap in percent of the principal"), max_digits=5, decimal_places=0, initial=100
    )
    late_fee_grace_days = forms.IntegerField(label=_("Days of grace"), initial=0, min_value=0)
    principal_first = forms.BooleanField(
        label=_("Payments go to the principal first, then to the late fee"), required=False,
        help_text=_("Only where the contract says so; the law puts the late fee first."),
    )  # fmt: skip
    issue_day = forms.IntegerField(label=_("Issue day of the month"), initial=5, min_value=1)
    due_day = forms.IntegerField(
        label=_("Due day of the month"), required=False, min_value=1,
        help_text=_("Empty: the last day. At least ten days after the issue day."),
    )  # fmt: skip
    payee_name = forms.CharField(label=_("Payee"), max_length=120)
    payee_bank = forms.CharField(label=_("Bank"), max_length=120)
    payee_account = forms.CharField(
        label=_("Account number"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Printed on bills and demands, kept encrypted"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(code, WORDS.get(code, code)) for code in ("PRELIMINARY", "ORDINARY")]
        cast(forms.ChoiceField, self.fields["kind"]).choices = kinds

    def keep_account(self, shown: str) -> None:
        """The account that is there may stay: it is not shown, and need not be typed again."""
        field = self.fields["payee_account"]
        field.required = False
        field.widget.attrs["placeholder"] = shown
        field.help_text = _("Empty: it stays as it is")

    def keep_terms(self) -> None:
        """Charges stand under these terms: they are shown and cannot be changed."""
        for name in LASTING:
            self.fields[name].disabled = True

    def terms(self) -> Agreement:
        """What was typed, as the services take it."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "community"}
        last_on = said.pop("end_on")
        ratio = (said.pop("late_fee_cap_ratio") / 100).quantize(Decimal("0.01"))
        end_on = None if last_on is None else last_on + timedelta(1)
        return Agreement(end_on=end_on, late_fee_cap_ratio=ratio, **said)

    @staticmethod
    def filled(terms: ContractTerms, *, start_on: date | None = None) -> dict[str, Any]:
        """What the form starts with; with `start_on` as the contract that follows, open again."""
        rate = terms.late_fee_rate
        return {
            **{name: getattr(terms, name) for name in Agreement.__dataclass_fields__},
            "start_on": start_on or terms.start_on,
            "end_on": None if start_on else terms.last_on,
            "late_fee_rate": "" if rate is None else daily_rate.percent(rate),
            "late_fee_cap_ratio": f"{terms.late_fee_cap_ratio * 100:.0f}",
            "payee_account": "",
        }


class NewContract(Contract):
    """The first contract of a community."""

    community = forms.TypedChoiceField(label=_("Community"), coerce=int)

    def offer(self, communities: Iterable[CommunityRow]) -> None:
        """The communities there are."""
        field = cast(forms.ChoiceField, self.fields["community"])
        field.choices = [(row.id, row.name) for row in communities]
