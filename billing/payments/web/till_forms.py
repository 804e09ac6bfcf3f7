"""Forms of a till: opening, counting by notes and coins, handing on, the bank's slip."""

from __future__ import annotations

from typing import Any, Final, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.payments.rules.cash_day import MAX_PIECES, PIECES_FEN
from billing.payments.web.forms import YuanInput
from owners.queries import CommunityRow
from values.fen import yuan

STATES: Final = (("TILL_OPEN", _("Open")), ("TILL_DIFFERENCE", _("With a difference")))


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class OpenTill(forms.Form):
    """At which desk, with how much; empty is what the last session left there."""

    cash_point = forms.TypedChoiceField(coerce=int, label=_("Cash point"))
    opening = YuanInput(
        required=False, max_length=20, label=_("Opening cash"),
        help_text=_("Empty: what the last session left at the desk."),
    )  # fmt: skip
    opening_reason = forms.CharField(required=False, max_length=200, label=_("Reason, if another sum"))
    back = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(self, *args: Any, desks: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.TypedChoiceField, self.fields["cash_point"]).choices = desks


class Count(forms.Form):
    """How many of each note and coin lie in the till; empty is none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for worth in PIECES_FEN:
            self.fields[f"n{worth}"] = forms.IntegerField(
                required=False, min_value=0, max_value=MAX_PIECES, label=f"¥{yuan(worth)}",
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            )  # fmt: skip

    def pieces(self) -> dict[int, int]:
        """Their number by their worth."""
        return {worth: self.cleaned_data[f"n{worth}"] or 0 for worth in PIECES_FEN}


class Close(forms.Form):
    """Why the count is another than it should be."""

    reason = forms.CharField(required=False, max_length=200, label=_("Reason for the difference"))


class HandOver(forms.Form):
    """To whom, how much."""

    to_user = forms.TypedChoiceField(coerce=int, label=_("Receiver"))
    amount = YuanInput(max_length=20, label=_("Amount"))
    note = forms.CharField(required=False, max_length=200, label=_("Note"))

    def __init__(self, *args: Any, receivers: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.TypedChoiceField, self.fields["to_user"]).choices = receivers


class Deposit(forms.Form):
    """What the bank stamped."""

    bank = forms.CharField(max_length=60, label=_("Bank"))
    slip_number = forms.CharField(max_length=40, label=_("Number of the slip"))
    amount = YuanInput(max_length=20, label=_("Amount"))
    file = forms.FileField(required=False, label=_("Photo or PDF of the slip"))

    def photo(self) -> tuple[str, bytes] | None:
        """Name and bytes of the file."""
        found = self.cleaned_data["file"]
        return (found.name, found.read()) if found else None


class Filter(forms.Form):
    """What the list of sessions is narrowed to."""

    community = forms.TypedChoiceField(required=False, coerce=int, empty_value=None, label=_("Community"))
    state = forms.ChoiceField(required=False, choices=(("", _("All")), *STATES), label=_("State"))
    from_on = forms.DateField(required=False, label=_("From"), widget=_day())
    to_on = forms.DateField(required=False, label=_("To"), widget=_day())

    def __init__(self, *args: Any, communities: list[CommunityRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        community = cast(forms.TypedChoiceField, self.fields["community"])
        community.choices = [("", _("All")), *((row.id, row.name) for row in communities)]

    def where(self) -> dict[str, Any]:
        """The filter for `queries.tills`."""
        self.is_valid()
        cleaned = self.cleaned_data
        return {
            "community_id": cleaned.get("community"),
            "state": cleaned.get("state", ""),
            "from_on": cleaned.get("from_on"),
            "to_on": cleaned.get("to_on"),
        }
