"""Set a hold and end it: a form for each kind, with what it means beside it."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from arrears.cases import queries, services
from arrears.cases.rules.holds import HOLD_RULES, HoldKind, HowItEnds
from arrears.cases.services.holds import BY_HAND
from arrears.cases.web import hold_forms as forms
from arrears.cases.web.cases import CaseView, Ending
from tenancy.kernel import clock
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission

# A dispute is opened with a ticket, over charges or over everything.
OFFERED: Final = tuple(kind for kind in BY_HAND if kind != "DISPUTE")


class HoldView(StaffView):
    """What both doors share: the form, with whatever was refused, and what the hold means."""

    permission = Permission.HOLD_SET

    def show(self, case_id: int, form: forms.SetHold, kind: str, *, status: int = 200) -> HttpResponse:
        """The form of a kind, or of any."""
        case = queries.case_line(case_id, as_of=clock.today())
        rule = HOLD_RULES[HoldKind(kind)] if kind else None
        return self.page("cases/hold_set.html", status=status, case=case, form=form, kind=kind, rule=rule)


class HoldForm(HoldView):
    """What is entered for a hold of a kind."""

    def get(self, request: HttpRequest, case_id: int) -> HttpResponse:
        asked = request.GET.get("kind", "")
        kind = asked if asked in OFFERED else ""
        given = {"from_on": clock.today().isoformat(), "kind": kind}
        return self.show(case_id, forms.SetHold(initial=given, today=clock.today(), kind=kind), kind)


class SetHold(HoldView):
    """Stop the ladder of the case's account."""

    def post(self, request: HttpRequest, case_id: int) -> HttpResponse:
        account_id = queries.case_line(case_id, as_of=clock.today()).account_id
        form = forms.SetHold(request.POST, request.FILES, today=clock.today())
        done = None
        if form.is_valid():
            done = self.attempt(
                form,
                lambda: services.set_hold(account_id=account_id, as_of=clock.today(), **form.entry()),
            )
        if done is None:
            return self.show(case_id, form, form.cleaned_data.get("kind", ""), status=422)
        messages.success(request, _("The case is on hold."))
        return redirect("cases:case", case_id)


class ReleaseHold(CaseView):
    """Let the ladder go on; where legal must agree, ask for it."""

    permission = Permission.HOLD_SET

    def post(self, request: HttpRequest, hold_id: int) -> HttpResponse:
        case_id = queries.case_of_hold(hold_id)
        asks = queries.hold_row(hold_id).rule.ends is HowItEnds.APPROVED
        form = forms.EndHold(request.POST)
        form.is_valid()
        done = self.attempt(form, lambda: self._end(hold_id, form, asks=asks))
        if done is None:
            return self.show(case_id, Ending(hold_id, form), status=422)
        said = _("Legal was asked.") if asks else _("The hold is released.")
        messages.success(request, said)
        return redirect("cases:case", case_id)

    def _end(self, hold_id: int, form: forms.EndHold, *, asks: bool) -> int:
        said = form.cleaned_data
        if asks:
            return services.ask_end(
                hold_id=hold_id, reason=said["reason"], by=self.request.staff, at=clock.now()
            )
        services.release_hold(hold_id=hold_id, released_on=clock.today(), **said)
        return hold_id
