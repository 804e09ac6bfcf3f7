"""Forms of fees and of who pays a tariff."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from tenancy.people.words import WORDS
from values.period import Period, month_start

_REVENUES = ("own_income", "common_income", "pass_through", "deposit")
_KINDS = ("ROOM", "SHOP", "BAY", "OTHER")
_BETWEEN = re.compile(r"[\s,;，；、]+")
_MOST_ROOMS = 2000


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class FeeItem(forms.Form):
    """A new fee."""

    name = forms.CharField(label=_("Name"), max_length=40)
    code = forms.RegexField(
        label=_("Code"), regex=r"^[a-z][a-z0-9_]*$", max_length=20,
        help_text=_("Small letters, digits and _ ; programs know the fee by it"),
        error_messages={"invalid": _("Small letters, digits and _ only, a letter first.")},
    )  # fmt: skip
    revenue = forms.ChoiceField(label=_("Whose money"))
    bears_late_fee = forms.BooleanField(
        label=_("Late fee as the contract agrees"), required=False, initial=True
    )
    in_arrears = forms.BooleanField(label=_("Billed after the period"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(code, WORDS.get(code, code)) for code in _REVENUES]
        cast(forms.ChoiceField, self.fields["revenue"]).choices = offered


class Subscribe(forms.Form):
    """All units of a kind, or rooms by name, from a day on."""

    kind = forms.ChoiceField(label=_("Which units"), required=False)
    units = forms.CharField(
        label=_("Rooms"), required=False, max_length=60_000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Such as 3-1-1602, with a space or a new line between them"),
    )  # fmt: skip
    from_on = forms.DateField(label=_("From"), widget=_day())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [
            ("", _("Only the rooms written below")),
            *((code, WORDS.get(code, code)) for code in _KINDS),
        ]
        cast(forms.ChoiceField, self.fields["kind"]).choices = offered

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        said["units"] = [code for code in _BETWEEN.split(said.get("units") or "") if code]
        if said.get("kind") and said["units"]:
            self.add_error("units", _("Either all units of a kind, or rooms by name."))
        elif not said.get("kind") and not said["units"]:
            self.add_error("units", _("Write the rooms, or choose a kind above."))
        elif len(said["units"]) > _MOST_ROOMS:
            self.add_error("units", _("So many at once come with an import of the register."))
        return said

    @staticmethod
    def suggested(today: date) -> dict[str, str]:
        """The first of this month."""
        return {"from_on": month_start(today).isoformat()}


class End(forms.Form):
    """The first day on which a unit pays no more."""

    end_on = forms.DateField(label=_("Pays no more from"), widget=_day())

    @staticmethod
    def suggested(today: date) -> str:
        """The first of next month."""
        return Period.of_months(month_start(today), 1).end.isoformat()
