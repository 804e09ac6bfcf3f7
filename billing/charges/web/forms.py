"""Forms of the month run, the bills list, a bill's void and the tariffs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.charges.queries.bills import STATES, BillFilter
from billing.charges.queries.tariffs import FeeItemRow
from billing.charges.rules.metered import Span, Steps
from billing.charges.rules.typed import read_steps
from owners.queries import CommunityRow
from tenancy.people.words import WORDS
from values.fen import parse_yuan
from values.period import Period, month_start

_CYCLES = (
    (1, _("Monthly")),
    (2, _("Every two months")),
    (3, _("Quarterly")),
    (6, _("Half-yearly")),
    (12, _("Yearly")),
)


class Month(forms.CharField):
    """2026-01 as the period of that calendar month."""

    widget = forms.TextInput(attrs={"type": "month"})
    default_error_messages = {"invalid": _("Write a month as 2026-01.")}

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return Period.month(*(int(part) for part in text.split("-")))
        except (ValueError, TypeError) as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error


class Yuan(forms.CharField):
    """Yuan as people type them, whole fen inside; empty is 0."""

    default_error_messages = {"invalid": _("Write an amount in yuan, such as 2520.24.")}

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return int(parse_yuan(text)) if text else 0
        except ValueError as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Run(forms.Form):
    """Which community, which month, issued on which day."""

    community = forms.TypedChoiceField(label=_("Community"), coerce=int)
    month = Month(label=_("Month"))
    issued_on = forms.DateField(label=_("Issue day"), widget=_day())

    def offer(self, communities: Iterable[CommunityRow]) -> None:
        """The communities the member may bill."""
        _choices(self, "community", [(row.id, row.name) for row in communities])

    @classmethod
    def suggested(cls, communities: list[CommunityRow], today: date) -> dict[str, str]:
        """The first community and this month."""
        return {
            "community": str(communities[0].id) if communities else "",
            "month": f"{today:%Y-%m}",
            "issued_on": today.isoformat(),
        }


class Filter(forms.Form):
    """What the bills list is narrowed to."""

    community = forms.TypedChoiceField(label=_("Community"), coerce=int, required=False, empty_value=None)
    month = Month(label=_("Month"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False, widget=forms.HiddenInput)
    q = forms.CharField(label=_("Room, owner or number"), required=False, max_length=60)
    run = forms.IntegerField(label=_("Month run"), required=False, min_value=1, widget=forms.HiddenInput())

    def offer(self, communities: Iterable[CommunityRow]) -> None:
        """The communities and states there are."""
        _choices(self, "community", [("", _("All")), *((row.id, row.name) for row in communities)])
        _choices(self, "state", [("", _("All")), *((state, WORDS.get(state, state)) for state in STATES)])

    def wanted(self) -> BillFilter:
        """The filter; whatever cannot be read is left out."""
        self.is_valid()
        said = self.cleaned_data
        return BillFilter(
            community_id=said.get("community"),
            month=said.get("month"),
            state=said.get("state", ""),
            text=said.get("q", "").strip(),
            run_id=said.get("run"),
        )


class TariffFilter(forms.Form):
    """What the tariffs list is narrowed to."""

    community = forms.TypedChoiceField(label=_("Community"), coerce=int, required=False, empty_value=None)

    def offer(self, communities: Iterable[CommunityRow]) -> None:
        """The communities there are."""
        _choices(self, "community", [("", _("All")), *((row.id, row.name) for row in communities)])


class Void(forms.Form):
    """Why a bill is taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class Version(forms.Form):
    """A price from a day on."""

    from_on = forms.DateField(label=_("From"), widget=_day(), help_text=_("The first day of the new price"))
    rate = forms.DecimalField(
        label=_("Price in yuan"), max_digits=14, decimal_places=6, min_value=Decimal(0),
        help_text=_("Per m² and month, per month for a fixed price, per unit used for a meter"),
    )  # fmt: skip
    steps = forms.CharField(
        label=_("Steps of a metered price"), required=False, max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line: up to which usage, at which price. The last has no end, such as 7.20"),
    )  # fmt: skip
    span = forms.ChoiceField(
        label=_("Steps begin anew"),
        required=False,
        choices=(("YEAR", _("Every year")), ("MONTH", _("Every month"))),
    )
    people = forms.IntegerField(
        label=_("Persons the steps are for"), required=False, min_value=0, max_value=20,
        help_text=_("Empty: the size of the household does not count"),
    )  # fmt: skip
    extra = forms.DecimalField(
        label=_("More for each further person"), required=False, max_digits=9, decimal_places=3,
        min_value=Decimal(0),
    )  # fmt: skip
    surcharge = Yuan(label=_("Surcharge per month"), required=False)
    approval_reference = forms.CharField(label=_("Approved by (document)"), max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        try:
            said["steps"] = self._steps(said)
        except ValueError as error:
            self.add_error("steps", _("Not understood: %(line)s") % {"line": error})
        return said

    def _steps(self, said: dict[str, Any]) -> Steps | None:
        tiers = read_steps(said.get("steps") or "")
        if not tiers:
            return None
        span = Span(said.get("span") or Span.YEAR)
        return Steps(tiers, span, said.get("people") or 0, said.get("extra") or Decimal(0))

    @classmethod
    def suggested(cls, today: date) -> dict[str, str]:
        """The first of next month."""
        return {"from_on": Period.of_months(month_start(today), 1).end.isoformat()}


class Tariff(Version):
    """A new tariff with its first price."""

    community = forms.TypedChoiceField(label=_("Community"), coerce=int)
    fee_item = forms.TypedChoiceField(label=_("Fee"), coerce=int)
    name = forms.CharField(label=_("Name"), max_length=60)
    basis = forms.ChoiceField(
        label=_("Charged"),
        choices=(("AREA", _("By area")), ("FIXED", _("Fixed")), ("METERED", _("By meter"))),
    )
    measure = forms.CharField(
        label=_("What the meter counts"), max_length=8, required=False, help_text=_("Such as m³ or kWh")
    )
    cycle_months = forms.TypedChoiceField(label=_("Billing cycle"), coerce=int, choices=_CYCLES)
    rounding = forms.ChoiceField(
        label=_("Rounding"),
        choices=(("PER_MONTH", _("Each month rounded")), ("PER_BILL", _("Rounded once per bill"))),
    )
    field_order = ("community", "fee_item", "name", "basis", "measure", "cycle_months", "rounding", "from_on",
                   "rate", "steps", "span", "people", "extra", "surcharge", "approval_reference")  # fmt: skip

    def offer(self, communities: Iterable[CommunityRow], items: Iterable[FeeItemRow]) -> None:
        """The communities and fee items there are."""
        _choices(self, "community", [(row.id, row.name) for row in communities])
        _choices(self, "fee_item", [(row.fee_item_id, row.name) for row in items])


def _choices(form: forms.Form, name: str, choices: list[tuple[Any, Any]]) -> None:
    cast(forms.ChoiceField, form.fields[name]).choices = choices
