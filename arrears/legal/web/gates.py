"""法定前提清单: the gates of a case, what legal notes about them, and review sheets."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from arrears.legal import queries, services
from arrears.legal.web import process_forms as forms
from tenancy.kernel import clock
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission


class GatesView(StaffView):
    """What the doors of the checklist share: its page."""

    permission = Permission.LEGAL_SEE

    def show(self, case_id: int, form: forms.NoteGate | None = None, *, status: int = 200) -> HttpResponse:
        """The checklist as it stands today."""
        found = queries.checklist(case_id, as_of=clock.today())
        return self.page(
            "legal/gates_show.html",
            status=status,
            found=found,
            case=found.case,
            form=form or forms.NoteGate(initial={"code": self.request.GET.get("check", "")}),
            may_note=self.request.staff.can(Permission.FILING_RECORD),
        )


class Gates(GatesView):
    """Every check with its evidence, or what is missing and who can supply it."""

    def get(self, request: HttpRequest, case_id: int) -> HttpResponse:
        return self.show(case_id)


class NoteGate(GatesView):
    """Legal notes what data cannot tell."""

    permission = Permission.FILING_RECORD

    def post(self, request: HttpRequest, case_id: int) -> HttpResponse:
        queries.case_line(case_id, as_of=clock.today())  # what is not there is 404, whatever the form says
        form = forms.NoteGate(request.POST, request.FILES)
        done = self.attempt(form, lambda: self._note(case_id, form)) if form.is_valid() else None
        if done is None:
            return self.show(case_id, form, status=422)
        messages.success(request, _("It is noted."))
        return redirect("legal:gates", case_id)

    def _note(self, case_id: int, form: forms.NoteGate) -> int:
        return services.note_gate(case_id=case_id, by=self.request.staff, on=clock.today(), **form.entry())


class CaseGates(StaffView):
    """What may be done in court now, for the page of a case or of a request."""

    permission = Permission.LEGAL_SEE

    def get(self, request: HttpRequest, case_id: int) -> HttpResponse:
        found = queries.checklist(case_id, as_of=clock.today())
        staff = self.request.staff
        return self.page(
            "legal/_case_gates.html",
            found=found,
            case=found.case,
            reviews=queries.reviews_of(case_id),
            may_write=staff.can(Permission.REVIEW_WRITE),
        )


class WriteReview(StaffView):
    """The next version of a case's review sheet."""

    permission = Permission.REVIEW_WRITE

    def get(self, request: HttpRequest, case_id: int) -> HttpResponse:
        return self._shown(case_id, forms.WriteReview())

    def post(self, request: HttpRequest, case_id: int) -> HttpResponse:
        queries.case_line(case_id, as_of=clock.today())
        form = forms.WriteReview(request.POST)
        done = self.attempt(form, lambda: self._write(case_id, form)) if form.is_valid() else None
        if done is None:
            return self._shown(case_id, form, status=422)
        messages.success(request, _("The review sheet is kept."))
        return redirect("legal:review", case_id)

    def _write(self, case_id: int, form: forms.WriteReview) -> int:
        return services.write_review(
            case_id=case_id, by=self.request.staff, on=clock.today(), **form.cleaned_data
        )

    def _shown(self, case_id: int, form: forms.WriteReview, *, status: int = 200) -> HttpResponse:
        sheet = queries.review_sheet(case_id, as_of=clock.today())
        return self.page(
            "legal/review_write.html",
            status=status,
            sheet=sheet,
            case=sheet.case,
            form=form,
            reviews=queries.reviews_of(case_id),
            waits=next(iter(queries.open_reviews(case_id)), None),
        )
