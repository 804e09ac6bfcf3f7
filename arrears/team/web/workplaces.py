"""Ask for a visit at work; and what the company allows on its rounds."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from arrears.cases.queries import case_line
from arrears.team import queries, services
from arrears.team.web import round_forms as forms
from tenancy.kernel import clock
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission


class AskWorkplace(StaffView):
    """Where, and why: the project manager decides."""

    permission = Permission.VISIT_LOG

    def get(self, request: HttpRequest, case_id: int) -> HttpResponse:
        return self._shown(case_id, forms.AskWorkplace())

    def post(self, request: HttpRequest, case_id: int) -> HttpResponse:
        case_line(case_id, as_of=clock.today())  # what is not there is 404, whatever the form says
        form = forms.AskWorkplace(request.POST)
        asked = self.attempt(form, lambda: self._ask(case_id, form)) if form.is_valid() else None
        if asked is None:
            return self._shown(case_id, form, status=422)
        messages.success(request, _("Asked. Once it is approved, the next round offers this place."))
        return redirect("cases:case", case_id)

    def _ask(self, case_id: int, form: forms.AskWorkplace) -> int:
        return services.ask_workplace(
            case_id=case_id, by=self.request.staff, at=clock.now(), **form.cleaned_data
        )

    def _shown(self, case_id: int, form: forms.AskWorkplace, *, status: int = 200) -> HttpResponse:
        case = case_line(case_id, as_of=clock.today())
        return self.page("team/workplace_ask.html", status=status, case=case, form=form)


class Rules(StaffView):
    """Whether visitors may add where they stood."""

    permission = Permission.COMPANY_EDIT
    follows_choice = False

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._shown(forms.Rules(initial={"keeps_places": queries.keeps_places()}))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = forms.Rules(request.POST)
        if not form.is_valid():
            return self._shown(form, status=422)
        changed = services.allow_places(**form.cleaned_data)
        messages.success(request, _("Saved.") if changed else _("Nothing was changed."))
        return redirect("team:rules")

    def _shown(self, form: forms.Rules, *, status: int = 200) -> HttpResponse:
        return self.page("team/rules.html", status=status, form=form)
