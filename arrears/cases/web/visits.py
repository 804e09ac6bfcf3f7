"""What came of a visit."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from arrears.cases import queries, services
from arrears.cases.web import forms
from arrears.cases.web.timeline import events
from tenancy.kernel import clock
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from tenancy.people.words import sentence


class Visit(StaffView):
    """Log one visit."""

    permission = Permission.VISIT_LOG

    def get(self, request: HttpRequest, case_id: int) -> HttpResponse:
        today = clock.today()
        return self._shown(case_id, forms.LogVisit(initial={"on": today.isoformat()}, today=today))

    def post(self, request: HttpRequest, case_id: int) -> HttpResponse:
        queries.case_line(case_id, as_of=clock.today())  # what is not there is 404, whatever the form says
        form = forms.LogVisit(request.POST, request.FILES, today=clock.today())
        visit_id = self.attempt(form, lambda: _log(case_id, form)) if form.is_valid() else None
        if visit_id is None:
            return self._shown(case_id, form, status=422)
        _say(request, queries.call_desk(case_id, as_of=clock.today()), form.cleaned_data)
        return redirect("cases:visits")

    def _shown(self, case_id: int, form: forms.LogVisit, *, status: int = 200) -> HttpResponse:
        desk = queries.call_desk(case_id, as_of=clock.today())
        history = events(desk.history)
        return self.page(
            "cases/visit_log.html", status=status, desk=desk, case=desk.case, form=form, history=history
        )


def _say(request: HttpRequest, desk: queries.CallDesk, entered: dict[str, Any]) -> None:
    """Recorded; and when the day that was named does not stop the ladder, why."""
    line, newest = _("The visit is recorded."), desk.promise
    named = newest is not None and newest.promised_on == entered["promised_on"]
    if newest is None or newest.why is None or not named:
        messages.success(request, line)
        return
    why = {"line": line, "why": sentence(newest.why)}
    messages.warning(request, _("%(line)s The promise does not stop the ladder: %(why)s") % why)


def _log(case_id: int, form: forms.LogVisit) -> int:
    return services.log_visit(case_id=case_id, as_of=clock.today(), **form.entry())
