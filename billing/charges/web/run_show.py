"""One run: what it made, and taking all of it back with somebody else's agreement."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from billing.charges import queries, services
from billing.charges.queries.runs import cancel_of, standing_bills
from billing.charges.web.pool_forms import Reason
from tenancy.kernel import clock
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission


class RunShow(StaffView):
    """What a run made, who was left out, and how much of it stands."""

    permission = Permission.BILL_RUN

    def get(self, request: HttpRequest, run_id: int) -> HttpResponse:
        return _page(self, run_id, Reason())


class AskCancel(StaffView):
    """Ask somebody else to agree that all of it is taken back."""

    permission = Permission.BILL_RUN

    def post(self, request: HttpRequest, run_id: int) -> HttpResponse:
        form = Reason(request.POST)
        if not form.is_valid() or not self.attempt(form, lambda: self._ask(run_id, form)):
            return _page(self, run_id, form, status=422)
        messages.success(request, _("The request is made. The bills stand until it is answered."))
        return redirect("charges:run_show", run_id)

    def _ask(self, run_id: int, form: Reason) -> int:
        reason = form.cleaned_data["reason"]
        return services.ask_cancel(run_id=run_id, reason=reason, by=self.request.staff, at=clock.now())


class CancelRun(StaffView):
    """Take all bills of the run back, now that somebody agreed."""

    permission = Permission.BILL_RUN

    def post(self, request: HttpRequest, run_id: int) -> HttpResponse:
        form = Reason()
        form.is_bound, form.cleaned_data = True, {}
        bills = self.attempt(form, lambda: services.cancel_run(run_id=run_id, on=clock.today()))
        if bills is None:
            return _page(self, run_id, form, status=422)
        messages.success(
            request, _("%(bills)s bills were taken back. Their numbers stay taken.") % {"bills": bills}
        )
        return redirect("charges:run_show", run_id)


def _page(view: StaffView, run_id: int, form: Reason, *, status: int = 200) -> HttpResponse:
    run = queries.run_detail(run_id)
    bills, amount_fen = standing_bills(run_id)
    return view.page(
        "charges/run_show.html",
        status=status,
        run=run,
        bills=bills,
        amount_fen=amount_fen,
        cancel=cancel_of(run_id),
        form=form,
        may_see_approvals=view.request.staff.can(Permission.APPROVAL_SEE),
    )
