"""The call desk: one case fills the screen, saving leads to the next."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from arrears.cases import queries, services
from arrears.cases.web import forms
from arrears.cases.web.script import script
from arrears.cases.web.timeline import events
from tenancy.kernel import clock
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from tenancy.people.templatetags.house import day, word
from tenancy.people.words import sentence


class DeskView(StaffView):
    """What the doors of the desk share: the case with its gate."""

    permission = Permission.CALL_LOG

    def show(
        self, case_id: int, form: forms.LogCall | None = None, *, status: int = 200, **more: Any
    ) -> HttpResponse:
        """The desk as it stands this minute."""
        desk = queries.call_desk(case_id, as_of=clock.today())
        gate = _gate(case_id)
        staff = self.request.staff
        return self.page(
            "cases/call_desk.html",
            status=status,
            desk=desk,
            case=desk.case,
            gate=gate,
            form=form or _form(gate),
            history=events(desk.history),
            kept=queries.kept_by_party([desk.case.party_id], as_of=clock.today()).get(desk.case.party_id),
            script=script(desk, company=staff.tenant_name, caller=staff.name),
            in_english=script(desk, company=staff.tenant_name, caller=staff.name, language="en"),
            may_reveal=staff.can(Permission.CONTACT_REVEAL),
            reviewed=queries.is_reviewed(case_id),
            next_url=_next_url(self.request, case_id, self.tasks(case_id)),
            narrowed=narrowed(self.request),
            **more,
        )

    def tasks(self, here: int) -> list[queries.Due]:
        """The call list as the address narrows it, less who was rung a moment ago and rests; `here` stays."""
        where = forms.WorkFilter(self.request.GET).where(self.request.staff.user_id)
        resting = queries.just_tried(at=clock.now()) - {here}
        listed = queries.worklist(where, as_of=clock.today())
        return [due for due in listed if due.case_id not in resting]


class Call(DeskView):
    """One case: what to say, the number, the result."""

    def get(self, request: HttpRequest, case_id: int) -> HttpResponse:
        return self.show(case_id)

    def post(self, request: HttpRequest, case_id: int) -> HttpResponse:
        # What is not there is 404, whatever the form says.
        case = queries.case_line(case_id, as_of=clock.today())
        form = _form(_gate(case_id), request.POST)
        after = _next_url(request, case_id, self.tasks(case_id))
        logged = self.attempt(form, lambda: _log(case_id, form)) if form.is_valid() else None
        if logged is None:
            return self.show(case_id, form, status=422)
        say = messages.success if logged.promise_refused is None else messages.warning
        say(request, _said(case, logged, form.cleaned_data.get("promised_on")))
        return redirect(after)


class FinishTask(StaffView):
    """Tick off what no record ends: a payment that was looked for, a report to the team lead."""

    permission = Permission.CALL_LOG

    def post(self, request: HttpRequest, task_id: int) -> HttpResponse:
        case_id = queries.case_of_task(task_id)
        services.finish_task(task_id=task_id, at=clock.now())
        messages.success(request, _("Done."))
        if request.POST.get("desk"):
            return redirect(reverse("cases:call", args=[case_id]) + narrowed(request))
        return redirect("cases:case", case_id)


class Reveal(DeskView):
    """The telephone is taken up: the balance is read again, the number shown, and both written down."""

    permission = Permission.CONTACT_REVEAL

    def post(self, request: HttpRequest, case_id: int, contact_id: int) -> HttpResponse:
        try:
            dialled = services.dial(case_id=case_id, contact_id=contact_id, at=clock.now())
        except services.JustPaid:
            return self._paid(case_id)
        if request.headers.get("HX-Request"):
            return self.page("cases/_number.html", dialled=dialled)
        return self.show(case_id, shown=dialled, shown_id=contact_id)

    def _paid(self, case_id: int) -> HttpResponse:
        """Paid while the desk was open: the green card takes the place of the number and the form."""
        if not self.request.headers.get("HX-Request"):
            return self.show(case_id)
        card = self.page("cases/_paid.html", next_url=_next_url(self.request, case_id, self.tasks(case_id)))
        card.headers["HX-Retarget"], card.headers["HX-Reswap"] = "#to-ring", "innerHTML"
        return card


def _log(case_id: int, form: forms.LogCall) -> services.Logged:
    return services.log_call(case_id=case_id, at=clock.now(), **form.entry())


def _gate(case_id: int) -> queries.CallGate:
    return queries.call_gate(case_id, at=clock.now())


def _form(gate: queries.CallGate, entered: Any = None) -> forms.LogCall:
    rung = gate.contact.contact_id if gate.contact else None
    return forms.LogCall(entered, today=clock.today(), phones=gate.phones, rung=rung)


def _said(case: queries.CaseLine, logged: services.Logged, promised_on: date | None) -> str:
    """What was noted, and what follows from this call; what was asked for before stands on the case."""
    line = _("%(room)s saved.") % {"room": case.unit_code}
    if promised_on is not None:
        line += " " + _("Promised for %(day)s.") % {"day": day(promised_on)}
    line += " " + _next(logged)
    if logged.promise_refused is None:
        return line
    return _("%(line)s The promise does not stop the ladder: %(why)s") % {
        "line": line,
        "why": sentence(logged.promise_refused),
    }


def _next(logged: services.Logged) -> str:
    if logged.again_at is not None:
        at = f"{localtime(logged.again_at):%H:%M}"
        return _("Nobody was reached: to be tried again today from %(at)s on.") % {"at": at}
    return _("Next: %(what)s, %(day)s.") % {"what": word(logged.next_kind), "day": day(logged.next_on)}


def _next_url(request: HttpRequest, case_id: int, tasks: list[queries.Due]) -> str:
    following = queries.next_case(case_id, tasks)
    place = reverse("cases:worklist") if following is None else reverse("cases:call", args=[following])
    return place + narrowed(request)


def narrowed(request: HttpRequest) -> str:
    """The list's filters for the next address."""
    kept = {name: request.GET[name] for name in ("community", "collector") if request.GET.get(name)}
    return f"?{urlencode(kept)}" if kept else ""
