"""Forms of the team: whose case, which days, what is corrected, what a meeting decided."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from arrears.team.models import SheetKind
from arrears.team.queries.record import RecordFilter
from arrears.team.rules.sheets import UNSIGNED_STATES, SheetState
from owners.queries import buildings, communities
from tenancy.kernel.choices import choice
from tenancy.kernel.permissions import Role
from tenancy.people.queries.members import members, members_playing
from tenancy.people.words import WORDS
from values.known_days import EARLIEST, LATEST

_LONGEST: Final = timedelta(days=366)
_CLASSES: Final = ("A_PROMISED", "B_UNDECIDED", "C_UNREACHABLE", "D_REMOTE", "E_REFUSED")


class KnownDay(forms.DateField):
    """A day within living memory; others are refused, not reckoned with."""

    default_validators = [MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]


class PlaceFilter(forms.Form):
    """One community or all."""

    community = forms.TypedChoiceField(required=False, coerce=int, empty_value=None, label=_("Community"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice(self, "community").choices = [("", _("All")), *((row.id, row.name) for row in communities())]

    def community_id(self) -> int | None:
        """The chosen community; None for all."""
        self.is_valid()
        found: int | None = self.cleaned_data.get("community")
        return found


class ShownDay(KnownDay):
    """A day that shows what stands in for it while nobody names one."""

    def bound_data(self, data: Any, initial: Any) -> Any:
        return data or initial


class DaysFilter(PlaceFilter):
    """One community or all, from a day to a day; the last week unless told otherwise, and it says so."""

    from_on = ShownDay(required=False, label=_("From"))
    to_on = ShownDay(required=False, label=_("To"))
    back: timedelta = timedelta(days=7)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        for name in ("from_on", "to_on"):
            self.fields[name].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def days(self) -> tuple[date, date]:
        """Both ends inclusive, a year at most; what is not valid narrows nothing."""
        self.is_valid()
        to_on: date = self.cleaned_data.get("to_on") or self._today
        from_on: date = self.cleaned_data.get("from_on") or to_on - self.looks_back()
        from_on = max(min(from_on, to_on), to_on - _LONGEST)
        self.initial = {**self.initial, "from_on": from_on, "to_on": to_on}
        return from_on, to_on

    def looks_back(self) -> timedelta:
        """How far the window reaches while nobody names its first day."""
        return self.back


class SheetFilter(DaysFilter):
    """Which sheets."""

    kind = forms.ChoiceField(required=False, label=_("Kind"))
    state = forms.ChoiceField(required=False, label=_("State"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice(self, "kind").choices = [("", _("All")), *((kind, WORDS[kind]) for kind in SheetKind.values)]
        states = [(state.value, WORDS[f"sheet.{state}"]) for state in SheetState]
        choice(self, "state").choices = [("", _("All")), *states]

    def looks_back(self) -> timedelta:
        """What is still open is looked for as far as a list reaches: it must not lie forgotten."""
        return _LONGEST if self.cleaned_data.get("state") in set(UNSIGNED_STATES) else self.back


class RecordSheetFilter(DaysFilter):
    """Which lines of the record sheet; this month unless told otherwise."""

    building = forms.TypedChoiceField(required=False, coerce=int, empty_value=None, label=_("Building"))
    collector = forms.TypedChoiceField(required=False, coerce=int, empty_value=None, label=_("Collector"))
    klass = forms.ChoiceField(required=False, label=_("Class"))
    acted = forms.BooleanField(required=False, label=_("Only with a call or visit"))
    back = timedelta(days=30)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = {row.id: row.name for row in communities()}
        found = [(row.id, f"{places.get(row.community_id, '')} {row.name}") for row in buildings()]
        choice(self, "building").choices = [("", _("All")), *found]
        people = [(row.user_id, row.name) for row in members_playing(Role.COLLECTOR.value)]
        choice(self, "collector").choices = [("", _("All")), *people]
        choice(self, "klass").choices = [("", _("All")), *((code, WORDS[code]) for code in _CLASSES)]

    def wanted(self) -> RecordFilter:
        """The filter for `find_lines`."""
        from_on, to_on = self.days()
        said = self.cleaned_data
        return RecordFilter(
            from_on,
            to_on,
            community_id=said.get("community"),
            building_id=said.get("building"),
            collector_id=said.get("collector"),
            klass=said.get("klass", ""),
            acted=bool(said.get("acted")),
        )

    def _offered(self, name: str) -> list[tuple[Any, Any]]:
        return list(choice(self, name).choices)  # type: ignore[arg-type]

    def told(self) -> dict[str, str]:
        """What it is narrowed to, in words, for the head of the paper."""
        chosen = {}
        for name in ("community", "building", "collector", "klass"):
            value = self.cleaned_data.get(name)
            offered = {str(code): str(text) for code, text in self._offered(name)}
            chosen[name] = offered.get(str(value), "") if value else ""
        return chosen


class MoveCase(forms.Form):
    """Which case goes to whom."""

    case = forms.IntegerField(min_value=1)
    collector = forms.IntegerField(min_value=1)


class Fairly(forms.Form):
    """The fair split that the page showed: how many change hands."""

    count = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    community = forms.IntegerField(required=False, widget=forms.HiddenInput)


class ChooseSteward(forms.Form):
    """Who looks after a building; nobody when empty."""

    user = forms.IntegerField(required=False, min_value=1)


class EnterLeave(forms.Form):
    """Whose days away; without a last day the person leaves for good."""

    user = forms.TypedChoiceField(coerce=int, label=_("Who is away"))
    from_on = KnownDay(label=_("First day away"))
    to_on = KnownDay(required=False, label=_("Last day away"))
    for_good = forms.BooleanField(required=False, label=_("Leaves for good: everything is handed over"))
    reason = forms.CharField(required=False, max_length=120, label=_("Reason"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(row.user_id, row.name) for row in members_playing(Role.COLLECTOR.value)]
        choice(self, "user").choices = [("", _("Choose")), *people]
        for name in ("from_on", "to_on"):
            self.fields[name].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "to_on" in self.errors:
            return cleaned
        if not cleaned.get("to_on") and not cleaned.get("for_good"):
            self.add_error(
                "to_on",
                forms.ValidationError(_("Say the last day, or that it is for good."), code="required"),
            )
        if cleaned.get("to_on") and cleaned.get("for_good"):
            self.add_error("to_on", forms.ValidationError(_("For good has no last day."), code="invalid"))
        return cleaned


class ReturnSheet(forms.Form):
    """What is to be corrected."""

    comment = forms.CharField(
        max_length=500,
        label=_("What is to be corrected"),
        widget=forms.Textarea(attrs={"rows": 2, "data-key": "r"}),
    )


class SignSheet(forms.Form):
    """What was looked at."""

    digest = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class CorrectEntry(forms.Form):
    """What is right, and of which entry."""

    entry = forms.ChoiceField(required=False, label=_("Entry to put right"))
    text = forms.CharField(max_length=500, label=_("What is right"), widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, entries: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice(self, "entry").choices = [("", _("The whole sheet")), *entries]


class Decide(forms.Form):
    """What a meeting decided, who does it, until when."""

    what = forms.CharField(
        max_length=500, label=_("What was decided"), widget=forms.Textarea(attrs={"rows": 2, "data-key": "n"})
    )
    who = forms.TypedChoiceField(required=False, coerce=int, empty_value=None, label=_("Who does it"))
    until_on = KnownDay(required=False, label=_("Until"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(row.user_id, row.name) for row in members() if row.is_active]
        choice(self, "who").choices = [("", _("Nobody: it is only noted")), *people]
        self.fields["until_on"].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class EndDecision(forms.Form):
    """What became of it."""

    note = forms.CharField(max_length=300, label=_("What became of it"))
