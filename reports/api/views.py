"""JSON doors of the reports."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from reports import queries
from reports.api import serializers
from tenancy.kernel import clock
from tenancy.kernel.api import ApiView
from tenancy.kernel.permissions import Permission


class TodayDoor(ApiView):
    permission = Permission.REPORT_SEE

    @extend_schema(summary="The day at a glance", responses=serializers.Today)
    def get(self, request: Request) -> Response:
        return Response(serializers.Today(queries.today(self.staff, as_of=clock.today())).data)


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
