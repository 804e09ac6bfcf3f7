"""How a case ends: write-off asked, outcome, evaluation."""

from __future__ import annotations

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from arrears.legal import queries, services
from arrears.legal.web import process_forms as forms
from tenancy.kernel import clock
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission


class EndingView(StaffView):
    """What the doors of an ending share: its page."""

    permission = Permission.LEGAL_SEE

    def show(self, case_id: int, *, status: int = 200, **given: django_forms.Form) -> HttpResponse:
        """How the case ended, or what may end it."""
        case, staff = queries.case_line(case_id, as_of=clock.today()), self.request.staff
        return self.page(
            "legal/ending_show.html",
            status=status,
            case=case,
            outcome=queries.outcome_of(case_id),
            write_offs=queries.write_offs_of(case_id),
            evaluations=queries.evaluations_of(case_id),
            ask=given.get("ask", forms.AskWriteOff()) if staff.can(Permission.REVIEW_WRITE) else None,
            say=given.get("say", forms.Evaluate()) if staff.can(Permission.APPROVAL_ANSWER) else None,
        )


class Ending(EndingView):
    """One case's end."""

    def get(self, request: HttpRequest, case_id: int) -> HttpResponse:
        return self.show(case_id)


class AskWriteOff(EndingView):
    """Ask that the debt be written off."""

    permission = Permission.REVIEW_WRITE

    def post(self, request: HttpRequest, case_id: int) -> HttpResponse:
        queries.case_line(case_id, as_of=clock.today())
        form = forms.AskWriteOff(request.POST, request.FILES)
        done = self.attempt(form, lambda: self._ask(case_id, form)) if form.is_valid() else None
        if done is None:
            return self.show(case_id, status=422, ask=form)
        messages.success(request, _("It waits for the branch general manager, then for finance."))
        return redirect("legal:ending", case_id)

    def _ask(self, case_id: int, form: forms.AskWriteOff) -> int:
        proof = forms.paper_of(form.cleaned_data["file"])
        assert proof is not None  # noqa: S101 - the field is required
        return services.ask_write_off(
            case_id=case_id,
            reason=form.cleaned_data["reason"],
            file=proof,
            by=self.request.staff,
            on=clock.today(),
            at=clock.now(),
        )


class Evaluate(EndingView):
    """Note what was learned."""

    permission = Permission.APPROVAL_ANSWER

    def post(self, request: HttpRequest, case_id: int) -> HttpResponse:
        queries.case_line(case_id, as_of=clock.today())
        form = forms.Evaluate(request.POST)
        done = self.attempt(form, lambda: self._say(case_id, form)) if form.is_valid() else None
        if done is None:
            return self.show(case_id, status=422, say=form)
        messages.success(request, _("It is noted."))
        return redirect("cases:case", case_id)

    def _say(self, case_id: int, form: forms.Evaluate) -> int:
        return services.evaluate(case_id=case_id, on=clock.today(), **form.cleaned_data)
