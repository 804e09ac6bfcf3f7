"""Forms of visit rounds: the plan, why a round is called off, a visit at work, the company's rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arrears.team import queries
from arrears.team.services import Plan
from owners.queries import communities
from tenancy.kernel.choices import choice
from tenancy.people.words import WORDS


class RoundFilter(forms.Form):
    """What the list of rounds is narrowed to."""

    community = forms.TypedChoiceField(label=_("Community"), coerce=int, empty_value=None, required=False)
    on = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    mine = forms.BooleanField(label=_("Only mine"), required=False)
    state = forms.ChoiceField(
        choices=[("", ""), *((state, state) for state in queries.ROUND_STATES)],
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = ("", _("All"))
        choice(self, "community").choices = [everything, *((row.id, row.name) for row in communities())]

    def chosen(self, user_id: int) -> queries.RoundFilter:
        """The filter; what is not valid narrows nothing and stands beside its error."""
        self.is_valid()
        data = self.cleaned_data
        mine = user_id if data.get("mine") else None
        return queries.RoundFilter(data.get("community"), mine, data.get("state", ""), data.get("on"))


class PlanRound(forms.Form):
    """Who goes when; `workplaces` are the doors that are visited at work instead of at home."""

    on = forms.DateField(label=_("Day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    main = forms.TypedChoiceField(label=_("Who goes"), coerce=int)
    second = forms.TypedChoiceField(
        label=_("Second person"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Two persons go where an owner refuses to pay, and to every workplace."),
    )
    with_papers = forms.BooleanField(
        label=_("Take along the papers that wait for these doors"), required=False, initial=True
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)
    workplaces = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(
        self, *args: Any, people: Sequence[queries.Walker], asks: Sequence[int] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = [(one.user_id, _name(one)) for one in people]
        choice(self, "main").choices = offered
        choice(self, "second").choices = [("", "—"), *offered]
        choice(self, "workplaces").choices = [(ask, str(ask)) for ask in asks]

    def shown(self) -> list[forms.BoundField]:
        """The fields below the doors; workplaces are ticked beside theirs."""
        return [self[name] for name in self.fields if name != "workplaces"]

    def plan(self, *, task_ids: Sequence[int] = (), notice_ids: Sequence[int] = ()) -> Plan:
        """As plan_round takes it."""
        data = self.cleaned_data
        return Plan(
            on=data["on"],
            main_id=data["main"],
            second_id=data["second"],
            task_ids=task_ids,
            notice_ids=notice_ids,
            with_papers=data.get("with_papers", False),
            workplaces=data["workplaces"],
            note=data["note"],
        )


class CallOff(forms.Form):
    """Why nobody walks it."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class AskWorkplace(forms.Form):
    """Where an owner works, and why no visit at home does."""

    address = forms.CharField(label=_("Where"), max_length=200)
    reason = forms.CharField(
        label=_("Why no visit at home does"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class Rules(forms.Form):
    """What the company allows on its rounds."""

    keeps_places = forms.BooleanField(
        label=_("Visitors may add where they stood"),
        required=False,
        help_text=_("Only when they tap it, to about eleven metres; shown on the record of the visit."),
    )


def days(today: date) -> dict[str, Any]:
    """What a plan begins with."""
    return {"on": today}


def _name(walker: queries.Walker) -> str:
    return walker.name if walker.visits else f"{walker.name}（{WORDS.get('patrol', 'patrol')}）"
