"""Tariffs with their versions, and the forms for a new price."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from billing.charges import queries, services
from billing.charges.web import forms
from owners.queries import communities
from tenancy.kernel import clock
from tenancy.kernel.errors import row_id
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission


class Tariff(StaffView):
    """One tariff: what it cost when."""

    permission = Permission.TARIFF_SEE

    def get(self, request: HttpRequest, tariff_id: int) -> HttpResponse:
        return _tariff_page(self, tariff_id, forms.Version(initial=forms.Version.suggested(clock.today())))


class NewVersion(StaffView):
    """A new price from a day on."""

    permission = Permission.TARIFF_EDIT

    def post(self, request: HttpRequest, tariff_id: int) -> HttpResponse:
        queries.tariff_card(tariff_id, as_of=clock.today())
        form = forms.Version(request.POST)
        if not form.is_valid() or not self.attempt(form, lambda: _add_version(tariff_id, form)):
            return _tariff_page(self, tariff_id, form, status=422)
        messages.success(request, _("The new price is noted. Bills issued so far stay as they are."))
        return redirect("charges:tariff", tariff_id)


class NewTariff(StaffView):
    """A new tariff of a community."""

    permission = Permission.TARIFF_EDIT

    def get(self, request: HttpRequest) -> HttpResponse:
        wanted = {"community": row_id(request.GET.get("community", ""))}
        return self._show(forms.Tariff(initial=forms.Version.suggested(clock.today()) | wanted))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = forms.Tariff(request.POST)
        form.offer(communities(), queries.fee_items())
        made = self.attempt(form, lambda: _add_tariff(form)) if form.is_valid() else None
        return redirect("charges:tariff", made) if made else self._show(form, status=422)

    def _show(self, form: forms.Tariff, *, status: int = 200) -> HttpResponse:
        form.offer(communities(), queries.fee_items())
        return self.page("charges/tariff_add.html", status=status, form=form)


def _tariff_page(view: StaffView, tariff_id: int, form: forms.Version, *, status: int = 200) -> HttpResponse:
    tariff = queries.tariff_card(tariff_id, as_of=clock.today())
    may_edit = view.request.staff.can(Permission.TARIFF_EDIT)
    return view.page("charges/tariff_show.html", status=status, tariff=tariff, form=form, may_edit=may_edit)


def _add_version(tariff_id: int, form: forms.Version) -> int:
    said = form.cleaned_data
    return services.add_version(
        tariff_id=tariff_id,
        from_on=said["from_on"],
        rate=said["rate"],
        surcharge_fen=said["surcharge"],
        approval_reference=said["approval_reference"],
        steps=said["steps"],
    )


def _add_tariff(form: forms.Tariff) -> int:
    said = form.cleaned_data
    return services.add_tariff(
        community_id=said["community"],
        fee_item_id=said["fee_item"],
        name=said["name"],
        basis=said["basis"],
        rate=said["rate"],
        from_on=said["from_on"],
        cycle_months=said["cycle_months"],
        rounding=said["rounding"],
        surcharge_fen=said["surcharge"],
        approval_reference=said["approval_reference"],
        steps=said["steps"],
        measure=said["measure"],
    )
