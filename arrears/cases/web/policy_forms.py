"""Forms of policies: relaxing a stage, re-basing cases, quiet days, the list of deviations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arrears.cases import queries
from arrears.cases.web.forms import DatedForm, DayInput, worded
from owners.queries import communities
from tenancy.kernel.choices import choice


def _day(label: Any, *, required: bool = True) -> DayInput:
    widget = forms.TextInput(
        attrs={"autocomplete": "off", "placeholder": _("fri  +3  15  2026-11-30"), "size": "12"}
    )
    return DayInput(label=label, required=required, widget=widget)


class Relax(DatedForm):
    """Which rung opens later, from when on, and why."""

    level = forms.TypedChoiceField(label=_("Rung"), coerce=int)
    opens_on = _day(_("Opens on this day at the earliest"))
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def __init__(self, *args: Any, rungs: Sequence[queries.Rung], **kwargs: Any) -> None:
        """`rungs`: those that lie ahead of the case."""
        super().__init__(*args, **kwargs)
        words = worded([rung.code.value for rung in rungs])
        choice(self, "level").choices = [
            (rung.level, word) for rung, (_code, word) in zip(rungs, words, strict=True)
        ]


class Reason(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class QuietDays(DatedForm):
    """Days on which nobody is contacted."""

    name = forms.CharField(label=_("What the days are"), max_length=60)
    first_on = _day(_("First day"))
    last_on = _day(_("Last day; empty for a single one"), required=False)
    community_id = forms.TypedChoiceField(label=_("Community"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, sees_all: bool, **kwargs: Any) -> None:
        """`sees_all`: whether the member may speak for the whole company."""
        super().__init__(*args, **kwargs)
        places = [(row.id, row.name) for row in communities()]
        whole = [("", _("The whole company"))] if sees_all else []
        choice(self, "community_id").choices = [*whole, *places]
        self.fields["community_id"].required = not sees_all


class DeviationFilter(forms.Form):
    """Which deviations; it stands in the address."""

    community = forms.TypedChoiceField(label=_("Community"), coerce=int, empty_value=None, required=False)
    ended = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [(row.id, row.name) for row in communities()]
        choice(self, "community").choices = [("", _("All")), *places]

    def chosen(self) -> queries.DeviationFilter:
        """The filter; what is not valid narrows nothing and stands beside its error."""
        self.is_valid()
        data = self.cleaned_data
        return queries.DeviationFilter(data.get("community"), bool(data.get("ended")))
