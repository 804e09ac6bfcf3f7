"""JSON doors of policies: relaxed stages, re-based cases, quiet days, a ladder tried on tonight."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from arrears.cases import queries, services
from arrears.cases.api import policy_serializers as serializers
from arrears.cases.api.asked import body, query
from arrears.cases.api.views import ListView
from arrears.cases.services.foresight_job import JOB_KIND
from arrears.cases.tasks import foresee_ladder
from owners.queries import community_card
from tenancy.kernel import clock
from tenancy.kernel.api import ApiView
from tenancy.kernel.errors import NotFound
from tenancy.kernel.permissions import Permission
from tenancy.people.queries.jobs import jobs


class Relaxations(ApiView):
    """Let a rung of a case open later."""

    permission = Permission.CASE_RELAX

    @extend_schema(
        summary="Relax a stage: a rung opens on a day at the earliest, and then by itself",
        request=serializers.Relax,
        responses={201: serializers.RelaxationMade},
    )
    def post(self, request: Request, case_id: int) -> Response:
        queries.case_line(case_id, as_of=clock.today())
        data = body(serializers.Relax, request)
        made = services.relax(case_id=case_id, by=self.staff, as_of=clock.today(), **data)
        return Response(serializers.RelaxationMade({"relaxation": made}).data, status=status.HTTP_201_CREATED)


class EndRelaxation(ApiView):
    """Take it back."""

    permission = Permission.CASE_RELAX

    @extend_schema(summary="Take a relaxed stage back before its day", request=None, responses={204: None})
    def post(self, request: Request, relaxation_id: int) -> Response:
        services.end_relaxation(relaxation_id=relaxation_id, by=self.staff, as_of=clock.today())
        return Response(status=status.HTTP_204_NO_CONTENT)


class Deviations(ListView):
    """Where a case is treated more gently than its policy says."""

    permission = Permission.DEVIATION_SEE

    @extend_schema(
        summary="Relaxed stages: those that stand, the soonest to end first; or those that are over",
        parameters=[serializers.DeviationQuery],
        responses=serializers.Relaxed(many=True),
    )
    def get(self, request: Request) -> Response:
        asked = query(serializers.DeviationQuery, request)
        chosen = queries.DeviationFilter(asked["community"], asked["ended"])
        found = list(queries.deviations(chosen, as_of=clock.today()))
        return self.answer(
            found, lambda page: queries.relaxed_rows(page, as_of=clock.today()), serializers.Relaxed
        )


class Rebase(ApiView):
    """Move cases to the version in force."""

    permission = Permission.CASE_REBASE

    @extend_schema(
        summary="Move cases to the version in force; without `confirm` only what it would mean",
        request=serializers.Rebase,
        responses=serializers.RebaseDone,
    )
    def post(self, request: Request) -> Response:
        asked = body(serializers.Rebase, request)
        preview = queries.rebase_preview(asked["cases"], as_of=clock.today())
        if asked["confirm"]:
            services.rebase(case_ids=asked["cases"], reason=asked["reason"], as_of=clock.today())
        said = {
            "moved": asked["confirm"],
            "cases": len(preview.case_ids),
            "left_out": preview.left_out,
            "opens_before": preview.opens_before,
            "opens_after": preview.opens_after,
            "differ": preview.differ,
            "night": preview.night,
        }
        return Response(serializers.RebaseDone(said).data)


class QuietDays(ApiView):
    """Days on which nobody is contacted."""

    permission = Permission.LADDER_SEE
    write_permission = Permission.QUIET_EDIT

    @extend_schema(
        summary="Quiet days ahead: the usual ones and the company's own",
        responses=serializers.QuietDays(many=True),
    )
    def get(self, request: Request) -> Response:
        return self.paginated(queries.quiet_rows(as_of=clock.today()), serializers.QuietDays, request)

    @extend_schema(
        summary="Enter quiet days",
        request=serializers.NewQuietDays,
        responses={201: serializers.QuietDaysMade},
    )
    def post(self, request: Request) -> Response:
        data = body(serializers.NewQuietDays, request)
        community_id = data.pop("community")
        if community_id is None and self.staff.communities is not None:
            raise NotFound(_("The company's days belong to those who see the whole company."))
        made = services.add_quiet_days(community_id=community_id, as_of=clock.today(), **data)
        return Response(serializers.QuietDaysMade({"quiet": made}).data, status=status.HTTP_201_CREATED)


class QuietDay(ApiView):
    """Days of the company's own."""

    permission = Permission.QUIET_EDIT

    @extend_schema(summary="Take quiet days out again", responses={204: None})
    def delete(self, request: Request, quiet_id: int) -> Response:
        services.drop_quiet_days(quiet_id=quiet_id, as_of=clock.today())
        return Response(status=status.HTTP_204_NO_CONTENT)


class Foresights(ApiView):
    """Try a ladder on tonight."""

    permission = Permission.LADDER_TRY

    @extend_schema(
        summary="What the next night would be under a saved version or drafted days; nothing is written",
        request=serializers.AskForesight,
        responses={202: serializers.ForesightAsked},
    )
    def post(self, request: Request) -> Response:
        asked = body(serializers.AskForesight, request)
        if asked["community"] is not None:
            community_card(asked["community"])
        days = {
            one["level"]: services.RungDays(one["min_days"], one["period_days"]) for one in asked["rungs"]
        }
        job_id = services.request_foresight(
            ladder_id=asked["ladder"], community_id=asked["community"], days=days, today=clock.today()
        )
        staff = self.staff
        message = {"tenant_id": staff.tenant_id, "user_id": str(staff.user_id), "job_id": str(job_id)}
        transaction.on_commit(lambda: foresee_ladder.delay(**message))
        return Response(serializers.ForesightAsked({"job": job_id}).data, status=status.HTTP_202_ACCEPTED)


class Foresight(ApiView):
    """How far a look ahead is, and its figures."""

    permission = Permission.LADDER_TRY

    @extend_schema(summary="The figures of a ladder tried on the next night", responses=serializers.Foresight)
    def get(self, request: Request, foresight_job_id: int) -> Response:
        job = jobs(seen_by=self.staff).filter(pk=foresight_job_id, kind=JOB_KIND).first()
        if job is None:
            raise NotFound(_("There is no such look ahead."))
        return Response(serializers.Foresight(job).data)
