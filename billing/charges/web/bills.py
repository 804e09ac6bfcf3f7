"""Bills: one bill with its calculation, and taking one back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from billing.charges import queries, services
from billing.charges.web import forms
from tenancy.kernel import clock
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission


class Bill(StaffView):
    """One bill: why each number is what it is."""

    permission = Permission.BILL_SEE

    def get(self, request: HttpRequest, bill_id: int) -> HttpResponse:
        return _bill_page(self, bill_id, forms.Void())


class VoidBill(StaffView):
    """Take back a bill without payments."""

    permission = Permission.BILL_RUN

    def post(self, request: HttpRequest, bill_id: int) -> HttpResponse:
        queries.bill_detail(bill_id, as_of=clock.today())
        form = forms.Void(request.POST)
        if not form.is_valid() or not self.attempt(form, lambda: _void(bill_id, form)):
            return _bill_page(self, bill_id, form, status=422)
        messages.success(request, _("The bill was taken back. Its number stays taken."))
        return redirect("charges:bill", bill_id)


class Charge(StaffView):
    """Why one charge is what it is: the side panel of every list that shows it."""

    permission = Permission.BILL_SEE

    def get(self, request: HttpRequest, charge_id: int) -> HttpResponse:
        why = queries.charge_why(charge_id, as_of=clock.today())
        let_off = queries.adjustments_of([charge_id])
        return self.page("charges/_charge_why.html", why=why, let_off=let_off)


class UnitStatement(StaffView):
    """What a unit owes, by account; a part of the unit page."""

    permission = Permission.UNIT_SEE

    def get(self, request: HttpRequest, unit_id: int) -> HttpResponse:
        found = queries.statement(unit_id, clock.today())
        elsewhere = queries.owed_elsewhere(unit_id, as_of=clock.today())
        may_ask = self.request.staff.can(Permission.WAIVER_ASK)
        return self.page(
            "charges/_unit_statement.html",
            statement=found,
            elsewhere=elsewhere,
            may_ask=may_ask,
            may_book=self.request.staff.can(Permission.COST_BOOK),
        )


def _bill_page(view: StaffView, bill_id: int, form: forms.Void, *, status: int = 200) -> HttpResponse:
    detail = queries.bill_detail(bill_id, as_of=clock.today())
    may_void = detail.can_void and view.request.staff.can(Permission.BILL_RUN)
    return view.page("charges/bill_show.html", status=status, detail=detail, form=form, may_void=may_void)


def _void(bill_id: int, form: forms.Void) -> bool:
    services.void_bill(bill_id=bill_id, reason=form.cleaned_data["reason"], voided_on=clock.today())
    return True
