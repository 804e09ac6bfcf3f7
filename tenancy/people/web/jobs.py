"""Long work: the list, one job with its live bar and result, and the stop button."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from tenancy.kernel.errors import Forbidden, NotFound
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from tenancy.people.models import Job
from tenancy.people.queries.jobs import jobs, may_stop, result_lines
from tenancy.people.services.jobs import ask_to_stop

STOP_POLLING = 286


class Jobs(StaffView):
    permission = Permission.JOB_SEE

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page("people/job_list.html", page=self.paginate(jobs(seen_by=self.request.staff)))


class JobPage(StaffView):
    permission = Permission.JOB_SEE

    def get(self, request: HttpRequest, job_id: int) -> HttpResponse:
        job = _job(self, job_id)
        lines, stops = result_lines(job.result), may_stop(job, self.request.staff)
        return self.page("people/job.html", job=job, lines=lines, may_stop=stops)


class JobBar(StaffView):
    """The live bar; status 286 tells htmx to stop asking; the page hears that it is over."""

    permission = Permission.JOB_SEE

    def get(self, request: HttpRequest, job_id: int) -> HttpResponse:
        job = _job(self, job_id)
        response = self.page("people/_job_bar.html", status=STOP_POLLING if job.finished_at else 200, job=job)
        if job.finished_at:
            response["HX-Trigger"] = "job-finished"
        return response


class JobCancel(StaffView):
    permission = Permission.JOB_SEE

    def post(self, request: HttpRequest, job_id: int) -> HttpResponse:
        job = _job(self, job_id)
        if not may_stop(job, self.request.staff):
            raise Forbidden(_("Your role does not allow this."))
        ask_to_stop(job_id=job.pk)
        return redirect("people:job", job_id)


def _job(view: StaffView, job_id: int) -> Job:
    job = jobs(seen_by=view.request.staff).filter(pk=job_id).first()
    if job is None:
        raise NotFound(_("There is no such job."))
    return job
