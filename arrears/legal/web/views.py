"""What waits to be filed, what was filed, and marking a paper as filed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from arrears.cases.queries import case_line
from arrears.legal import queries, services
from arrears.legal.web import forms
from tenancy.kernel import clock
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission


class Papers(StaffView):
    """The court's papers: waiting ones with their claim and fee, then the filed ones."""

    permission = Permission.LEGAL_SEE

    def get(self, request: HttpRequest) -> HttpResponse:
        filed = self.paginate(queries.filings())
        return self.page(
            "legal/paper_list.html",
            papers=queries.court_papers(as_of=clock.today()),
            page=filed,
            filings=queries.filing_rows(list(filed.object_list)),
            may_file=self.request.staff.can(Permission.FILING_RECORD),
        )


class Review(StaffView):
    """The review sheet of a case: what is owed and proven, until when one may sue, what it costs."""

    permission = Permission.LEGAL_SEE

    def get(self, request: HttpRequest, case_id: int) -> HttpResponse:
        sheet = queries.review_sheet(case_id, as_of=clock.today())
        return self.page("legal/review_show.html", sheet=sheet, case=sheet.case, today=clock.today())


class File(StaffView):
    """Mark one paper as filed."""

    permission = Permission.FILING_RECORD

    def get(self, request: HttpRequest, case_id: int) -> HttpResponse:
        case_line(case_id, as_of=clock.today())
        return self._shown(case_id, forms.MarkFiled(initial={"filed_on": clock.today()}))

    def post(self, request: HttpRequest, case_id: int) -> HttpResponse:
        case_line(case_id, as_of=clock.today())  # what is not there is 404, whatever the form says
        form = forms.MarkFiled(request.POST)
        done = None
        if form.is_valid():
            done = self.attempt(
                form,
                lambda: services.mark_filed(case_id=case_id, as_of=clock.today(), **form.cleaned_data),
            )
        if done is None:
            return self._shown(case_id, form, status=422)
        messages.success(request, _("Marked as filed."))
        return redirect("legal:papers")

    def _shown(self, case_id: int, form: forms.MarkFiled, *, status: int = 200) -> HttpResponse:
        found = queries.court_papers(as_of=clock.today(), case_id=case_id)
        case = case_line(case_id, as_of=clock.today())
        paper = found[0] if found else None
        return self.page("legal/paper_file.html", status=status, case=case, paper=paper, form=form)
