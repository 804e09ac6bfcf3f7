"""The owner's objections to a bill or a line of it, with photographs: state, answer, and his reply."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from arrears.relief import queries, services
from billing.charges.queries.portal import accounts_of
from notices.services import Photo
from tenancy.kernel import clock
from tenancy.kernel.errors import NotFound
from tenancy.kernel.fields import YuanField
from tenancy.kernel.permissions import Grant
from tenancy.kernel.portal import PortalView

# What the office notes among itself is not for him.
SAID = frozenset({"OPENED", "ANSWERED", "ACCEPTED", "REPLIED", "DECIDED", "CLOSED"})


class PortalObjectedCharge(serializers.Serializer[Any]):
    """A charge of an objection."""

    id = serializers.IntegerField(source="charge_id")
    fee_item = serializers.CharField()
    period = serializers.CharField(help_text="2026-01, its first month")
    amount = YuanField(source="amount_fen")
    disputed = YuanField(source="disputed_fen")


class PortalObjectionEvent(serializers.Serializer[Any]):
    """Something that was said about it; by the owner himself or by the company."""

    kind = serializers.ChoiceField(sorted(SAID))
    on = serializers.DateField()
    text = serializers.CharField()
    mine = serializers.BooleanField(source="by_owner")
    files = serializers.SerializerMethodField(help_text="Names of what came with it")

    def get_files(self, event: queries.EventRow) -> list[str]:
        return [name for _id, name in event.files]


class PortalObjection(serializers.Serializer[Any]):
    """An objection. While it is open the charges are not collected and bear no late fee."""

    id = serializers.IntegerField(source="row.ticket_id")
    unit_id = serializers.IntegerField(source="row.unit_id")
    unit_code = serializers.CharField(source="row.unit_code")
    community = serializers.CharField(source="row.community_name")
    subject = serializers.CharField(source="row.subject")
    text = serializers.CharField(source="description")
    state = serializers.ChoiceField(["OPEN", "ANSWERED", "DECIDING", "CLOSED"], source="row.state")
    opened_on = serializers.DateField(source="row.opened_on")
    answer_by = serializers.DateField(source="row.deadline_on")
    finding = serializers.ChoiceField(["", "FOUNDED", "PARTLY", "UNFOUNDED"], source="row.finding")
    answer = serializers.CharField(source="finding_text")
    answered_on = serializers.DateField(source="row.answered_on", allow_null=True)
    reply_until = serializers.DateField(source="row.reply_until", allow_null=True)
    may_reply = serializers.SerializerMethodField()
    charges = PortalObjectedCharge(source="lines", many=True)
    events = serializers.SerializerMethodField()

    def get_may_reply(self, card: queries.TicketCard) -> bool:
        row = card.row
        return row.state == "ANSWERED" and row.reply_until is not None and clock.today() <= row.reply_until

    @extend_schema_field(PortalObjectionEvent(many=True))
    def get_events(self, card: queries.TicketCard) -> list[dict[str, Any]]:
        said = [event for event in card.events if event.kind in SAID]
        return list(PortalObjectionEvent(said, many=True).data)


class PortalObject(serializers.Serializer[Any]):
    """What is objected to and why; photographs as multipart under `files`."""

    charges = serializers.ListField(child=serializers.IntegerField(min_value=1), min_length=1, max_length=60)
    text = serializers.CharField(max_length=2000)
    files = serializers.ListField(
        child=serializers.FileField(), required=False, max_length=6, help_text="PDF, JPEG or PNG"
    )


class PortalObjectionMade(serializers.Serializer[Any]):
    """The objection."""

    id = serializers.IntegerField()


class PortalReply(serializers.Serializer[Any]):
    """Whether the owner agrees with the answer, and what is not right if he does not."""

    accepts = serializers.BooleanField()
    text = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="")
    files = serializers.ListField(
        child=serializers.FileField(), required=False, max_length=6, help_text="PDF, JPEG or PNG"
    )


class Objections(PortalView):
    """My objections, and a new one."""

    parser_classes = [JSONParser, MultiPartParser, FormParser]

    @extend_schema(
        summary="My objections over all companies, the newest first", responses=PortalObjection(many=True)
    )
    def get(self, request: Request) -> Response:
        found = self.over_companies(_mine)
        return Response(PortalObjection(found, many=True).data)

    @extend_schema(
        summary="Object to charges of one of my accounts, with photographs as multipart",
        request=PortalObject,
        responses={201: PortalObjectionMade},
    )
    def post(self, request: Request) -> Response:
        asked = PortalObject(data=request.data)
        asked.is_valid(raise_exception=True)
        said = asked.validated_data
        papers = _papers(said)
        made = self.in_its_company(
            lambda grant: services.object_online(
                account_ids=_accounts(grant),
                charge_ids=said["charges"],
                text=said["text"],
                on=clock.today(),
                papers=papers,
            )
        )
        return Response(PortalObjectionMade({"id": made}).data, status=status.HTTP_201_CREATED)


class Objection(PortalView):
    """One of my objections."""

    @extend_schema(summary="One of my objections with its answer", responses=PortalObjection)
    def get(self, request: Request, ticket_id: int) -> Response:
        return Response(PortalObjection(self.in_its_company(lambda grant: _card(grant, ticket_id))).data)


class Replies(PortalView):
    """What I say to the answer."""

    parser_classes = [JSONParser, MultiPartParser, FormParser]

    @extend_schema(
        summary="Agree with an answer, or say within seven days that it is not right",
        request=PortalReply,
        responses=PortalObjection,
    )
    def post(self, request: Request, ticket_id: int) -> Response:
        asked = PortalReply(data=request.data)
        asked.is_valid(raise_exception=True)
        said = asked.validated_data
        papers = _papers(said)

        def reply(grant: Grant) -> queries.TicketCard:
            _card(grant, ticket_id)
            services.reply_to_answer(
                ticket_id=ticket_id,
                text=said["text"],
                accepts=said["accepts"],
                on=clock.today(),
                at=clock.now(),
                by_owner=True,
                papers=papers,
            )
            return _card(grant, ticket_id)

        return Response(PortalObjection(self.in_its_company(reply)).data)


def _accounts(grant: Grant) -> list[int]:
    return [row.account_id for row in accounts_of(grant.party_ids)]


def _mine(grant: Grant) -> list[queries.TicketCard]:
    today = clock.today()
    rows = queries.tickets_of_accounts(_accounts(grant), as_of=today)
    return [queries.ticket_card(row.ticket_id, as_of=today) for row in rows if row.disputed_fen is not None]


def _card(grant: Grant, ticket_id: int) -> queries.TicketCard:
    card = queries.ticket_card(ticket_id, as_of=clock.today())
    if card.row.account_id not in _accounts(grant):
        raise NotFound()
    return card


def _papers(said: dict[str, Any]) -> list[Photo]:
    return [Photo(one.name or "photo", one.read()) for one in said.get("files") or ()]
