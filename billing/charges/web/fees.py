"""Fees, and which units pay a tariff."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from billing.charges import queries, services
from billing.charges.web import fee_forms as forms
from tenancy.kernel import clock
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission


class FeeItems(StaffView):
    """All fees of the company."""

    permission = Permission.TARIFF_SEE

    def get(self, request: HttpRequest) -> HttpResponse:
        return _fees_page(self, forms.FeeItem())


class NewFeeItem(StaffView):
    """One more fee."""

    permission = Permission.TARIFF_EDIT

    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect("charges:fee_items")

    def post(self, request: HttpRequest) -> HttpResponse:
        form = forms.FeeItem(request.POST)
        made = (
            self.attempt(form, lambda: services.add_fee_item(**form.cleaned_data))
            if form.is_valid()
            else None
        )
        if made is None:
            return _fees_page(self, form, status=422)
        messages.success(request, _("The fee is there. Give it a tariff in a community next."))
        return redirect("charges:fee_items")


class TariffUnits(StaffView):
    """Who pays a tariff."""

    permission = Permission.TARIFF_SEE

    def get(self, request: HttpRequest, tariff_id: int) -> HttpResponse:
        return _units_page(self, tariff_id, forms.Subscribe(initial=forms.Subscribe.suggested(clock.today())))


class Subscribe(StaffView):
    """Put units on a tariff."""

    permission = Permission.TARIFF_EDIT

    def post(self, request: HttpRequest, tariff_id: int) -> HttpResponse:
        queries.tariff_card(tariff_id, as_of=clock.today())
        form = forms.Subscribe(request.POST)
        done = self.attempt(form, lambda: _subscribe(tariff_id, form)) if form.is_valid() else None
        if done is None:
            return _units_page(self, tariff_id, form, status=422)
        said = _("%(added)s units pay this tariff from that day; %(kept)s kept the one they have.")
        messages.success(request, said % done._asdict())
        return redirect("charges:tariff_units", tariff_id)


class EndSubscription(StaffView):
    """A unit pays a tariff no more from a day on."""

    permission = Permission.TARIFF_EDIT

    def post(self, request: HttpRequest, subscription_id: int) -> HttpResponse:
        row = queries.subscription_row(subscription_id)
        form = forms.End(request.POST)
        if not form.is_valid() or not self.attempt(form, lambda: _end(row.subscription_id, form)):
            fresh = forms.Subscribe(initial=forms.Subscribe.suggested(clock.today()))
            return _units_page(self, row.tariff_id, fresh, ending=form, ending_row=row, status=422)
        messages.success(request, _("Noted. Bills issued so far stay as they are."))
        return redirect("charges:tariff_units", row.tariff_id)


def _fees_page(view: StaffView, form: forms.FeeItem, *, status: int = 200) -> HttpResponse:
    may_edit = view.request.staff.can(Permission.TARIFF_EDIT)
    items = queries.fee_items()
    return view.page("charges/fee_item_list.html", status=status, items=items, form=form, may_edit=may_edit)


def _units_page(
    view: StaffView,
    tariff_id: int,
    form: forms.Subscribe,
    *,
    ending: forms.End | None = None,
    ending_row: queries.SubscriptionRow | None = None,
    status: int = 200,
) -> HttpResponse:
    tariff = queries.tariff_card(tariff_id, as_of=clock.today())
    page = view.paginate(queries.subscriptions(tariff_id))
    return view.page(
        "charges/tariff_units.html",
        status=status,
        tariff=tariff,
        page=page,
        rows=queries.subscription_rows(page.object_list),
        form=form,
        ending=ending,
        ending_row=ending_row,
        next_month=forms.End.suggested(clock.today()),
        may_edit=view.request.staff.can(Permission.TARIFF_EDIT),
    )


def _subscribe(tariff_id: int, form: forms.Subscribe) -> services.Subscribed:
    said = form.cleaned_data
    return services.subscribe_units(
        tariff_id=tariff_id, kind=said["kind"], codes=said["units"], from_on=said["from_on"]
    )


def _end(subscription_id: int, form: forms.End) -> bool:
    services.end_subscription(subscription_id=subscription_id, end_on=form.cleaned_data["end_on"])
    return True
