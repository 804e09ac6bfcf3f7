"""What the dashboard is narrowed to, and a new target."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from owners.queries import CommunityRow
from values.fen import parse_yuan
from values.period import month_end

_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


class MonthField(forms.CharField):
    """2026-10 as the first day of that month; None when empty."""

    widget = forms.TextInput(attrs={"type": "month"})
    default_error_messages = {"invalid": _("Write a month as 2026-01.")}

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        found = _MONTH.fullmatch(text)
        if text and found is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return date(int(found[1]), int(found[2]), 1) if found else None


class Filter(forms.Form):
    """One community or all, this month or an earlier one; it stands in the address."""

    community = forms.TypedChoiceField(label=_("Community"), coerce=int, empty_value=None, required=False)
    month = MonthField(label=_("Month"), required=False, max_length=7)

    def __init__(self, *args: Any, communities: Iterable[CommunityRow], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, [("", _("All")), *((row.id, row.name) for row in communities)])
        self._today = today
        self.fields["month"].widget.attrs["max"] = f"{today:%Y-%m}"

    def community_id(self) -> int | None:
        """The community; what is not valid narrows nothing and stands beside its error."""
        self.is_valid()
        found: int | None = self.cleaned_data.get("community")
        return found

    def as_of(self) -> date:
        """Today, or the last day of a month that is over."""
        self.is_valid()
        month = self.cleaned_data.get("month")
        return self._today if month is None else min(month_end(month), self._today)


class Target(forms.Form):
    """What a community means to collect in a year."""

    community = forms.TypedChoiceField(label=_("Community"), coerce=int)
    year = forms.IntegerField(label=_("Year"))
    amount = forms.CharField(
        label=_("Target of the year"),
        max_length=20,
        help_text=_("In yuan: all money taken, late fees included"),
    )

    def __init__(self, *args: Any, communities: Iterable[CommunityRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, [(row.id, row.name) for row in communities])

    def clean_amount(self) -> int:
        """Whole fen."""
        try:
            return parse_yuan(self.cleaned_data["amount"])
        except ValueError as error:
            raise forms.ValidationError(
                _("Write an amount in yuan, such as 2520.24."), code="invalid"
            ) from error


def _offer(form: forms.Form, choices: list[tuple[Any, Any]]) -> None:
    cast(forms.TypedChoiceField, form.fields["community"]).choices = choices
