"""JSON doors: the weekly review and its minutes."""

from __future__ import annotations

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from arrears.team import queries, services
from arrears.team.api import serializers as said
from tenancy.kernel import clock
from tenancy.kernel.api import ApiView, valid
from tenancy.kernel.errors import NotFound
from tenancy.kernel.permissions import Permission


class ReviewDoor(ApiView):
    """What the doors of one review share."""

    permission = Permission.REPORT_SEE

    def pack(self, pack_id: int) -> queries.Pack:
        """The pack; NotFound when it is not there, or not the caller's."""
        found = queries.pack(pack_id, self.staff, as_of=clock.today())
        if found is None:
            raise NotFound(_("There is no such review."))
        return found


class Reviews(ApiView):
    """Packs of all meetings."""

    permission = Permission.REPORT_SEE

    @extend_schema(
        summary="Weekly reviews, the newest first",
        parameters=[said.Place],
        responses=said.ReviewRow(many=True),
    )
    def get(self, request: Request) -> Response:
        place = valid(said.Place(data=request.query_params))["community"]
        return self.paginated(queries.packs(self.staff, community_id=place), said.ReviewRow, request)


class OneReview(ReviewDoor):
    """One pack."""

    @extend_schema(summary="A weekly review with its figures and minutes", responses=said.WeekReview)
    def get(self, request: Request, pack_id: int) -> Response:
        return Response(said.WeekReview(self.pack(pack_id)).data)


class Decide(ReviewDoor):
    """A line of the minutes."""

    permission = Permission.MEETING_MINUTE

    @extend_schema(
        summary="Write a decision into the minutes", request=said.DecideReview, responses={201: said.TeamMade}
    )
    def post(self, request: Request, pack_id: int) -> Response:
        self.pack(pack_id)
        asked = valid(said.DecideReview(data=request.data))
        made = services.resolve(
            pack_id=pack_id,
            what=asked["what"],
            who_id=asked["who"],
            until_on=asked["until_on"],
            by=self.staff,
            as_of=clock.today(),
            at=clock.now(),
        )
        return Response(said.TeamMade({"id": made}).data, status=status.HTTP_201_CREATED)


class EndDecision(ReviewDoor):
    """What became of a decision."""

    permission = Permission.MEETING_MINUTE

    @extend_schema(summary="Note what became of a decision", request=said.EndDecision, responses={204: None})
    def post(self, request: Request, pack_id: int, resolution_id: int) -> Response:
        self.pack(pack_id)
        asked = valid(said.EndDecision(data=request.data))
        services.end_resolution(
            resolution_id=resolution_id,
            note=asked["note"],
            by=self.staff,
            as_of=clock.today(),
            at=clock.now(),
        )
        return Response(status=status.HTTP_204_NO_CONTENT)
