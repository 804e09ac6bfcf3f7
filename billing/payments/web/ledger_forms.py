"""Forms of a statement of account."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tenancy.kernel import clock
from values.near import is_near


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class AsOf(forms.Form):
    """The day of a statement; without one, or with one that is none, today."""

    as_of = forms.DateField(required=False, label=_("As of"), widget=_day())

    def day(self, today: date) -> date:
        """The day asked for; never one to come."""
        asked: date | None = self.cleaned_data.get("as_of") if self.is_valid() else None
        return min(asked, today) if asked and is_near(asked, to=today) else today


class Certify(forms.Form):
    """The day that a certificate is about."""

    as_of = forms.DateField(label=_("Nothing owed as of"), widget=_day())

    def clean_as_of(self) -> Any:
        day = self.cleaned_data["as_of"]
        if day > clock.today():
            raise forms.ValidationError(_("This day has not come yet."))
        return day
