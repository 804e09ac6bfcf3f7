"""Forms of units, their people and communities."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from owners.models import Community, Contact, Party, Unit
from owners.queries import PartyOfUnit, communities
from owners.queries.units import UnitFilter, buildings
from owners.services import CommunityFields, NewHolder
from tenancy.kernel import clock
from tenancy.kernel.errors import row_id
from tenancy.people.words import WORDS
from values.near import is_near

_DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def worded(codes: Sequence[str]) -> list[tuple[str, Any]]:
    """Choices of codes in the reader's words."""
    return [(code, WORDS.get(code, code)) for code in codes]


class Units(forms.Form):
    """What the list of units is narrowed to."""

    q = forms.CharField(label=_("Room, owner or last four of a phone"), max_length=60, required=False)
    community = forms.TypedChoiceField(label=_("Community"), coerce=int, empty_value=None, required=False)
    building = forms.TypedChoiceField(label=_("Building"), coerce=int, empty_value=None, required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False, widget=forms.HiddenInput)
    handover = forms.ChoiceField(label=_("Handover"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = [("", _("All"))]
        names = {row.id: row.name for row in communities()}
        chosen = row_id(self.data.get("community", ""))
        of = chosen if chosen in names else None
        several = len(names) > 1 and of is None
        rooms = [
            (row.id, f"{names.get(row.community_id, '')} {row.name}" if several else row.name)
            for row in buildings(of)
        ]
        self._choose("community", [*everything, *names.items()])
        self._choose("building", [*everything, *rooms])
        self._choose("kind", [*everything, *worded(Unit.Kind.values)])
        self._choose("handover", [*everything, *worded(Unit.Handover.values)])

    def wanted(self) -> UnitFilter:
        """The filter; a value that is not offered is left out."""
        self.is_valid()
        found = self.cleaned_data
        return UnitFilter(
            text=found.get("q") or "",
            community_id=found.get("community"),
            building_id=found.get("building"),
            kind=found.get("kind") or "",
            handover=found.get("handover") or "",
        )

    def _choose(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = list(choices)


class EditUnit(forms.Form):
    """What staff write on a unit."""

    remark = forms.CharField(
        label=_("Remark"), max_length=300, required=False, widget=forms.Textarea({"rows": 2})
    )
    special_needs = forms.CharField(
        label=_("Special needs"),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Such as: lives alone, hard of hearing, call the daughter."),
    )


class LegacyIssue(forms.Form):
    """A legacy issue."""

    text = forms.CharField(label=_("Legacy issue"), max_length=300)


class NewContact(forms.Form):
    """A number or an address of one of the unit's people."""

    party = forms.TypedChoiceField(label=_("Of whom"), coerce=int)
    value = forms.CharField(
        label=_("Telephone or e-mail"), max_length=120, widget=forms.TextInput({"autocomplete": "off"})
    )

    def __init__(self, *args: Any, people: Sequence[PartyOfUnit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["party"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [(person.party_id, person.name) for person in people]


class MarkContact(forms.Form):
    """How a contact turned out."""

    state = forms.ChoiceField(choices=Contact.State.choices)


class HandOver(forms.Form):
    """Who comes in, and when. Up to three owners; the first one is the debtor."""

    on = forms.DateField(
        label=_("First day of the new owner"),
        widget=_DAY,
        help_text=_("This day belongs to the new owner. What arose before stays with the old one."),
    )
    name = forms.CharField(label=_("New owner"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"))
    id_number = forms.CharField(label=_("Identity number or credit code"), max_length=40, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=30, required=False)
    joint_1 = forms.CharField(label=_("Joint owner"), max_length=120, required=False)
    joint_2 = forms.CharField(label=_("Another joint owner"), max_length=120, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = worded([Party.Kind.PERSON, Party.Kind.ORGANISATION])

    def clean_on(self) -> date:
        """The year 9999 is a slip of the pen."""
        on: date = self.cleaned_data["on"]
        if not is_near(on, to=clock.today()):
            raise forms.ValidationError(_("This day lies more than ten years away. Check the year."))
        return on

    def holders(self) -> list[NewHolder]:
        """The new owners in order."""
        found = self.cleaned_data
        first = NewHolder(
            name=found["name"], id_number=found["id_number"], phone=found["phone"], kind=found["kind"]
        )
        joint = [NewHolder(name=found[name]) for name in ("joint_1", "joint_2") if found[name].strip()]
        return [first, *joint]


class EditCommunity(forms.Form):
    """What documents say about a community."""

    name = forms.CharField(label=_("Name"), max_length=80)
    branch = forms.CharField(label=_("Branch"), max_length=80, required=False)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    service_phone = forms.CharField(label=_("Telephone of the service centre"), max_length=30, required=False)
    service_place = forms.CharField(label=_("Place of the service centre"), max_length=120, required=False)
    service_hours = forms.CharField(label=_("Opening hours"), max_length=80, required=False)
    handover_rule = forms.ChoiceField(label=_("When the developer's duty ends"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["handover_rule"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = worded(Community.HandoverRule.values)

    def said(self) -> CommunityFields:
        """The fields as the service takes them."""
        return CommunityFields(**{name: self.cleaned_data[name] for name in CommunityFields.__slots__})


class NewCommunity(EditCommunity):
    """A community that is not there yet."""

    code = forms.RegexField(
        label=_("Code"),
        regex=r"[A-Za-z0-9]{1,16}\Z",
        help_text=_("Short, in letters and digits; it stands in every document number and never changes."),
    )
    field_order = ("code",)
