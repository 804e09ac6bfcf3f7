"""JSON doors of one case's facts, of dialling, of the registered letter, and of an owner's standing."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from arrears.cases import queries, services
from arrears.cases.api import policy_serializers as serializers
from arrears.cases.api.asked import body
from owners.queries import unit_header
from tenancy.kernel import clock
from tenancy.kernel.api import ApiView
from tenancy.kernel.permissions import Permission


class CaseFacts(ApiView):
    """What the ladder knows of a case."""

    permission = Permission.CASE_SEE

    @extend_schema(
        summary="The computed facts of a case and what tonight would say", responses=serializers.CaseFacts
    )
    def get(self, request: Request, case_id: int) -> Response:
        queries.case_line(case_id, as_of=clock.today())
        found = queries.case_facts(case_id, as_of=clock.today())
        return Response(serializers.CaseFacts(found).data)


class Dial(ApiView):
    """Take up the telephone."""

    permission = Permission.CALL_LOG

    @extend_schema(
        summary="The number about to be rung, with the balance read again; both are recorded",
        request=serializers.DialNumber,
        responses={201: serializers.Dialled},
    )
    def post(self, request: Request, case_id: int) -> Response:
        queries.case_line(case_id, as_of=clock.today())
        contact_id = body(serializers.DialNumber, request)["contact"]
        dialled = services.dial(case_id=case_id, contact_id=contact_id, at=clock.now())
        return Response(serializers.Dialled(dialled).data, status=status.HTTP_201_CREATED)


class Letter(ApiView):
    """The bill notice by registered letter."""

    permission = Permission.CALL_LOG

    @extend_schema(
        summary="Make the bill notice of all that is past due, to go by registered letter",
        request=None,
        responses={201: serializers.LetterMade},
    )
    def post(self, request: Request, case_id: int) -> Response:
        queries.case_line(case_id, as_of=clock.today())
        notice_id = services.post_notice(case_id=case_id, as_of=clock.today())
        return Response(serializers.LetterMade({"notice": notice_id}).data, status=status.HTTP_201_CREATED)


class UnitStanding(ApiView):
    """How the owners of a unit stand, rule by rule."""

    permission = Permission.CASE_SEE

    @extend_schema(
        summary="The standing of a unit's owners with every rule behind it",
        responses=serializers.OwnerStanding(many=True),
    )
    def get(self, request: Request, unit_id: int) -> Response:
        unit_header(unit_id)
        found = queries.unit_standings(unit_id, as_of=clock.today())
        return self.paginated(found, serializers.OwnerStanding, request)
