"""The page of a notice with its paper, the notices of a unit, and print rounds."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import content_disposition_header

from notices import queries, services, tasks
from notices.web import forms
from owners.queries import unit_header
from tenancy.kernel import clock
from tenancy.kernel.errors import NotFound, Refused
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from tenancy.people.services import files

LATEST = 8


class NoticePage(StaffView):
    """One notice: its text or paper, every try, every delivery."""

    permission = Permission.NOTICE_SEE

    def get(self, request: HttpRequest, notice_id: int) -> HttpResponse:
        return self.show(notice_id, forms.Fate(initial={"on": clock.today()}))

    def show(self, notice_id: int, fate: forms.Fate, *, status: int = 200) -> HttpResponse:
        """The page; whoever may settle an unknown fate finds the form on it."""
        shown, can = queries.notice_page(notice_id), self.request.staff.can
        may_settle = shown.row.state == "UNKNOWN" and can(Permission.NOTICE_SETTLE)
        return self.page(
            "notices/notice.html",
            status=status,
            shown=shown,
            row=shown.row,
            may_deliver=shown.may_deliver and can(Permission.DELIVERY_RECORD),
            fate=fate if may_settle or fate.is_bound else None,
        )


class NoticePdf(StaffView):
    """The paper itself, drawn when it is first opened."""

    permission = Permission.NOTICE_SEE

    def get(self, request: HttpRequest, notice_id: int) -> HttpResponseBase:
        file = services.print_notice(notice_id, at=clock.now())
        response = FileResponse(files.location(file).open("rb"), content_type=file.content_type)
        response["Content-Disposition"] = content_disposition_header(False, file.name) or "inline"
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "private, no-store"
        return response


class UnitNotices(StaffView):
    """Fragment of the unit page."""

    permission = Permission.NOTICE_SEE

    def get(self, request: HttpRequest, unit_id: int) -> HttpResponse:
        unit_header(unit_id)
        rows = queries.history_of_unit(unit_id, limit=LATEST)
        count = queries.count_of_unit(unit_id) if len(rows) == LATEST else len(rows)
        return self.page("notices/_unit_notices.html", rows=rows, unit_id=unit_id, count=count)


class PrintRound(StaffView):
    """Start a print round; its progress is a job's page."""

    permission = Permission.NOTICE_PRINT

    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect("notices:deliveries")

    def post(self, request: HttpRequest) -> HttpResponse:
        form = forms.RoundChoice(request.POST)
        if not form.is_valid():
            raise NotFound()
        try:
            asked = services.request_round(**form.chosen())
        except services.NothingToPrint as refusal:
            return _back(request, refusal)
        tasks.start_round(asked, tenant_id=self.request.staff.tenant_id, user_id=self.request.staff.user_id)
        return redirect("people:job", asked.job_id)


def _back(request: HttpRequest, refusal: Refused) -> HttpResponse:
    messages.error(request, str(refusal))
    return redirect("notices:deliveries")
