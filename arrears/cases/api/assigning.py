"""JSON doors: who works on cases, and cases given to one of them."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from arrears.cases import queries, services
from arrears.cases.api.asked import body
from tenancy.kernel import clock
from tenancy.kernel.api import ApiView
from tenancy.kernel.permissions import Permission

MOST = 10_000


class Collector(serializers.Serializer):
    """Somebody who works on cases, with his open ones. `points`: how heavy they are together."""

    user = serializers.IntegerField(source="user_id")
    name = serializers.CharField()
    cases = serializers.IntegerField()
    points = serializers.IntegerField()
    promises_kept = serializers.IntegerField(source="kept.kept")
    promises_judged = serializers.IntegerField(source="kept.judged")


class GiveCases(serializers.Serializer):
    """Cases and whose they become."""

    cases = serializers.ListField(
        child=serializers.IntegerField(min_value=1), allow_empty=False, max_length=MOST
    )
    collector = serializers.IntegerField(min_value=1)


class Assigned(serializers.Serializer):
    """How many changed hands, were his already, or are closed and stay as they are."""

    given = serializers.IntegerField()
    kept = serializers.IntegerField()
    closed = serializers.IntegerField()


class ReviewCases(serializers.Serializer):
    """Cases that the caller has looked at."""

    cases = serializers.ListField(
        child=serializers.IntegerField(min_value=1), allow_empty=False, max_length=MOST
    )


class Reviewed(serializers.Serializer):
    """How many were not ticked before."""

    reviewed = serializers.IntegerField()


class Review(ApiView):
    """The tick before the first call."""

    permission = Permission.CALL_LOG

    @extend_schema(
        summary="Tick cases as looked at before the first call", request=ReviewCases, responses=Reviewed
    )
    def post(self, request: Request) -> Response:
        asked = body(ReviewCases, request)
        done = services.review_cases(case_ids=asked["cases"], at=clock.now())
        return Response(Reviewed({"reviewed": done}).data)


class Collectors(ApiView):
    """Who may take cases."""

    permission = Permission.CASE_ASSIGN

    @extend_schema(summary="Who works on cases, and what each has now", responses=Collector(many=True))
    def get(self, request: Request) -> Response:
        return self.paginated(queries.takers(as_of=clock.today()), Collector, request)


class AssignCases(ApiView):
    """Give cases to somebody."""

    permission = Permission.CASE_ASSIGN

    @extend_schema(
        summary="Give cases to a collector; all of them or, when one cannot be given, none",
        request=GiveCases,
        responses=Assigned,
    )
    def post(self, request: Request) -> Response:
        asked = body(GiveCases, request)
        done = services.assign_cases(case_ids=asked["cases"], collector_id=asked["collector"])
        return Response(Assigned(done).data)
