"""What is entered to set a hold and to end it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arrears.cases.services.holds import BY_HAND as HOLDS_BY_HAND
from arrears.cases.web.forms import DatedForm, DayInput, photo_of, typed, worded
from tenancy.kernel.choices import choice


class SetHold(DatedForm):
    """What stops the ladder, from when to when. `kind`: the one that was chosen before; else it is asked."""

    kind = forms.ChoiceField(label=_("Kind"))
    from_on = DayInput(label=_("From"), widget=typed("f"))
    to_on = DayInput(
        label=_("To, the day included; empty while nobody ends it"), required=False, widget=typed("t")
    )
    reason = forms.CharField(label=_("Reason"), max_length=300)
    proof = forms.FileField(
        label=_("Proof"),
        required=False,
        help_text=_("PDF, JPEG or PNG."),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
    )

    def __init__(self, *args: Any, kind: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice(self, "kind").choices = worded(HOLDS_BY_HAND)
        if kind:
            self.fields["kind"].widget = forms.HiddenInput()

    def entry(self) -> dict[str, Any]:
        """As set_hold takes it."""
        return {**self.cleaned_data, "proof": photo_of(self.cleaned_data["proof"])}


class EndHold(forms.Form):
    """Why a hold ends, and who speaks for the debtor from now on."""

    reason = forms.CharField(label=_("Why it ends"), max_length=300, required=False)
    representative = forms.CharField(
        label=_("Who speaks for the debtor, and as what"), max_length=200, required=False
    )
    nothing_wrong = forms.BooleanField(label=_("Nothing was wrong"), required=False)
