"""The month run: choose, preview, issue, watch."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from billing.charges import queries, services
from billing.charges.queries import NoContract
from billing.charges.services.issue_job import JOB_KIND
from billing.charges.services.round import NothingToBill
from billing.charges.tasks import issue_bills
from billing.charges.web.forms import Run as RunForm
from billing.charges.web.ways import ways_out
from owners.queries import communities
from tenancy.kernel import clock
from tenancy.kernel.errors import NotFound
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from tenancy.people.queries.jobs import jobs

LATEST = 10
_MISSING = (NoContract.code, NothingToBill.code)


class Run(StaffView):
    """Choose community and month; with both, the steps of the month and the preview of its issue."""

    permission = Permission.BILL_RUN

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = "community" in request.GET
        form = _form(request.GET if asked else None)
        preview = self.attempt(form, lambda: _preview(form)) if asked and form.is_valid() else None
        return self._show(form, preview, status=200 if preview or not asked else 422)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = _form(request.POST)
        job_id = self.attempt(form, lambda: _request(form)) if form.is_valid() else None
        if job_id is None:
            return self._show(form, None, status=422)
        staff, said = self.request.staff, form.cleaned_data
        transaction.on_commit(
            lambda: issue_bills.delay(
                tenant_id=staff.tenant_id,
                user_id=str(staff.user_id),
                job_id=str(job_id),
                community_id=str(said["community"]),
                period=str(said["month"]),
                issued_on=said["issued_on"].isoformat(),
            )
        )
        return redirect("charges:run_job", job_id)

    def _show(self, form: RunForm, preview: services.Preview | None, *, status: int) -> HttpResponse:
        staff = self.request.staff
        return self.page(
            "charges/run_start.html",
            status=status,
            form=form,
            preview=preview,
            latest=[queries.run_row(run) for run in queries.runs()[:LATEST]],
            ways=ways_out(form, may_edit=staff.can(Permission.TARIFF_EDIT)),
            month=_month(form, preview),
            may_deliver=staff.can(Permission.DELIVERY_SEE),
            may_see_approvals=staff.can(Permission.APPROVAL_SEE),
        )


class AskRelease(Run):
    """Ask somebody else to look at the run before it goes out."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect("charges:run")

    def post(self, request: HttpRequest) -> HttpResponse:
        form = _form(request.POST)
        asked = self.attempt(form, lambda: self._ask(form)) if form.is_valid() else None
        if asked is None:
            return self._show(form, None, status=422)
        messages.success(request, _("The request is made. Nothing is issued until it is answered."))
        return redirect(f"{reverse('charges:run')}?{_address(form)}")

    def _ask(self, form: RunForm) -> int:
        said = form.cleaned_data
        return services.ask_release(
            community_id=said["community"],
            period=said["month"],
            issued_on=said["issued_on"],
            by=self.request.staff,
            at=clock.now(),
        )


class RunChanges(StaffView):
    """Every unit that pays another amount than the month before, with the reasons."""

    permission = Permission.BILL_RUN

    def get(self, request: HttpRequest) -> HttpResponse:
        form = _form(request.GET or None)
        preview = None
        if form.is_bound and form.is_valid():
            preview = self.attempt(form, lambda: _preview(form, shown_changes=None))
        rows = preview.changes if preview else ()
        reason = request.GET.get("reason", "")
        if preview and reason in preview.change_reasons:
            rows = tuple(row for row in rows if reason in row.reasons)
        return self.page(
            "charges/run_changes.html",
            status=422 if form.is_bound and form.errors else 200,
            form=form,
            preview=preview,
            page=self.paginate(rows, size=100),
            reason=reason,
            back=_address(form) if preview else "",
        )


class RunJob(StaffView):
    """The live progress of a run, then what it made."""

    permission = Permission.BILL_RUN

    def get(self, request: HttpRequest, job_id: int) -> HttpResponse:
        job = jobs(seen_by=self.request.staff).filter(pk=job_id, kind=JOB_KIND).first()
        if job is None:
            raise NotFound(_("There is no such run."))
        run_id = job.result.get("run_id")
        run = queries.run_detail(run_id) if run_id else None
        return self.page("charges/run_watch.html", job=job, run=run)


def _form(data: object) -> RunForm:
    known = communities()
    form = RunForm(data, initial=RunForm.suggested(known, clock.today()))  # type: ignore[arg-type]
    form.offer(known)
    return form


def _preview(form: RunForm, **more: Any) -> services.Preview:
    said = form.cleaned_data
    return services.preview_bills(
        community_id=said["community"], period=said["month"], as_of=said["issued_on"], **more
    )


def _month(form: RunForm, preview: services.Preview | None) -> services.MonthRun | None:
    """The steps of the month asked for; None while none is."""
    said = form.cleaned_data if form.is_bound and hasattr(form, "cleaned_data") else {}
    if not said.get("community") or not said.get("month"):
        return None
    codes = {str(error.code) for errors in form.errors.as_data().values() for error in errors}
    missing = next((code for code in _MISSING if code in codes), "")
    return services.month_run(
        community_id=said["community"], period=said["month"], preview=preview, missing=missing
    )


def _address(form: RunForm) -> str:
    said = form.cleaned_data
    return urlencode(
        {
            "community": said["community"],
            "month": f"{said['month'].start:%Y-%m}",
            "issued_on": said["issued_on"].isoformat(),
        }
    )


def _request(form: RunForm) -> int:
    said = form.cleaned_data
    return services.request_issue(
        today=clock.today(), community_id=said["community"], period=said["month"], issued_on=said["issued_on"]
    )
