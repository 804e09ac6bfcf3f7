"""JSON doors of decisions: requests that wait, and the ladder itself."""

from __future__ import annotations

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from arrears.cases import queries, services
from arrears.cases.api import ladder_serializers as ladders
from arrears.cases.api import serializers
from arrears.cases.api.asked import body, query
from arrears.cases.api.views import ListView
from owners.queries import community_card
from tenancy.kernel import clock
from tenancy.kernel.api import ApiView
from tenancy.kernel.errors import NotFound
from tenancy.kernel.permissions import Permission
from tenancy.people.services import approvals


class Approvals(ListView):
    """Requests."""

    permission = Permission.APPROVAL_SEE

    @extend_schema(
        summary="Requests that wait for a decision, the oldest first",
        parameters=[serializers.ApprovalQuery],
        responses=serializers.ApprovalCard(many=True),
    )
    def get(self, request: Request) -> Response:
        asked, staff, today = query(serializers.ApprovalQuery, request), self.staff, clock.today()
        found = queries.approvals(staff, decided=asked["decided"], mine=asked["mine"])
        return self.answer(
            found,  # type: ignore[arg-type]
            lambda page: queries.approval_cards(page, staff, as_of=today),
            serializers.ApprovalCard,
        )


class Approval(ApiView):
    """One request."""

    permission = Permission.APPROVAL_SEE

    @extend_schema(
        summary="A request with its facts, and what it leaves out", responses=serializers.ApprovalDetail
    )
    def get(self, request: Request, approval_id: int) -> Response:
        card = queries.approval_card(approval_id, self.staff, as_of=clock.today())
        return Response(serializers.ApprovalDetail(card).data)


class Decision(ApiView):
    """Decide a request."""

    permission = Permission.APPROVAL_DECIDE

    @extend_schema(
        summary="Approve or reject; only the role that was asked, never who asked",
        request=serializers.Decide,
        responses=serializers.ApprovalCard,
    )
    def post(self, request: Request, approval_id: int) -> Response:
        queries.approval_card(approval_id, self.staff, as_of=clock.today())
        data = body(serializers.Decide, request)
        services.decide(approval_id=approval_id, by=self.staff, at=clock.now(), **data)
        card = queries.approval_card(approval_id, self.staff, as_of=clock.today())
        return Response(serializers.ApprovalCard(card).data)


class Remarks(ApiView):
    """Ask about a request, or answer."""

    permission = Permission.APPROVAL_ANSWER

    @extend_schema(
        summary="A question of whoever decides, or an answer to the open one",
        request=serializers.Say,
        responses={201: serializers.ApprovalDetail},
    )
    def post(self, request: Request, approval_id: int) -> Response:
        queries.approval_card(approval_id, self.staff, as_of=clock.today())
        text = body(serializers.Say, request)["text"]
        approvals.say(approval_id=approval_id, by=self.staff, text=text, at=clock.now())
        card = queries.approval_card(approval_id, self.staff, as_of=clock.today())
        return Response(serializers.ApprovalDetail(card).data, status=status.HTTP_201_CREATED)


class Ladders(ApiView):
    """Versions of the ladder, and a new one."""

    permission = Permission.LADDER_SEE
    write_permission = Permission.LADDER_EDIT

    @extend_schema(summary="All versions, the company's first", responses=ladders.Ladder(many=True))
    def get(self, request: Request) -> Response:
        rows = queries.ladder_versions(as_of=clock.today())
        return self.paginated(rows, ladders.Ladder, request)

    @extend_schema(
        summary="A new version with other days for some rungs",
        request=ladders.NewLadder,
        responses={201: ladders.LadderMade},
    )
    def post(self, request: Request) -> Response:
        data = body(ladders.NewLadder, request)
        self._sees(data["community"])
        made = services.new_version(
            community_id=data["community"],
            name=data["name"],
            active_from=data["active_from"],
            days={
                one["level"]: services.RungDays(one["min_days"], one["period_days"]) for one in data["rungs"]
            },
        )
        return Response(ladders.LadderMade({"ladder": made}).data, status=status.HTTP_201_CREATED)

    def _sees(self, community_id: int | None) -> None:
        if community_id is not None:
            community_card(community_id)
        elif self.staff.communities is not None:
            raise NotFound(_("The company's ladder belongs to those who see the whole company."))


class LadderComparison(ApiView):
    """Two versions side by side."""

    permission = Permission.LADDER_SEE

    @extend_schema(
        summary="Two versions rung by rung, with what differs",
        parameters=[ladders.LadderPair],
        responses=ladders.LadderComparison,
    )
    def get(self, request: Request) -> Response:
        asked = query(ladders.LadderPair, request)
        found = queries.compare_ladders(asked["before"], asked["after"], as_of=clock.today())
        return Response(ladders.LadderComparison(found).data)


class Ladder(ApiView):
    """One version."""

    permission = Permission.LADDER_SEE

    @extend_schema(summary="A version with its rungs", responses=ladders.Ladder)
    def get(self, request: Request, ladder_id: int) -> Response:
        return Response(ladders.Ladder(queries.ladder_version(ladder_id, as_of=clock.today())).data)
