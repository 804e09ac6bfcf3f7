"""The review of a case; marking a paper as filed, recording what the court made of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from arrears.cases.queries import case_line
from arrears.cases.rules.ladder import RungCode
from arrears.legal import queries, services
from arrears.legal.web import forms
from tenancy.kernel import clock
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from values.fen import yuan


class Review(StaffView):
    """The review sheet of a case: what is owed and proven, until when one may sue, what it costs."""

    permission = Permission.LEGAL_SEE

    def get(self, request: HttpRequest, case_id: int) -> HttpResponse:
        sheet = queries.review_sheet(case_id, as_of=clock.today())
        waits = sheet.case.rung == "LEGAL_REVIEW" and sheet.case.event == "PROPOSED"
        return self.page(
            "legal/review_show.html",
            sheet=sheet,
            case=sheet.case,
            today=clock.today(),
            found=queries.checklist(case_id, as_of=clock.today()),
            reviews=queries.reviews_of(case_id),
            may_write=waits and self.request.staff.can(Permission.REVIEW_WRITE),
        )


class File(StaffView):
    """Mark one paper as filed."""

    permission = Permission.FILING_RECORD

    def get(self, request: HttpRequest, case_id: int) -> HttpResponse:
        case_line(case_id, as_of=clock.today())
        return self._shown(case_id)

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

    def _shown(self, case_id: int, form: forms.MarkFiled | None = None, *, status: int = 200) -> HttpResponse:
        found = queries.court_papers(as_of=clock.today(), case_id=case_id)
        case = case_line(case_id, as_of=clock.today())
        paper = found[0] if found else None
        claims = paper is not None and paper.rung != RungCode.ENFORCEMENT
        given = {"filed_on": clock.today(), "court": paper.court if paper else ""}
        return self.page(
            "legal/paper_file.html",
            status=status,
            case=case,
            paper=paper,
            shut=queries.filing_shut(case_id, as_of=clock.today()) if claims else None,
            form=form or forms.MarkFiled(initial=given),
        )


class CaseCourt(StaffView):
    """What a case has before the courts, for its page."""

    permission = Permission.LEGAL_SEE

    def get(self, request: HttpRequest, case_id: int) -> HttpResponse:
        found = queries.at_court(case_id, as_of=clock.today())
        may_record = self.request.staff.can(Permission.FILING_RECORD)
        return self.page("legal/_case_court.html", found=found, may_record=may_record)


class AtCounter(StaffView):
    """Before money is taken: what of an account lies with a court or is on its way there. Empty without."""

    permission = Permission.PAYMENT_TAKE

    def get(self, request: HttpRequest, account_id: int) -> HttpResponse:
        return self.page("legal/_at_counter.html", found=queries.at_counter(account_id))


class Result(StaffView):
    """Record what the court made of one filing."""

    permission = Permission.FILING_RECORD

    def get(self, request: HttpRequest, filing_id: int) -> HttpResponse:
        course = queries.course(filing_id, as_of=clock.today())
        filing = course.filing
        given = {"court": filing.court, "case_number": filing.court_reference}
        if course.newest is None and filing.principal_fen is not None:
            given |= {
                "principal_fen": yuan(filing.principal_fen),
                "late_fee_fen": yuan(filing.late_fee_fen or 0),
            }
        return self._shown(course, forms.RecordResult(kinds=course.may_follow, initial=given))

    def post(self, request: HttpRequest, filing_id: int) -> HttpResponse:
        course = queries.course(filing_id, as_of=clock.today())
        form = forms.RecordResult(request.POST, request.FILES, kinds=course.may_follow)
        done = None
        if form.is_valid():
            done = self.attempt(form, lambda: self._record(filing_id, form))
        if done is None:
            return self._shown(course, form, status=422)
        messages.success(request, _("The court's answer is recorded."))
        return redirect("cases:case", course.filing.case_id)

    def _record(self, filing_id: int, form: forms.RecordResult) -> int:
        return services.record_result(filing_id=filing_id, as_of=clock.today(), **form.entry())

    def _shown(self, course: queries.Course, form: forms.RecordResult, *, status: int = 200) -> HttpResponse:
        return self.page(
            "legal/result_record.html", status=status, course=course, filing=course.filing, form=form
        )
