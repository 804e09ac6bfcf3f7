"""早鸟优惠: the list of offers for paying a year at once, a form for one more, the end of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, cast

from django import forms
from django.contrib import messages
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.charges import queries, services
from owners.queries import communities
from tenancy.kernel import clock
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from tenancy.people.lists import Column, Empty, Kind, ListPage


class NewOffer(forms.Form):
    """A share of a year, and the days on which all of it must come in."""

    community = forms.TypedChoiceField(label=gettext_lazy("Community"), coerce=int)
    fee_item = forms.TypedChoiceField(label=gettext_lazy("Fee"), coerce=int)
    year = forms.IntegerField(label=gettext_lazy("Year that is paid"), min_value=2000, max_value=2100)
    share = forms.DecimalField(
        label=gettext_lazy("Share let off"), max_digits=5, decimal_places=4,
        help_text=gettext_lazy("0.05 for five percent"),
    )  # fmt: skip
    first_on = forms.DateField(
        label=gettext_lazy("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last_on = forms.DateField(
        label=gettext_lazy("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    needs_clear = forms.BooleanField(
        label=gettext_lazy("Only for who owes nothing of earlier years"), required=False, initial=True
    )
    needs_good_standing = forms.BooleanField(
        label=gettext_lazy("Only for who is in good standing over the last 24 months"), required=False,
        help_text=gettext_lazy("Every owner sees his standing, rule by rule, in the portal."),
    )  # fmt: skip
    basis = forms.CharField(label=gettext_lazy("Announced by"), max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["community"]).choices = [(c.id, c.name) for c in communities()]
        items = [(item.fee_item_id, item.name) for item in queries.fee_items()]
        cast(forms.ChoiceField, self.fields["fee_item"]).choices = items

    def offer(self) -> services.NewOffer:
        """As the service takes it."""
        said = self.cleaned_data
        return services.NewOffer(
            fee_item_id=said["fee_item"],
            year=said["year"],
            share=said["share"],
            first_on=said["first_on"],
            last_on=said["last_on"],
            basis=said["basis"],
            needs_clear=said["needs_clear"],
            needs_good_standing=said["needs_good_standing"],
        )


def for_whom(row: queries.OfferRow) -> list[str]:
    """What an offer asks for beside the year's fee, in words."""
    asked = (
        (row.needs_clear, _("Only for who owes nothing of earlier years")),
        (row.needs_good_standing, _("Only for who is in good standing over the last 24 months")),
    )
    return [words for is_asked, words in asked if is_asked] or [_("Whoever pays the year")]


class Offers(ListPage):
    """Every offer with its days."""

    permission = Permission.TARIFF_SEE
    title = gettext_lazy("Early-bird offers")
    template = "charges/offers.html"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("community_name", gettext_lazy("Community"), Kind.NAME),
        Column("fee_item", gettext_lazy("Fee"), Kind.NAME),
        Column("year", gettext_lazy("Year that is paid"), Kind.WORD, value=lambda row: str(row.year)),
        Column("share", gettext_lazy("Share let off"), Kind.WORD),
        Column("first_on", gettext_lazy("First day"), Kind.DATE),
        Column("last_on", gettext_lazy("Last day"), Kind.DATE),
        Column("for_whom", gettext_lazy("For whom"), Kind.WRAP, value=lambda row: " · ".join(for_whom(row))),
        Column("basis", gettext_lazy("Announced by"), Kind.WRAP),
        Column("stopped_on", gettext_lazy("Stopped on"), Kind.DATE),
    )

    def found(self) -> Any:
        return queries.offers()

    def rows(self, part: list[Any]) -> Sequence[queries.OfferRow]:
        return [queries.offer_row(offer) for offer in part]

    def empty(self) -> Empty:
        return Empty(_("No offer was entered: who pays the year at once pays all of it."))

    def link(self, row: Any) -> str:
        return reverse("charges:offer", args=[row.offer_id])

    def more(self, found: Any, page: Page[Any]) -> dict[str, Any]:
        return {"may_edit": self.staff.can(Permission.TARIFF_EDIT)}


class Offer(StaffView):
    """One offer, and its end."""

    permission = Permission.TARIFF_SEE

    def get(self, request: HttpRequest, offer_id: int) -> HttpResponse:
        offer = queries.offer_card(offer_id)
        may_stop = offer.stopped_on is None and self.request.staff.can(Permission.TARIFF_EDIT)
        return self.page("charges/offer_show.html", offer=offer, for_whom=for_whom(offer), may_stop=may_stop)


class AddOffer(StaffView):
    """One more offer."""

    permission = Permission.TARIFF_EDIT

    def get(self, request: HttpRequest) -> HttpResponse:
        usual = {"year": clock.today().year + 1, "fee_item": _property()}
        return self.page("charges/offer_add.html", form=NewOffer(initial=usual))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = NewOffer(request.POST)
        if not form.is_valid() or not self.attempt(form, lambda: _add(form)):
            return self.page("charges/offer_add.html", status=422, form=form)
        messages.success(request, _("The offer stands. The counter knows it on its days."))
        return redirect("charges:offers")


class StopOffer(StaffView):
    """From now on nobody gets it."""

    permission = Permission.TARIFF_EDIT

    def post(self, request: HttpRequest, offer_id: int) -> HttpResponse:
        services.stop_offer(offer_id=offer_id, on=clock.today())
        messages.success(request, _("The offer was stopped. What was given stays."))
        return redirect("charges:offer", offer_id)


def _property() -> int | None:
    """What is paid by the year most often."""
    return next((item.fee_item_id for item in queries.fee_items() if item.code == "property"), None)


def _add(form: NewOffer) -> int:
    return services.add_offer(
        community_id=form.cleaned_data["community"], offer=form.offer(), on=clock.today()
    )
