"""Forms of meters and their readings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.charges.queries.meters import MeterFilter
from billing.charges.queries.tariffs import FeeItemRow
from billing.charges.rules.metered import to_milli
from billing.charges.services import NewMeter
from owners.queries import CommunityRow
from owners.queries.units import BuildingRow


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Units(forms.DecimalField):
    """What a dial shows; thousandths inside."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=12, decimal_places=3, min_value=Decimal(0), **kwargs)

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        return None if found is None else to_milli(found)


class Filter(forms.Form):
    """What the list of meters is narrowed to."""

    community = forms.TypedChoiceField(label=_("Community"), coerce=int, required=False, empty_value=None)
    fee_item = forms.TypedChoiceField(label=_("Fee"), coerce=int, required=False, empty_value=None)
    q = forms.CharField(label=_("Room, owner or meter"), required=False, max_length=60)
    removed = forms.BooleanField(label=_("Taken out"), required=False)

    def offer(self, communities: Iterable[CommunityRow], items: Iterable[tuple[int, str]]) -> None:
        """The communities and fees there are."""
        choices(self, "community", [("", _("All")), *((row.id, row.name) for row in communities)])
        choices(self, "fee_item", [("", _("All")), *items])

    def wanted(self) -> MeterFilter:
        """The filter; whatever cannot be read is left out."""
        self.is_valid()
        said = self.cleaned_data
        return MeterFilter(
            community_id=said.get("community"),
            fee_item_id=said.get("fee_item"),
            text=said.get("q", ""),
            removed=bool(said.get("removed")),
        )


class Dial(forms.Form):
    """A meter as it is put in."""

    serial = forms.CharField(label=_("Meter number"), max_length=40)
    digits = forms.IntegerField(
        label=_("Digits before the point"), min_value=3, max_value=9, initial=5,
        help_text=_("After the last one the dial begins at 0 again"),
    )  # fmt: skip
    multiplier = forms.IntegerField(label=_("Factor"), min_value=1, max_value=100_000, initial=1)
    start = Units(label=_("First reading"))
    people = forms.IntegerField(label=_("Persons in the household"), min_value=0, max_value=99, initial=0)
    place = forms.CharField(label=_("Where it hangs"), max_length=60, required=False)

    def meter(self) -> NewMeter:
        """What was typed."""
        said = self.cleaned_data
        return NewMeter(
            serial=said["serial"],
            start_milli=said["start"],
            digits=said["digits"],
            multiplier=said["multiplier"],
            people=said["people"],
            place=said["place"],
        )


class Meter(Dial):
    """A new meter of a room."""

    community = forms.TypedChoiceField(label=_("Community"), coerce=int)
    room = forms.CharField(label=_("Room"), max_length=40)
    fee_item = forms.TypedChoiceField(label=_("Fee"), coerce=int)
    installed_on = forms.DateField(label=_("Put in on"), widget=_day())
    field_order = ("community", "room", "fee_item", "installed_on", "serial", "digits", "multiplier", "start",
                   "people", "place")  # fmt: skip

    def offer(self, communities: Iterable[CommunityRow], items: Iterable[FeeItemRow]) -> None:
        """The communities and fees there are."""
        choices(self, "community", [(row.id, row.name) for row in communities])
        choices(self, "fee_item", [(row.fee_item_id, row.name) for row in items])


class TakeOut(forms.Form):
    """A meter's end; with a number, another one comes in its place."""

    on = forms.DateField(label=_("On"), widget=_day())
    end = Units(label=_("Last reading of the old meter"))
    serial = forms.CharField(
        label=_("Number of the new meter"), max_length=40, required=False,
        help_text=_("Empty: no meter comes in its place"),
    )  # fmt: skip
    digits = forms.IntegerField(label=_("Digits before the point"), min_value=3, max_value=9, initial=5)
    start = Units(label=_("First reading of the new meter"), required=False)

    def meter(self) -> NewMeter | None:
        """The meter that comes; None: none does."""
        said = self.cleaned_data
        if not said["serial"]:
            return None
        return NewMeter(serial=said["serial"], start_milli=said["start"] or 0, digits=said["digits"])


class Household(forms.Form):
    """Who lives behind a meter, and where it hangs."""

    people = forms.IntegerField(label=_("Persons in the household"), min_value=0, max_value=99)
    place = forms.CharField(label=_("Where it hangs"), max_length=60, required=False)


class Correction(forms.Form):
    """Another value in a reading's place."""

    value = Units(label=_("Right reading"))
    reason = forms.CharField(label=_("Reason"), max_length=200)


class Round(forms.Form):
    """Which meters are read, on which day."""

    community = forms.TypedChoiceField(label=_("Community"), coerce=int)
    fee_item = forms.TypedChoiceField(label=_("Fee"), coerce=int)
    building = forms.TypedChoiceField(label=_("Building"), coerce=int, required=False, empty_value=None)
    read_on = forms.DateField(label=_("Read on"), widget=_day())

    def offer(
        self,
        communities: Iterable[CommunityRow],
        items: Iterable[tuple[int, str]],
        buildings: Iterable[BuildingRow],
    ) -> None:
        """The communities, fees and buildings there are."""
        choices(self, "community", [(row.id, row.name) for row in communities])
        choices(self, "fee_item", list(items))
        choices(self, "building", [("", _("All")), *((row.id, row.name) for row in buildings)])

    @staticmethod
    def suggested(
        communities: list[CommunityRow], items: list[tuple[int, str]], today: date
    ) -> dict[str, str]:
        """The first community and fee, today."""
        return {
            "community": str(communities[0].id) if communities else "",
            "fee_item": str(items[0][0]) if items else "",
            "building": "",
            "read_on": today.isoformat(),
        }


class Sheet(forms.Form):
    """A filled reading sheet."""

    community = forms.TypedChoiceField(label=_("Community"), coerce=int)
    fee_item = forms.TypedChoiceField(label=_("Fee"), coerce=int)
    read_on = forms.DateField(
        label=_("Read on"), widget=_day(), help_text=_("For lines that name no day of their own")
    )
    file = forms.FileField(
        label=_("Excel workbook or CSV file"), widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"})
    )
    are_sure = forms.BooleanField(label=_("Take unusual usages too"), required=False)

    def offer(self, communities: Iterable[CommunityRow], items: Iterable[tuple[int, str]]) -> None:
        """The communities and fees there are."""
        choices(self, "community", [(row.id, row.name) for row in communities])
        choices(self, "fee_item", list(items))


def choices(form: forms.Form, name: str, offered: list[tuple[Any, Any]]) -> None:
    """What a field offers."""
    cast(forms.ChoiceField, form.fields[name]).choices = offered
