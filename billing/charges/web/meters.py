"""One meter: its readings, corrections, its change for another."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from billing.charges import queries, services
from billing.charges.queries.meters import meter_of_reading
from billing.charges.services.meters import MeterNotValid
from billing.charges.web import meter_forms as forms
from owners.queries import communities, unit_ids
from tenancy.kernel import clock
from tenancy.kernel.errors import row_id
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission


class Meter(StaffView):
    """A meter with all its readings."""

    permission = Permission.TARIFF_SEE

    def get(self, request: HttpRequest, meter_id: int) -> HttpResponse:
        return _page(self, meter_id)


class NewMeter(StaffView):
    """One more meter."""

    permission = Permission.TARIFF_EDIT

    def get(self, request: HttpRequest) -> HttpResponse:
        first = {
            "community": row_id(request.GET.get("community", "")),
            "room": request.GET.get("room", ""),
            "installed_on": clock.today(),
        }
        initial = {name: field.initial for name, field in forms.Meter.base_fields.items()} | first
        return self._show(forms.Meter(initial=initial))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = forms.Meter(request.POST)
        form.offer(communities(), queries.fee_items())
        made = self.attempt(form, lambda: _add(form)) if form.is_valid() else None
        return redirect("charges:meter", made) if made else self._show(form, status=422)

    def _show(self, form: forms.Meter, *, status: int = 200) -> HttpResponse:
        form.offer(communities(), queries.fee_items())
        return self.page("charges/meter_add.html", status=status, form=form)


class ChangeMeter(StaffView):
    """Take a meter out; another may come in its place."""

    permission = Permission.TARIFF_EDIT

    def post(self, request: HttpRequest, meter_id: int) -> HttpResponse:
        queries.meter_card(meter_id)
        form = forms.TakeOut(request.POST)
        made = self.attempt(form, lambda: _take_out(meter_id, form)) if form.is_valid() else None
        if made is None:
            return _page(self, meter_id, out=form, status=422)
        messages.success(request, _("Noted. What the old meter counted is billed with the month."))
        return redirect("charges:meter", made)


class Household(StaffView):
    """How many live behind a meter."""

    permission = Permission.TARIFF_EDIT

    def post(self, request: HttpRequest, meter_id: int) -> HttpResponse:
        queries.meter_card(meter_id)
        form = forms.Household(request.POST)
        if not form.is_valid() or not self.attempt(form, lambda: _set(meter_id, form)):
            return _page(self, meter_id, household=form, status=422)
        messages.success(request, _("Noted. Bills issued so far stay as they are."))
        return redirect("charges:meter", meter_id)


class CorrectReading(StaffView):
    """Another value in a reading's place."""

    permission = Permission.METER_READ

    def post(self, request: HttpRequest, reading_id: int) -> HttpResponse:
        meter_id = meter_of_reading(reading_id)
        form = forms.Correction(request.POST)
        if not form.is_valid() or not self.attempt(form, lambda: _correct(reading_id, form)):
            return _page(self, meter_id, correction=form, correcting=reading_id, status=422)
        messages.success(request, _("Corrected. What was billed by it is evened out by the next bill."))
        return redirect("charges:meter", meter_id)


def _page(
    view: StaffView,
    meter_id: int,
    *,
    out: forms.TakeOut | None = None,
    household: forms.Household | None = None,
    correction: forms.Correction | None = None,
    correcting: int | None = None,
    status: int = 200,
) -> HttpResponse:
    card = queries.meter_card(meter_id)
    staff = view.request.staff
    first = {"people": card.meter.people, "place": card.meter.place}
    return view.page(
        "charges/meter_show.html",
        status=status,
        card=card,
        out=out or forms.TakeOut(initial={"on": clock.today(), "digits": card.meter.digits}),
        household=household or forms.Household(initial=first),
        correction=correction or forms.Correction(),
        correcting=correcting,
        may_edit=staff.can(Permission.TARIFF_EDIT) and card.meter.removed_on is None,
        may_read=staff.can(Permission.METER_READ),
    )


def _add(form: forms.Meter) -> int:
    said = form.cleaned_data
    room = said["room"].strip()
    found = unit_ids(community_id=said["community"], codes=[room])
    if room not in found:
        raise MeterNotValid(_("This community has no such room."), field="room")
    return services.add_meter(
        unit_id=found[room],
        fee_item_id=said["fee_item"],
        installed_on=said["installed_on"],
        meter=form.meter(),
    )


def _take_out(meter_id: int, form: forms.TakeOut) -> int:
    said, new = form.cleaned_data, form.meter()
    if new is None:
        services.remove_meter(meter_id=meter_id, on=said["on"], end_milli=said["end"])
        return meter_id
    return services.change_meter(meter_id=meter_id, on=said["on"], end_milli=said["end"], meter=new)


def _set(meter_id: int, form: forms.Household) -> bool:
    services.set_household(meter_id=meter_id, **form.cleaned_data)
    return True


def _correct(reading_id: int, form: forms.Correction) -> int:
    said = form.cleaned_data
    return services.correct_reading(reading_id=reading_id, milli=said["value"], reason=said["reason"])
