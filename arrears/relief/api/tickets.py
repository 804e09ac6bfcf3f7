"""JSON doors of service tickets and disputes."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from arrears.cases.queries import case_line
from arrears.relief import queries, services
from arrears.relief.api import ticket_serializers as serializers
from owners.queries import unit_header
from tenancy.kernel import clock
from tenancy.kernel.api import ApiView
from tenancy.kernel.permissions import Permission
from tenancy.kernel.rest import Page


class Tickets(ApiView):
    """Service tickets."""

    permission = Permission.TICKET_SEE

    @extend_schema(
        summary="Service tickets, the most urgent first",
        parameters=[serializers.TicketQuery],
        responses=serializers.TicketRow(many=True),
    )
    def get(self, request: Request) -> Response:
        asked = serializers.TicketQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        said, today = asked.validated_data, clock.today()
        mine = self.staff.user_id if said["mine"] else None
        chosen = queries.TicketFilter(said["state"], said["department"], mine, said["text"], said["late"])
        paginator = Page()
        page: Any = paginator.paginate_queryset(queries.find_tickets(chosen, as_of=today), request, view=self)
        rows = queries.ticket_rows(page, as_of=today)
        return paginator.get_paginated_response(serializers.TicketRow(rows, many=True).data)


class Ticket(ApiView):
    """One ticket."""

    permission = Permission.TICKET_SEE

    @extend_schema(summary="A ticket with what it disputes and its history", responses=serializers.TicketCard)
    def get(self, request: Request, ticket_id: int) -> Response:
        return _shown(ticket_id)


class UnitTickets(ApiView):
    """The tickets of a unit."""

    permission = Permission.TICKET_OPEN
    parser_classes = [JSONParser, MultiPartParser, FormParser]

    @extend_schema(
        summary="Open a ticket that disputes no charge",
        request=serializers.OpenTicket,
        responses={201: serializers.TicketMade},
    )
    def post(self, request: Request, unit_id: int) -> Response:
        unit_header(unit_id)
        form = serializers.OpenTicket(data=request.data)
        form.is_valid(raise_exception=True)
        made = services.open_ticket(unit_id=unit_id, entry=form.entry(), on=clock.today())
        return _made(made)


class CaseDisputes(ApiView):
    """Disputes of a case's account."""

    permission = Permission.TICKET_OPEN

    @extend_schema(
        summary="Open a dispute over charges of a case's account; without charges all of it waits",
        request=serializers.OpenDispute,
        responses={201: serializers.TicketMade},
    )
    def post(self, request: Request, case_id: int) -> Response:
        case = case_line(case_id, as_of=clock.today())
        form = serializers.OpenDispute(data=request.data)
        form.is_valid(raise_exception=True)
        made = services.open_dispute_ticket(
            account_id=case.account_id, parts=form.parts(), entry=form.entry(), on=clock.today()
        )
        return _made(made)


class Assignment(ApiView):
    """Who looks into a ticket."""

    permission = Permission.TICKET_ANSWER

    @extend_schema(
        summary="Give a ticket to a department and a person",
        request=serializers.AssignTicket,
        responses=serializers.TicketCard,
    )
    def post(self, request: Request, ticket_id: int) -> Response:
        queries.ticket_card(ticket_id, as_of=clock.today())
        form = serializers.AssignTicket(data=request.data)
        form.is_valid(raise_exception=True)
        services.assign_ticket(ticket_id=ticket_id, on=clock.today(), **form.validated_data)
        return _shown(ticket_id)


class Notes(ApiView):
    """What was found or done meanwhile."""

    permission = Permission.TICKET_OPEN
    parser_classes = [JSONParser, MultiPartParser, FormParser]

    @extend_schema(
        summary="Note what was found or done, with files as multipart",
        request=serializers.NoteTicket,
        responses=serializers.TicketCard,
    )
    def post(self, request: Request, ticket_id: int) -> Response:
        queries.ticket_card(ticket_id, as_of=clock.today())
        form = serializers.NoteTicket(data=request.data)
        form.is_valid(raise_exception=True)
        said = form.validated_data
        services.note_ticket(
            ticket_id=ticket_id, text=said["text"], on=clock.today(), papers=serializers.papers(said)
        )
        return _shown(ticket_id)


class Answer(ApiView):
    """What was found."""

    permission = Permission.TICKET_ANSWER

    @extend_schema(
        summary="Answer a ticket; the owner is told, and a reduction is asked for as a waiver",
        request=serializers.AnswerTicket,
        responses=serializers.TicketCard,
    )
    def post(self, request: Request, ticket_id: int) -> Response:
        queries.ticket_card(ticket_id, as_of=clock.today())
        form = serializers.AnswerTicket(data=request.data)
        form.is_valid(raise_exception=True)
        said = form.validated_data
        services.answer_ticket(
            ticket_id=ticket_id,
            finding=said["finding"],
            text=said["text"],
            reductions={one["charge"]: one["amount_fen"] for one in said["reductions"]},
            by=self.staff,
            on=clock.today(),
            at=clock.now(),
        )
        return _shown(ticket_id)


class Reply(ApiView):
    """What the owner said to the answer."""

    permission = Permission.TICKET_OPEN

    @extend_schema(
        summary="Record the owner's reply to an answer",
        request=serializers.ReplyTicket,
        responses=serializers.TicketCard,
    )
    def post(self, request: Request, ticket_id: int) -> Response:
        queries.ticket_card(ticket_id, as_of=clock.today())
        form = serializers.ReplyTicket(data=request.data)
        form.is_valid(raise_exception=True)
        said = form.validated_data
        services.reply_to_answer(ticket_id=ticket_id, on=clock.today(), at=clock.now(), **said)
        return _shown(ticket_id)


def _shown(ticket_id: int) -> Response:
    card = queries.ticket_card(ticket_id, as_of=clock.today())
    return Response(serializers.TicketCard(card).data)


def _made(ticket_id: int) -> Response:
    made = serializers.TicketMade({"ticket": ticket_id}).data
    return Response(made, status=status.HTTP_201_CREATED)
