"""Forms of common costs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.charges.queries.tariffs import FeeItemRow
from billing.charges.rules.metered import to_milli
from billing.charges.rules.pools import Method
from billing.charges.rules.pricing import to_micro
from billing.charges.rules.typed import read_floors
from billing.charges.services import NewPool
from billing.charges.web.forms import Yuan
from billing.charges.web.meter_forms import choices
from owners.queries import CommunityRow
from owners.queries.units import BuildingRow
from tenancy.people.words import WORDS
from values.period import Period

_KINDS: Final = ("ROOM", "SHOP", "BAY", "OTHER")
_METHODS: Final = tuple(method.value for method in Method)
_BETWEEN: Final = re.compile(r"[\s,;，；、]+")
_PASSED: Final = "pass_through"


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Filter(forms.Form):
    """What the list of pools is narrowed to."""

    community = forms.TypedChoiceField(label=_("Community"), coerce=int, required=False, empty_value=None)

    def offer(self, communities: Iterable[CommunityRow]) -> None:
        """The communities there are."""
        choices(self, "community", [("", _("All")), *((row.id, row.name) for row in communities)])


class Pool(forms.Form):
    """A common cost from the supplier's paper."""

    community = forms.TypedChoiceField(label=_("Community"), coerce=int)
    building = forms.TypedChoiceField(
        label=_("Building"), coerce=int, required=False, empty_value=None,
        help_text=_("Empty: the whole community shares"),
    )  # fmt: skip
    fee_item = forms.TypedChoiceField(
        label=_("Fee"), coerce=int, help_text=_("Only fees that are passed through")
    )
    name = forms.CharField(label=_("What it is"), max_length=60)
    from_on = forms.DateField(label=_("From"), widget=_day())
    last_on = forms.DateField(label=_("Last day"), widget=_day())
    usage = forms.DecimalField(
        label=_("Units used"), max_digits=12, decimal_places=3, min_value=Decimal(0), required=False
    )
    measure = forms.CharField(label=_("Unit of usage"), max_length=8, required=False, initial="kWh")
    price = forms.DecimalField(
        label=_("Price of a unit"), max_digits=12, decimal_places=6, min_value=Decimal(0), required=False
    )
    amount = Yuan(label=_("Sum"), required=False, help_text=_("Empty where usage and price are given"))
    document = forms.CharField(label=_("Supplier's paper"), max_length=120)
    method = forms.ChoiceField(label=_("Shared"))
    kinds = forms.MultipleChoiceField(label=_("Who shares"), widget=forms.CheckboxSelectMultiple)
    excluded = forms.CharField(
        label=_("Rooms that do not share"), required=False, max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 2}), help_text=_("Such as ground-floor rooms for a lift"),
    )  # fmt: skip
    floors = forms.CharField(
        label=_("Coefficients of floors"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line: 2-6 0.8; floors without one do not share"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices(self, "method", [(code, WORDS.get(f"share.{code}", code)) for code in _METHODS])
        choices(self, "kinds", [(code, WORDS.get(code, code)) for code in _KINDS])

    def offer(
        self,
        communities: Iterable[CommunityRow],
        buildings: Iterable[BuildingRow],
        items: Iterable[FeeItemRow],
    ) -> None:
        """The communities, their buildings, and the fees that are passed through."""
        known = {row.id: row.name for row in communities}
        choices(self, "community", list(known.items()))
        rows = [(row.id, f"{known.get(row.community_id, '')} {row.name}") for row in buildings]
        choices(self, "building", [("", _("All")), *rows])
        passed = [(row.fee_item_id, row.name) for row in items if row.revenue == _PASSED]
        choices(self, "fee_item", passed)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        first, last = said.get("from_on"), said.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", _("The last day lies before the first."))
        try:
            said["floors"] = read_floors(said.get("floors") or "")
        except ValueError as error:
            self.add_error("floors", _("Not understood: %(line)s") % {"line": error})
        said["excluded"] = tuple(code for code in _BETWEEN.split(said.get("excluded") or "") if code)
        return said

    def pool(self) -> NewPool:
        """What was typed."""
        said = self.cleaned_data
        usage, price = said["usage"], said["price"]
        return NewPool(
            name=said["name"],
            fee_item_id=said["fee_item"],
            period=Period.inclusive(said["from_on"], said["last_on"]),
            method=Method(said["method"]),
            document=said["document"],
            amount_fen=said["amount"],
            usage_milli=to_milli(usage) if usage else None,
            price_micro=to_micro(price) if price else None,
            measure=said["measure"] if usage else "",
            building_id=said["building"],
            kinds=tuple(said["kinds"]),
            excluded=said["excluded"],
            floors=said["floors"],
        )


class Reason(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=200)
