"""JSON doors: the fair split, workload, stewards and leave."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from arrears.team import queries, services
from arrears.team.api import serializers as said
from tenancy.kernel import clock
from tenancy.kernel.api import ApiView, valid
from tenancy.kernel.permissions import Permission


class FairSplit(ApiView):
    """What a fair split would change, and the split."""

    permission = Permission.CASE_ASSIGN

    @extend_schema(
        summary="What a fair distribution would change", parameters=[said.Place], responses=said.FairPlan
    )
    def get(self, request: Request) -> Response:
        place = valid(said.Place(data=request.query_params))["community"]
        return Response(said.FairPlan(queries.fair_plan(as_of=clock.today(), community_id=place)).data)

    @extend_schema(summary="Distribute the cases fairly", request=said.Distribute, responses=said.Distributed)
    def post(self, request: Request) -> Response:
        asked = valid(said.Distribute(data=request.data))
        moved = services.distribute(
            as_of=clock.today(), expected=asked["count"], community_id=asked["community"]
        )
        return Response(said.Distributed({"moved": moved}).data)


class Workload(ApiView):
    """Everybody's work."""

    permission = Permission.SHEET_SEE

    @extend_schema(
        summary="What each collector has and must do today",
        parameters=[said.Place],
        responses=said.PersonLoad(many=True),
    )
    def get(self, request: Request) -> Response:
        place = valid(said.Place(data=request.query_params))["community"]
        rows = queries.workload(as_of=clock.today(), community_id=place)
        return self.paginated(rows, said.PersonLoad, request)


class Stewards(ApiView):
    """Who looks after which building."""

    permission = Permission.CASE_ASSIGN

    @extend_schema(summary="Buildings and their stewards", responses=said.Steward(many=True))
    def get(self, request: Request) -> Response:
        return self.paginated(queries.stewards(), said.Steward, request)


class OneSteward(ApiView):
    """Another steward."""

    permission = Permission.CASE_ASSIGN

    @extend_schema(summary="Set who looks after a building", request=said.SetSteward, responses={204: None})
    def put(self, request: Request, building_id: int) -> Response:
        asked = valid(said.SetSteward(data=request.data))
        services.set_steward(building_id=building_id, user_id=asked["steward"], as_of=clock.today())
        return Response(status=status.HTTP_204_NO_CONTENT)


class Leaves(ApiView):
    """Days away."""

    permission = Permission.CASE_ASSIGN

    @extend_schema(summary="Who is away when, the newest first", responses=said.Leave(many=True))
    def get(self, request: Request) -> Response:
        return self.paginated(queries.leaves(as_of=clock.today()), said.Leave, request)

    @extend_schema(summary="Note days away", request=said.EnterLeave, responses={201: said.TeamMade})
    def post(self, request: Request) -> Response:
        asked = valid(said.EnterLeave(data=request.data))
        noted = services.enter_leave(
            user_id=asked["user"],
            from_on=asked["from_on"],
            to_on=asked["to_on"],
            reason=asked["reason"],
            as_of=clock.today(),
            at=clock.now(),
        )
        return Response(said.TeamMade({"id": noted.leave_id}).data, status=status.HTTP_201_CREATED)


class CancelLeave(ApiView):
    """Back already, or never away."""

    permission = Permission.CASE_ASSIGN

    @extend_schema(summary="Cancel a leave", request=None, responses={204: None})
    def post(self, request: Request, leave_id: int) -> Response:
        services.cancel_leave(leave_id=leave_id, as_of=clock.today(), at=clock.now())
        return Response(status=status.HTTP_204_NO_CONTENT)
