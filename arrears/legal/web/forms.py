"""What is entered when a paper was filed."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class MarkFiled(forms.Form):
    """Which court, when, under which reference."""

    court = forms.CharField(label=_("Name of the court"), max_length=80)
    filed_on = forms.DateField(
        label=_("Filed on"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    court_reference = forms.CharField(label=_("Reference of the court"), max_length=60, required=False)
