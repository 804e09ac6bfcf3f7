"""JSON doors of the desk: who to call and visit, cases, logging, holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from arrears.cases import queries, services
from arrears.cases.api import serializers
from arrears.cases.api.asked import body, query
from notices.services import Photo
from owners.queries import unit_header
from tenancy.kernel import clock
from tenancy.kernel.api import ApiView
from tenancy.kernel.permissions import Permission
from tenancy.kernel.rest import Page


class ListView(ApiView):
    """A list whose order is known by numbers and whose lines are read for one page."""

    def answer(self, found: Sequence[Any], lines: Any, serializer: Any) -> Response:
        """One page: `lines(page)` are its rows."""
        paginator = Page()
        page: Any = paginator.paginate_queryset(found, self.request, view=self)
        return paginator.get_paginated_response(serializer(lines(page), many=True).data)

    def narrowed(self, request: Request) -> queries.WorkFilter:
        """The filter of a list of tasks."""
        asked = query(serializers.WorkQuery, request)
        return queries.WorkFilter(asked["community"], self.whose(asked))

    def whose(self, asked: dict[str, Any]) -> int | None:
        """The collector asked for; mine is whoever asks."""
        collector = asked["collector"]
        return self.staff.user_id if collector == "mine" else int(collector) if collector else None


class Worklist(ListView):
    """Who to call today."""

    permission = Permission.CALL_LOG

    @extend_schema(
        summary="Calls that are due, in the order of the desk: urgency first, then value",
        parameters=[serializers.WorkQuery],
        responses=serializers.TaskLine(many=True),
    )
    def get(self, request: Request) -> Response:
        today = clock.today()
        found = queries.worklist(self.narrowed(request), as_of=today)
        return self.answer(found, lambda page: queries.task_lines(page, as_of=today), serializers.TaskLine)


class VisitList(ListView):
    """Whom to visit."""

    permission = Permission.VISIT_LOG

    @extend_schema(
        summary="Visits to make, the earliest deadline first",
        parameters=[serializers.WorkQuery],
        responses=serializers.TaskLine(many=True),
    )
    def get(self, request: Request) -> Response:
        today = clock.today()
        found = queries.visits_due(self.narrowed(request), as_of=today)
        return self.answer(found, lambda page: queries.task_lines(page, as_of=today), serializers.TaskLine)


class Cases(ListView):
    """Cases with filters."""

    permission = Permission.CASE_SEE

    @extend_schema(
        summary="Cases, the heaviest first",
        parameters=[serializers.CaseQuery],
        responses=serializers.CaseLine(many=True),
    )
    def get(self, request: Request) -> Response:
        asked, today = query(serializers.CaseQuery, request), clock.today()
        chosen = queries.CaseFilter(
            community_id=asked["community"],
            collector_id=self.whose(asked),
            rung=asked["rung"],
            klass=asked["klass"],
            text=asked["text"],
            closed=asked["closed"],
            late_from=asked["late_from"],
            late_to=asked["late_to"],
            promised_on=asked["promised_on"],
        )
        found = queries.find_cases(chosen, as_of=today)
        return self.answer(found, lambda page: queries.case_lines(page, as_of=today), serializers.CaseLine)


class Case(ApiView):
    """One case."""

    permission = Permission.CASE_SEE

    @extend_schema(summary="A case with its tasks, holds and promises", responses=serializers.CaseDetail)
    def get(self, request: Request, case_id: int) -> Response:
        return Response(serializers.CaseDetail(_detail(case_id, clock.today())).data)


class CaseTimeline(ListView):
    """What happened to a case."""

    permission = Permission.CASE_SEE

    @extend_schema(
        summary="The history of a case, the newest first", responses=serializers.TimelineRow(many=True)
    )
    def get(self, request: Request, case_id: int) -> Response:
        queries.case_line(case_id, as_of=clock.today())
        return self.answer(queries.case_timeline(case_id), list, serializers.TimelineRow)


class UnitTimeline(ListView):
    """What happened to a unit."""

    permission = Permission.CASE_SEE

    @extend_schema(summary="Everything that happened to a unit", responses=serializers.TimelineRow(many=True))
    def get(self, request: Request, unit_id: int) -> Response:
        unit_header(unit_id)
        return self.answer(queries.unit_timeline(unit_id, as_of=clock.today()), list, serializers.TimelineRow)


class CallGate(ApiView):
    """May this owner be rung now."""

    permission = Permission.CALL_LOG

    @extend_schema(summary="Whether to ring now, which number, and else when", responses=serializers.CallGate)
    def get(self, request: Request, case_id: int) -> Response:
        gate = queries.call_gate(case_id, at=clock.now())
        return Response(serializers.CallGate(gate).data)


class Number(ApiView):
    """The whole number, to whoever may ring it now; that it was read is recorded."""

    permission = Permission.CONTACT_REVEAL

    @extend_schema(
        summary="Reveal a number of the owner to ring it: same gate and record as taking up the telephone",
        request=None,
        responses=serializers.Number,
    )
    def post(self, request: Request, case_id: int, contact_id: int) -> Response:
        dialled = services.dial(case_id=case_id, contact_id=contact_id, at=clock.now())
        return Response(serializers.Number({"number": dialled.number}).data)


class Calls(ApiView):
    """Log a call."""

    permission = Permission.CALL_LOG

    @extend_schema(
        summary="Log a call made now; refused when it was paid, or when the owner may not be called",
        request=serializers.LogCall,
        responses={201: serializers.Logged},
    )
    def post(self, request: Request, case_id: int) -> Response:
        queries.case_line(case_id, as_of=clock.today())  # what is not there is 404, whatever the body says
        data = body(serializers.LogCall, request)
        contact_id = data.pop("contact")
        logged = services.log_call(case_id=case_id, at=clock.now(), contact_id=contact_id, **data)
        return Response(serializers.Logged(logged).data, status=status.HTTP_201_CREATED)


class Visits(ApiView):
    """Log a visit."""

    permission = Permission.VISIT_LOG
    parser_classes = [JSONParser, MultiPartParser, FormParser]

    @extend_schema(
        summary="Log a visit, with a photo as multipart",
        request=serializers.LogVisit,
        responses={201: serializers.Visited},
    )
    def post(self, request: Request, case_id: int) -> Response:
        queries.case_line(case_id, as_of=clock.today())
        data = body(serializers.LogVisit, request)
        photo = data.pop("photo")
        picture = Photo(photo.name or "photo", photo.read()) if photo else None
        visit_id = services.log_visit(case_id=case_id, as_of=clock.today(), photo=picture, **data)
        return Response(serializers.Visited({"visit": visit_id}).data, status=status.HTTP_201_CREATED)


class Holds(ApiView):
    """Stop the ladder of a case's account."""

    permission = Permission.HOLD_SET
    parser_classes = [JSONParser, MultiPartParser, FormParser]

    @extend_schema(summary="Set a hold", request=serializers.SetHold, responses={201: serializers.HoldSet})
    def post(self, request: Request, case_id: int) -> Response:
        case = queries.case_line(case_id, as_of=clock.today())
        data = body(serializers.SetHold, request)
        proof = data.pop("proof")
        paper = Photo(proof.name or "proof", proof.read()) if proof else None
        hold_id = services.set_hold(account_id=case.account_id, as_of=clock.today(), proof=paper, **data)
        return Response(serializers.HoldSet({"hold": hold_id}).data, status=status.HTTP_201_CREATED)


class ReleaseHold(ApiView):
    """Let the ladder go on."""

    permission = Permission.HOLD_SET

    @extend_schema(
        summary="Release a hold, with the reason", request=serializers.EndHold, responses={204: None}
    )
    def post(self, request: Request, hold_id: int) -> Response:
        queries.case_of_hold(hold_id)
        said = body(serializers.EndHold, request)
        services.release_hold(hold_id=hold_id, released_on=clock.today(), **said)
        return Response(status=status.HTTP_204_NO_CONTENT)


class AskToEndHold(ApiView):
    """Ask legal to let an owner be called again."""

    permission = Permission.HOLD_SET

    @extend_schema(
        summary="Ask legal to end a hold of the kind NO_CONTACT",
        request=serializers.AskToEndHold,
        responses={201: serializers.HoldEndAsked},
    )
    def post(self, request: Request, hold_id: int) -> Response:
        queries.case_of_hold(hold_id)
        said = body(serializers.AskToEndHold, request)
        asked = services.ask_end(hold_id=hold_id, reason=said["reason"], by=self.staff, at=clock.now())
        return Response(serializers.HoldEndAsked({"approval": asked}).data, status=status.HTTP_201_CREATED)


class FinishTask(ApiView):
    """Tick off what no record ends."""

    permission = Permission.CALL_LOG

    @extend_schema(
        summary="Finish a task that no record ends (CHECK_PAYMENT, REVIEW)",
        request=None,
        responses={204: None},
    )
    def post(self, request: Request, task_id: int) -> Response:
        queries.case_of_task(task_id)
        services.finish_task(task_id=task_id, at=clock.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


def _detail(case_id: int, today: date) -> dict[str, Any]:
    desk = queries.call_desk(case_id, as_of=today)
    return {
        "line": desk.case,
        "overdue": desk.owed.overdue_fen,
        "late_fee": desk.owed.late_fee_fen,
        "months": desk.owed.months,
        "oldest_due_on": desk.owed.oldest_due_on,
        "legacy_issues": desk.unit.legacy_issues,
        "phones": desk.phones,
        "tasks": desk.tasks,
        "holds": queries.holds_of(desk.case.account_id),
        "promises": desk.promises,
    }
