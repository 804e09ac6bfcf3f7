"""Who pays for a unit: the owner, or an occupant by agreement with him."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.payments import services
from billing.payments.web.transfer_forms import EndAgreement
from owners.queries import holders_of_unit, payers_of_unit, unit_header
from owners.services import NewHolder
from tenancy.kernel import clock
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from values.near import is_near


class Payer(forms.Form):
    """Who pays from which day, and by which agreement."""

    name = forms.CharField(label=gettext_lazy("Occupant"), max_length=120)
    phone = forms.CharField(label=gettext_lazy("Telephone"), max_length=30, required=False)
    from_on = forms.DateField(
        label=gettext_lazy("Pays from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    basis = forms.CharField(label=gettext_lazy("Agreement between owner and occupant"), max_length=120)

    def clean_from_on(self) -> object:
        """The year 9999 is a slip of the pen."""
        on = self.cleaned_data["from_on"]
        if not is_near(on, to=clock.today()):
            raise forms.ValidationError(_("This day lies more than ten years away. Check the year."))
        return on


class PayerPage(StaffView):
    """What the doors of a unit's payer share: its page."""

    permission = Permission.UNIT_SEE

    def show(self, unit_id: int, form: Payer, *, status: int = 200) -> HttpResponse:
        """Who paid and pays, and the form for whoever may change it."""
        names = {row.party_id: row.name for row in holders_of_unit(unit_id)}
        rows = [
            {"agreement_id": pk, "name": names.get(party, ""), "from_on": start, "to_on": end}
            for pk, party, start, end in payers_of_unit(unit_id)
        ]
        return self.page(
            "payments/payer.html",
            status=status,
            unit=unit_header(unit_id),
            rows=rows,
            form=form,
            today=clock.today(),
            may_edit=self.request.staff.can(Permission.UNIT_EDIT),
        )


class UnitPayer(PayerPage):
    """Who pays for the unit."""

    def get(self, request: HttpRequest, unit_id: int) -> HttpResponse:
        return self.show(unit_id, Payer(initial={"from_on": clock.today()}))


class StartPayer(PayerPage):
    """From a day on an occupant pays."""

    permission = Permission.UNIT_EDIT

    def post(self, request: HttpRequest, unit_id: int) -> HttpResponse:
        unit_header(unit_id)
        form = Payer(request.POST)
        done = self.attempt(form, lambda: _start(unit_id, form)) if form.is_valid() else None
        if done is None:
            return self.show(unit_id, form, status=422)
        messages.success(request, _("Noted. The bills go to the occupant from that day on."))
        return redirect("payments:unit_payer", unit_id)


class StopPayer(PayerPage):
    """From a day on the owner pays again."""

    permission = Permission.UNIT_EDIT

    def post(self, request: HttpRequest, unit_id: int, agreement_id: int) -> HttpResponse:
        unit_header(unit_id)
        form = EndAgreement(request.POST)
        done = self.attempt(form, lambda: _stop(unit_id, agreement_id, form)) if form.is_valid() else None
        if done is None:
            messages.error(request, _("The agreement ends after it begins."))
            return self.show(unit_id, Payer(initial={"from_on": clock.today()}), status=422)
        messages.success(request, _("Noted. The bills go to the owner again from that day on."))
        return redirect("payments:unit_payer", unit_id)


def _start(unit_id: int, form: Payer) -> bool:
    said = form.cleaned_data
    services.start_payer(
        unit_id=unit_id,
        holder=NewHolder(name=said["name"], phone=said["phone"]),
        from_on=said["from_on"],
        basis=said["basis"],
        on=clock.today(),
        at=clock.now(),
    )
    return True


def _stop(unit_id: int, agreement_id: int, form: EndAgreement) -> bool:
    end_on = form.cleaned_data["end_on"]
    services.stop_payer(
        unit_id=unit_id, agreement_id=agreement_id, end_on=end_on, on=clock.today(), at=clock.now()
    )
    return True
