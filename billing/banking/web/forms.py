"""Forms of bank accounts, statement files and the queue of transfers."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.banking.queries import BankAccountRow, LineFilter, bank_accounts, profiles
from billing.banking.rules.profiles import CSV, DELIMITERS, ENCODINGS, XLSX
from owners.queries import communities
from tenancy.people.templatetags.house import word

STATES = ("PROPOSED", "SUSPENSE", "MATCHED", "SPLIT", "NOT_OURS")


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _offer(field: forms.Field, rows: list[BankAccountRow], *, blank: bool) -> None:
    choices = [(row.bank_account_id, f"{row.community_name} {row.bank} {row.tail}") for row in rows]
    # With several there is none chosen beforehand: a statement must not slip into another community.
    first = [("", _("All"))] if blank else [("", "—")] if len(choices) > 1 else []
    cast(forms.ChoiceField, field).choices = [*first, *choices]


class Upload(forms.Form):
    """A statement and the account it speaks of."""

    bank_account = forms.TypedChoiceField(coerce=int, label=_("Bank account"))
    file = forms.FileField(
        label=_("Statement (CSV or Excel)"), widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["bank_account"], bank_accounts(), blank=False)


class NewAccount(forms.Form):
    """A receiving account of a community."""

    community = forms.TypedChoiceField(coerce=int, label=_("Community"))
    name = forms.CharField(max_length=120, label=_("Account holder"))
    bank = forms.CharField(max_length=120, label=_("Bank"))
    number = forms.CharField(
        max_length=50, label=_("Account number"),
        help_text=_("Kept encrypted; its last four digits are shown."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )  # fmt: skip
    profile = forms.ChoiceField(label=_("Statement profile"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        community = cast(forms.ChoiceField, self.fields["community"])
        community.choices = [(row.id, row.name) for row in communities()]
        profile = cast(forms.ChoiceField, self.fields["profile"])
        profile.choices = [(one.code, one.name) for one in profiles()]


class NewProfile(forms.Form):
    """How a bank writes its statement. A column may have several names, split by a vertical bar."""

    code = forms.SlugField(max_length=20, label=_("Code"))
    name = forms.CharField(max_length=40, label=_("Name"))
    file_format = forms.ChoiceField(
        choices=((CSV, _("Text (CSV)")), (XLSX, _("Excel"))), label=_("File format")
    )
    encoding = forms.ChoiceField(choices=[(one, one) for one in ENCODINGS], label=_("Encoding"))
    delimiter = forms.ChoiceField(
        choices=[(one, {"\t": "Tab"}.get(one, one)) for one in DELIMITERS], label=_("Separator")
    )
    date_format = forms.CharField(max_length=20, initial="%Y-%m-%d", label=_("Form of days"))
    date = forms.CharField(max_length=120, label=_("Column of the day"))
    serial = forms.CharField(max_length=120, label=_("Column of the bank's number"))
    credit = forms.CharField(max_length=120, required=False, label=_("Column of money in"))
    debit = forms.CharField(max_length=120, required=False, label=_("Column of money out"))
    amount = forms.CharField(max_length=120, required=False, label=_("Column of the amount"))
    side = forms.CharField(max_length=120, required=False, label=_("Column of in or out"))
    payer = forms.CharField(max_length=120, required=False, label=_("Column of the payer"))
    account = forms.CharField(max_length=120, required=False, label=_("Column of the payer's account"))
    remark = forms.CharField(max_length=120, required=False, label=_("Column of the remark"))
    currency = forms.CharField(max_length=120, required=False, label=_("Column of the currency"))

    def said(self) -> dict[str, Any]:
        """What the service needs."""
        known = dict(self.cleaned_data)
        plain = ("code", "name", "file_format", "encoding", "delimiter", "date_format")
        return {name: known.pop(name) for name in plain} | {
            "columns": {field: names.split("|") for field, names in known.items() if names}
        }


class LineFilterForm(forms.Form):
    """What the list of transfers is narrowed to."""

    state = forms.ChoiceField(required=False, label=_("State"), widget=forms.HiddenInput)
    bank_account = forms.TypedChoiceField(
        required=False, coerce=int, empty_value=None, label=_("Bank account")
    )
    statement = forms.IntegerField(
        required=False, min_value=1, max_value=10**15, label=_("Bank statement"), widget=forms.HiddenInput
    )
    from_on = forms.DateField(required=False, label=_("From"), widget=_day())
    to_on = forms.DateField(required=False, label=_("To"), widget=_day())
    words = forms.CharField(required=False, max_length=80, label=_("Room, payer, remark or number"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        state = cast(forms.ChoiceField, self.fields["state"])
        state.choices = [("", _("All")), ("WAITING", _("Waiting")), *((code, word(code)) for code in STATES)]
        _offer(self.fields["bank_account"], bank_accounts(), blank=True)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("from_on"), cleaned.get("to_on")
        if first and last and first > last:
            self.add_error("to_on", _("This day comes before the first one."))
        return cleaned

    def where(self) -> LineFilter:
        """The filter; what is not valid narrows nothing."""
        self.is_valid()
        cleaned = self.cleaned_data
        return LineFilter(
            state=cleaned.get("state", ""),
            bank_account_id=cleaned.get("bank_account"),
            statement_id=cleaned.get("statement"),
            from_on=cleaned.get("from_on"),
            to_on=cleaned.get("to_on"),
            words=cleaned.get("words", ""),
        )


class Look(forms.Form):
    """Another unit, looked for by room or name."""

    words = forms.CharField(
        required=False, max_length=60, label=_("Another unit"),
        widget=forms.TextInput(attrs={"data-key": "r", "autocomplete": "off"}),
    )  # fmt: skip


class Decide(forms.Form):
    """Whose money it is, or why nobody knows."""

    decision = forms.ChoiceField(choices=(("confirm", ""), ("keep", ""), ("not_ours", "")))
    account = forms.IntegerField(required=False, min_value=1, max_value=10**15)
    reason = forms.CharField(
        required=False, max_length=200, label=_("Reason"),
        widget=forms.TextInput(attrs={"data-key": "w", "autocomplete": "off"}),
    )  # fmt: skip
