"""Forms of what ends: a sale, a contract, a unit's tariff."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from tenancy.kernel import clock
from values.near import is_near


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class On(forms.Form):
    """Which change of owners; the newest without it."""

    on = forms.DateField(required=False)

    def day(self) -> date | None:
        """The day asked for, if it is one."""
        return self.cleaned_data.get("on") if self.is_valid() else None


class Settle(forms.Form):
    """The change that is settled, and the day of registration where it is known."""

    on = forms.DateField(widget=forms.HiddenInput)
    registered_on = forms.DateField(
        required=False,
        label=_("Day of registration"),
        widget=_day(),
        help_text=_("It only stands on the sheet; the days are split by the agreed day of handover."),
    )

    def clean_registered_on(self) -> date | None:
        """The year 9999 is a slip of the pen."""
        on: date | None = self.cleaned_data["registered_on"]
        if on is not None and not is_near(on, to=clock.today()):
            raise forms.ValidationError(_("This day lies more than ten years away. Check the year."))
        return on


class LastDay(forms.Form):
    """The last day of service, to look what it would do."""

    last_on = forms.DateField(label=_("Last day of service"), widget=_day())

    def clean_last_on(self) -> date:
        """The year 9999 is a slip of the pen."""
        on: date = self.cleaned_data["last_on"]
        if not is_near(on, to=clock.today()):
            raise forms.ValidationError(_("This day lies more than ten years away. Check the year."))
        return on


class EndContract(LastDay):
    """The last day of service, and why it is the last."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class EndAgreement(forms.Form):
    """From when on a unit pays a tariff no more."""

    end_on = forms.DateField(label=_("Pays no more from"), widget=_day())

    def clean_end_on(self) -> date:
        """The year 9999 is a slip of the pen."""
        on: date = self.cleaned_data["end_on"]
        if not is_near(on, to=clock.today()):
            raise forms.ValidationError(_("This day lies more than ten years away. Check the year."))
        return on
