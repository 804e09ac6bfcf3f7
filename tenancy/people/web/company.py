"""The company's data on screen: what its papers and messages say of it, and who changed it when."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from tenancy.people.queries.audit import changes_of
from tenancy.people.queries.company import company_card
from tenancy.people.services.company import change_company
from tenancy.people.web import forms


class CompanyPage(StaffView):
    """What stands on papers and signs messages."""

    permission = Permission.COMPANY_SEE
    follows_choice = False

    def get(self, request: HttpRequest) -> HttpResponse:
        staff = self.request.staff
        return self.page(
            "people/company.html",
            company=company_card(),
            rows=changes_of("company", staff.tenant_id, actions=("company.changed",)),
            may_edit=staff.can(Permission.COMPANY_EDIT),
        )


class EditCompany(StaffView):
    """Change it: papers and messages made from now on say the new data."""

    permission = Permission.COMPANY_EDIT
    follows_choice = False

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._shown(forms.CompanyData(initial=company_card()._asdict()))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = forms.CompanyData(request.POST)
        done = self.attempt(form, lambda: change_company(fields=form.said())) if form.is_valid() else None
        if done is None:
            return self._shown(form, status=422)
        text = _("Saved. Papers and messages made from now on say it.") if done else _("Nothing was changed.")
        messages.success(request, text)
        return redirect("people:company_data")

    def _shown(self, form: forms.CompanyData, *, status: int = 200) -> HttpResponse:
        return self.page("people/company_edit.html", status=status, form=form)
