"""JSON doors of the reports."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from reports import queries, services
from reports.api import dashboard as said
from reports.api import serializers
from tenancy.kernel import clock
from tenancy.kernel.api import ApiView
from tenancy.kernel.permissions import Permission


class TodayDoor(ApiView):
    permission = Permission.REPORT_SEE

    @extend_schema(summary="The day at a glance", responses=serializers.Today)
    def get(self, request: Request) -> Response:
        return Response(serializers.Today(queries.today(self.staff, as_of=clock.today())).data)


class DashboardDoor(ApiView):
    permission = Permission.DASHBOARD_SEE

    @extend_schema(
        summary="The manager's dashboard",
        parameters=[said.DashboardQuery],
        responses=said.Dashboard,
    )
    def get(self, request: Request) -> Response:
        asked = said.DashboardQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        wanted, today = asked.validated_data, clock.today()
        found = queries.dashboard(
            self.staff,
            as_of=min(wanted["as_of"] or today, today),
            at=clock.now(),
            community_id=wanted["community"],
            fresh=wanted["fresh"],
        )
        return Response(said.Dashboard(found).data)


class TargetsDoor(ApiView):
    permission = Permission.DASHBOARD_SEE
    write_permission = Permission.TARGET_EDIT

    @extend_schema(
        summary="Yearly collection targets, the newest first",
        parameters=[said.TargetQuery],
        responses=said.Target(many=True),
    )
    def get(self, request: Request) -> Response:
        asked = said.TargetQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        wanted = asked.validated_data
        rows = queries.targets(as_of=clock.today(), year=wanted["year"], community_id=wanted["community"])
        return self.paginated(rows, said.Target, request)

    @extend_schema(summary="Set a target from today on", request=said.Target, responses={201: said.Target})
    def post(self, request: Request) -> Response:
        body = said.Target(data=request.data)
        body.is_valid(raise_exception=True)
        today = clock.today()
        target_id = services.set_target(**body.validated_data, from_on=today)
        (made,) = (row for row in queries.targets(as_of=today) if row.target_id == target_id)
        return Response(said.Target(made).data, status=201)


class SearchDoor(ApiView):
    permission = Permission.UNIT_SEE

    @extend_schema(
        summary="Rooms, owners, phones and the numbers of bills, receipts and notices",
        parameters=[serializers.SearchQuery],
        responses=serializers.Found,
    )
    def get(self, request: Request) -> Response:
        asked = serializers.SearchQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        found = queries.search(asked.validated_data["q"], self.staff, as_of=clock.today())
        return Response(serializers.Found(found).data)


class AgeingDoor(ApiView):
    permission = Permission.REPORT_SEE

    @extend_schema(
        summary="Unpaid principal by age",
        parameters=[serializers.AgeingFilter],
        responses=serializers.Ageing,
    )
    def get(self, request: Request) -> Response:
        asked = serializers.AgeingFilter(data=request.query_params)
        asked.is_valid(raise_exception=True)
        chosen = asked.validated_data.get("community")
        report = queries.ageing_report(as_of=clock.today(), community_ids=chosen)
        return Response(serializers.Ageing(report).data)
