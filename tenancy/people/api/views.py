"""JSON doors of people: who am I, members, jobs, the audit trail."""

from __future__ import annotations

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from tenancy.kernel.api import ApiView
from tenancy.kernel.errors import Forbidden, NotFound
from tenancy.kernel.permissions import ROLES, Permission
from tenancy.people.api import serializers
from tenancy.people.models import Job
from tenancy.people.queries import audit
from tenancy.people.queries.jobs import jobs, may_stop
from tenancy.people.queries.members import members
from tenancy.people.services.jobs import ask_to_stop


class WhoAmI(ApiView):
    permission = Permission.SIGNED_IN
    opens_company = False

    @extend_schema(summary="Who this key belongs to", responses=serializers.Me)
    def get(self, request: Request) -> Response:
        staff = self.staff
        held = {permission.value for role in staff.roles for permission in ROLES[role]}
        answer = {
            "user_id": staff.user_id,
            "name": staff.name,
            "company": staff.tenant_name,
            "roles": sorted(staff.roles),
            "permissions": sorted(held),
            "community_ids": None if staff.communities is None else sorted(staff.communities),
        }
        return Response(serializers.Me(answer).data)


class Members(ApiView):
    permission = Permission.STAFF_SEE

    @extend_schema(summary="Members of the company", responses=serializers.Member(many=True))
    def get(self, request: Request) -> Response:
        return self.paginated(members(), serializers.Member, request)


class Jobs(ApiView):
    permission = Permission.JOB_SEE

    @extend_schema(summary="Long work, the newest first", responses=serializers.JobAnswer(many=True))
    def get(self, request: Request) -> Response:
        return self.paginated(jobs(seen_by=self.staff), serializers.JobAnswer, request)


class JobDoor(ApiView):
    permission = Permission.JOB_SEE

    @extend_schema(summary="One job: how far it is, and what came out", responses=serializers.JobAnswer)
    def get(self, request: Request, job_id: int) -> Response:
        return Response(serializers.JobAnswer(_job(self, job_id)).data)


class JobCancel(ApiView):
    permission = Permission.JOB_SEE

    @extend_schema(summary="Ask a job to stop", request=None, responses=serializers.JobAnswer)
    def post(self, request: Request, job_id: int) -> Response:
        job = _job(self, job_id)
        if not may_stop(job, self.staff):
            raise Forbidden(_("Your role does not allow this."))
        ask_to_stop(job_id=job.pk)
        return Response(serializers.JobAnswer(_job(self, job_id)).data)


class AuditTrail(ApiView):
    permission = Permission.AUDIT_SEE

    @extend_schema(
        summary="The audit trail, the newest first",
        parameters=[serializers.AuditFilter],
        responses=serializers.AuditAnswer(many=True),
    )
    def get(self, request: Request) -> Response:
        wanted = serializers.AuditFilter(data=request.query_params)
        wanted.is_valid(raise_exception=True)
        return self.paginated(audit.entries(**wanted.validated_data), serializers.AuditAnswer, request)


def _job(view: ApiView, job_id: int) -> Job:
    job = jobs(seen_by=view.staff).filter(pk=job_id).first()
    if job is None:
        raise NotFound(_("There is no such job."))
    return job
