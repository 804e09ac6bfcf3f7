"""The owners' portal: the door that sends log-in codes, and the notices an owner was given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from notices import queries, services, tasks
from notices.words import KINDS
from owners.queries.portal import same_people
from tenancy.kernel import clock
from tenancy.kernel.errors import NotFound
from tenancy.kernel.permissions import Grant, Permission
from tenancy.kernel.portal import PdfView, PortalView, client_address
from tenancy.people.services import files, portal

LIMIT = 200


class CodeRequest(serializers.Serializer[Any]):
    """The phone to send a code to."""

    phone = serializers.CharField(max_length=30)


class CodeAnswer(serializers.Serializer[Any]):
    """The same for every phone."""

    detail = serializers.CharField()


class PortalNotice(serializers.Serializer[Any]):
    """A notice or message that the owner was given."""

    id = serializers.IntegerField(source="pk")
    company = serializers.CharField()
    community = serializers.CharField(source="community_name")
    unit_code = serializers.CharField(allow_null=True)
    kind = serializers.CharField()
    title = serializers.CharField(help_text="The kind in the caller's language")
    channel = serializers.ChoiceField(["SMS", "EMAIL", "PAPER"])
    number = serializers.CharField()
    issued_on = serializers.DateField()
    delivered_on = serializers.DateField(allow_null=True)
    subject = serializers.CharField()
    body = serializers.CharField()
    has_pdf = serializers.BooleanField()


class Codes(PortalView):
    """Ask for a one-time code. It tells nobody whose phone it is, nor whether it is anybody's.

    The same is done for every phone: count the request, hand it to the worker. Only the worker looks whose
    phone it is, so that neither the answer nor the time it takes gives that away.
    """

    permission = Permission.PUBLIC

    def get_authenticators(self) -> list[Any]:
        """Whoever has lost his key asks here."""
        return []

    @extend_schema(
        summary="Send a one-time code by SMS, if the phone is an owner's",
        request=CodeRequest,
        responses={202: CodeAnswer},
        auth=[],
    )
    def post(self, request: Request) -> Response:
        body = CodeRequest(data=request.data)
        body.is_valid(raise_exception=True)
        phone = portal.mobile(body.validated_data["phone"])
        asked = portal.ask_for_code(phone=phone, address=client_address(request), at=clock.now())
        tasks.start_portal_code(asked, phone)
        answer = {"detail": _("If this phone is known to your property company, a code is on its way.")}
        return Response(CodeAnswer(answer).data, status=status.HTTP_202_ACCEPTED)


class Notices(PortalView):
    """What I was given to read."""

    @extend_schema(
        summary="My notices over all companies, the newest first (at most 200 of each company)",
        responses=PortalNotice(many=True),
    )
    def get(self, request: Request) -> Response:
        rows = sorted(self.over_companies(_notices), key=lambda row: (row["issued_on"], row["pk"]))
        return Response(PortalNotice(rows[::-1], many=True).data)


class NoticePdf(PdfView):
    """One of my papers."""

    @extend_schema(
        operation_id="portal_v1_notices_pdf",
        summary="A notice as PDF",
        responses={(200, "application/pdf"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, notice_id: int) -> HttpResponse:
        file = self.in_its_company(lambda grant: _paper(grant, notice_id))
        return self.pdf(files.read(file), name=file.name)


def _notices(grant: Grant) -> Iterator[dict[str, Any]]:
    for row in queries.given_to(same_people(grant.party_ids))[:LIMIT]:
        yield {
            "company": grant.tenant_name,
            "title": str(KINDS.get(row.kind, row.subject)),
            "has_pdf": row.channel == "PAPER",
            **{name: getattr(row, name) for name in _COLUMNS},
        }


_COLUMNS = (
    "pk", "community_name", "unit_code", "kind", "channel", "number", "issued_on", "delivered_on", "subject",
    "body",
)  # fmt: skip


def _paper(grant: Grant, notice_id: int) -> files.StoredFile:
    mine = queries.given_to(same_people(grant.party_ids)).filter(pk=notice_id, channel="PAPER")
    if not mine.exists():
        raise NotFound(_("There is no such notice."))
    return services.print_notice(notice_id, at=clock.now())
