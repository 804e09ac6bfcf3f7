"""Forms of channel days and their exceptions."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.banking.queries.channels import OUTCOMES
from owners.queries import communities
from tenancy.people.templatetags.house import word

CHANNELS = (("WECHAT", _("WeChat Pay")), ("ALIPAY", _("Alipay")))
STATES = ("OPEN", "ANSWERED", "CLOSED")


class Upload(forms.Form):
    """A channel's file of one day."""

    community = forms.TypedChoiceField(coerce=int, label=_("Community"))
    channel = forms.ChoiceField(choices=CHANNELS, label=_("Channel"))
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    file = forms.FileField(
        label=_("Bill file (WeChat CSV, Alipay ZIP or CSV)"),
        widget=forms.FileInput(attrs={"accept": ".csv,.zip,.txt"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        community = cast(forms.ChoiceField, self.fields["community"])
        choices = [(row.id, row.name) for row in communities()]
        community.choices = [("", "—"), *choices] if len(choices) > 1 else choices


class ExceptionFilter(forms.Form):
    """What the list of exceptions is narrowed to."""

    state = forms.ChoiceField(required=False, label=_("State"), widget=forms.HiddenInput)
    outcome = forms.ChoiceField(required=False, label=_("What differs"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        state = cast(forms.ChoiceField, self.fields["state"])
        state.choices = [("", _("All")), *((code, word(f"exception.{code}")) for code in STATES)]
        outcome = cast(forms.ChoiceField, self.fields["outcome"])
        outcome.choices = [("", _("All")), *((code, word(f"outcome.{code}")) for code in OUTCOMES[1:])]

    def where(self) -> dict[str, str]:
        """The filter; what is not valid narrows nothing."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in ("state", "outcome")}


def _text(key: str) -> forms.TextInput:
    return forms.TextInput(attrs={"data-key": key, "autocomplete": "off"})


class Answer(forms.Form):
    """Why it is so, and what was done about it."""

    reason = forms.CharField(max_length=200, label=_("Reason"), widget=_text("w"))
    closure = forms.CharField(max_length=200, label=_("What was done"), widget=_text("d"))


class Review(forms.Form):
    """Closed, or sent back."""

    decision = forms.ChoiceField(choices=(("accept", ""), ("return", "")))
