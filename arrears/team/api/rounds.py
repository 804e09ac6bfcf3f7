"""JSON doors of visit rounds for the office: plan, look, leave a door out, close, call off."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from arrears.cases.queries import case_line
from arrears.team import queries, services
from arrears.team.api import round_serializers as serializers
from arrears.team.services import Plan
from tenancy.kernel import clock
from tenancy.kernel.api import ApiView, valid
from tenancy.kernel.permissions import Permission
from tenancy.kernel.rest import Page


class Rounds(ApiView):
    """The list, and planning one more."""

    permission = Permission.CASE_SEE
    write_permission = Permission.ROUND_PLAN

    @extend_schema(
        summary="Visit rounds, the newest first",
        parameters=[serializers.RoundQuery],
        responses=serializers.RoundRow(many=True),
    )
    def get(self, request: Request) -> Response:
        asked = valid(serializers.RoundQuery(data=request.query_params))
        mine = self.staff.user_id if asked["mine"] else None
        chosen = queries.RoundFilter(asked["community"], mine, asked["state"], asked["on"])
        paginator = Page()
        page: Any = paginator.paginate_queryset(queries.find_rounds(chosen), request, view=self)
        return paginator.get_paginated_response(
            serializers.RoundRow(queries.round_rows(page), many=True).data
        )

    @extend_schema(
        summary="Plan a round; what is paid, held, planned or handed over is left out and counted",
        request=serializers.PlanRound,
        responses={201: serializers.Planned},
    )
    def post(self, request: Request) -> Response:
        data = valid(serializers.PlanRound(data=request.data))
        plan = Plan(
            on=data["on"],
            main_id=data["main"],
            second_id=data["second"],
            task_ids=data["tasks"],
            notice_ids=data["notices"],
            workplaces=data["workplaces"],
            with_papers=data["with_papers"],
            note=data["note"],
        )
        made = services.plan_round(plan=plan, as_of=clock.today(), at=clock.now())
        return Response(serializers.Planned(made).data, status=status.HTTP_201_CREATED)


class Round(ApiView):
    """One round."""

    permission = Permission.CASE_SEE

    @extend_schema(summary="A round with its doors as they stand now", responses=serializers.RoundDetail)
    def get(self, request: Request, round_id: int) -> Response:
        page = queries.round_page(round_id, as_of=clock.today())
        return Response(serializers.RoundDetail(page).data)


class Entries(ApiView):
    """What was entered."""

    permission = Permission.CASE_SEE

    @extend_schema(
        summary="What was entered at the doors of a round, in walking order",
        responses=serializers.EntryRow(many=True),
    )
    def get(self, request: Request, round_id: int) -> Response:
        queries.get_round(round_id)
        rows = [row for rows in queries.entries_of_round(round_id).values() for row in rows]
        paginator = Page()
        page: Any = paginator.paginate_queryset(rows, request, view=self)
        return paginator.get_paginated_response(serializers.EntryRow(page, many=True).data)


class CloseRound(ApiView):
    """The round is over."""

    permission = Permission.ROUND_PLAN

    @extend_schema(summary="Close a round", request=None, responses={204: None})
    def post(self, request: Request, round_id: int) -> Response:
        queries.get_round(round_id)
        services.close_round(round_id=round_id, at=clock.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class CallOff(ApiView):
    """Nobody walks it."""

    permission = Permission.ROUND_PLAN

    @extend_schema(summary="Call a round off", request=serializers.CallOff, responses={204: None})
    def post(self, request: Request, round_id: int) -> Response:
        queries.get_round(round_id)
        data = valid(serializers.CallOff(data=request.data))
        services.call_off_round(round_id=round_id, at=clock.now(), **data)
        return Response(status=status.HTTP_204_NO_CONTENT)


class DropStop(ApiView):
    """A door is left out."""

    permission = Permission.ROUND_PLAN

    @extend_schema(summary="Leave a door out of its round", request=None, responses={204: None})
    def post(self, request: Request, stop_id: int) -> Response:
        queries.round_of_stop(stop_id)
        services.drop_stop(stop_id=stop_id, at=clock.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class AskWorkplace(ApiView):
    """A visit at work."""

    permission = Permission.VISIT_LOG

    @extend_schema(
        summary="Ask to visit an owner at work; the project manager decides",
        request=serializers.AskWorkplace,
        responses={201: serializers.WorkplaceAsked},
    )
    def post(self, request: Request, case_id: int) -> Response:
        case_line(case_id, as_of=clock.today())
        data = valid(serializers.AskWorkplace(data=request.data))
        ask_id = services.ask_workplace(case_id=case_id, by=self.staff, at=clock.now(), **data)
        return Response(
            serializers.WorkplaceAsked({"workplace": ask_id}).data, status=status.HTTP_201_CREATED
        )
