"""Forms of mandates and batches of direct debits."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.banking.queries.debits import debit_profiles
from billing.banking.rules.debit import BUILT_IN
from billing.banking.rules.profiles import DELIMITERS
from billing.banking.services.debit_profiles import ENCODINGS
from owners.queries import communities
from values.fen import parse_yuan


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class YuanInput(forms.CharField):
    """Yuan as people type them, whole fen inside."""

    default_error_messages = {"invalid": _("Write an amount in yuan, such as 2520.24.")}

    def clean(self, value: Any) -> Any:
        try:
            return int(parse_yuan(super().clean(value)))
        except ValueError as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error


class MandateFilter(forms.Form):
    """What the list of mandates is narrowed to."""

    words = forms.CharField(required=False, max_length=60, label=_("Room, agreement or holder"))


class NewMandate(forms.Form):
    """A signed authorisation with its paper."""

    room = forms.CharField(
        max_length=60, label=_("Room"), widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": ""})
    )
    account = forms.TypedChoiceField(
        required=False, coerce=int, empty_value=None, label=_("Account"),
        help_text=_("Where a room has several: choose whose."),
    )  # fmt: skip
    agreement_no = forms.CharField(max_length=40, label=_("Agreement number"))
    holder_name = forms.CharField(max_length=120, label=_("Account holder"))
    bank = forms.CharField(max_length=120, label=_("Bank"))
    number = forms.CharField(
        max_length=50, label=_("Account number"),
        help_text=_("Kept encrypted; its last four digits are shown."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )  # fmt: skip
    limit = YuanInput(max_length=20, label=_("Limit of one debit"))
    from_on = forms.DateField(label=_("From"), widget=_day())
    to_on = forms.DateField(required=False, label=_("To, the last day"), widget=_day())
    file = forms.FileField(label=_("Signed authorisation (PDF or photo)"))

    def offer(self, accounts: list[tuple[int, str]]) -> None:
        """The accounts of the room."""
        cast(forms.ChoiceField, self.fields["account"]).choices = [("", "—"), *accounts]


class Revoke(forms.Form):
    """Why the payer takes it back."""

    reason = forms.CharField(max_length=200, label=_("Reason"))


class NewBatch(forms.Form):
    """Which community's mandates, when, for which bank."""

    community = forms.TypedChoiceField(coerce=int, label=_("Community"))
    debit_on = forms.DateField(label=_("Debit on"), widget=_day())
    profile = forms.ChoiceField(label=_("Bank's file"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        community = cast(forms.ChoiceField, self.fields["community"])
        community.choices = [(row.id, row.name) for row in communities()]
        profile = cast(forms.ChoiceField, self.fields["profile"])
        profile.choices = [(one.code, one.name) for one in debit_profiles()]


class Pairs(forms.CharField):
    """One a line: this = that."""

    widget = forms.Textarea
    default_error_messages = {"invalid": _("Write one a line: field = header.")}

    def clean(self, value: Any) -> Any:
        lines = [line.split("=", 1) for line in super().clean(value).splitlines() if line.strip()]
        if any(len(line) != 2 or not all(part.strip() for part in line) for line in lines):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return [(first.strip(), second.strip()) for first, second in lines]


def _lines(pairs: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"{first} = {second}" for first, second in pairs)


_EXAMPLE = BUILT_IN["debit-csv"]


class NewProfile(forms.Form):
    """How a bank wants to be asked and how it answers."""

    code = forms.SlugField(max_length=20, label=_("Code"))
    name = forms.CharField(max_length=40, label=_("Name"))
    encoding = forms.ChoiceField(choices=[(one, one) for one in ENCODINGS], label=_("Encoding"))
    delimiter = forms.ChoiceField(
        choices=[(one, {"\t": "Tab"}.get(one, one)) for one in DELIMITERS], label=_("Separator")
    )
    unit = forms.ChoiceField(choices=(("yuan", _("Yuan")), ("fen", _("Fen"))), label=_("Amounts in"))
    out = Pairs(
        max_length=2000, label=_("Columns of the bank's file, in order"), initial=_lines(_EXAMPLE.out)
    )
    back = Pairs(
        max_length=2000, label=_("Columns of the return file"), initial=_lines(_EXAMPLE.back.items())
    )
    results = Pairs(
        max_length=2000, label=_("The bank's results"), initial=_lines(_EXAMPLE.results.items()),
        help_text=_("SUCCESS, INSUFFICIENT, ACCOUNT_CLOSED, NAME_MISMATCH, NO_AGREEMENT; the rest is OTHER."),
    )  # fmt: skip

    def said(self) -> dict[str, Any]:
        """What the service needs."""
        data = dict(self.cleaned_data)
        return data | {"back": dict(data["back"]), "results": dict(data["results"])}


class Return(forms.Form):
    """The bank's answer to a batch."""

    file = forms.FileField(label=_("Return file"), widget=forms.FileInput(attrs={"accept": ".csv,.txt"}))


class CallOff(forms.Form):
    """Why the bank never got it."""

    reason = forms.CharField(max_length=200, label=_("Reason"))
