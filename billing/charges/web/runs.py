"""The month run: choose, preview, issue, watch."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from billing.charges import queries, services
from billing.charges.services.issue_job import JOB_KIND
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


class Run(StaffView):
    """Choose community and month; with both, the preview of what an issue would make."""

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
        latest = [queries.run_row(run) for run in queries.runs()[:LATEST]]
        ways = ways_out(form, may_edit=self.request.staff.can(Permission.TARIFF_EDIT))
        return self.page(
            "charges/run_start.html", status=status, form=form, preview=preview, latest=latest, ways=ways
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


def _preview(form: RunForm) -> services.Preview:
    said = form.cleaned_data
    return services.preview_bills(
        community_id=said["community"], period=said["month"], as_of=said["issued_on"]
    )


def _request(form: RunForm) -> int:
    said = form.cleaned_data
    return services.request_issue(
        community_id=said["community"], period=said["month"], issued_on=said["issued_on"]
    )
