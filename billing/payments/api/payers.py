"""JSON doors of who pays for a unit: the owner, or an occupant by agreement."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from billing.payments import services
from owners.queries import payers_of_unit, unit_header
from owners.services import NewHolder
from tenancy.kernel import clock
from tenancy.kernel.api import ApiView
from tenancy.kernel.permissions import Permission


class Payer(serializers.Serializer[Any]):
    """An occupant who pays; `to_on` exclusive, null: open."""

    id = serializers.IntegerField()
    party = serializers.IntegerField()
    from_on = serializers.DateField()
    to_on = serializers.DateField(allow_null=True)


class StartPayer(serializers.Serializer[Any]):
    """Who pays from which day, and by which agreement."""

    name = serializers.CharField(max_length=120)
    phone = serializers.CharField(max_length=30, required=False, allow_blank=True, default="")
    from_on = serializers.DateField()
    basis = serializers.CharField(max_length=120)


class StopPayer(serializers.Serializer[Any]):
    """The first day on which the owner pays again."""

    end_on = serializers.DateField()


class UnitPayers(ApiView):
    """Who pays for a unit by agreement."""

    permission = Permission.UNIT_SEE
    write_permission = Permission.UNIT_EDIT

    @extend_schema(summary="Occupants who pay by agreement, the newest first", responses=Payer(many=True))
    def get(self, request: Request, unit_id: int) -> Response:
        unit_header(unit_id)
        return Response(_rows(unit_id))

    @extend_schema(
        summary="An occupant pays from a day on", request=StartPayer, responses={201: Payer(many=True)}
    )
    def post(self, request: Request, unit_id: int) -> Response:
        unit_header(unit_id)  # what is not there is 404, whatever the body says
        said = StartPayer(data=request.data)
        said.is_valid(raise_exception=True)
        asked = said.validated_data
        services.start_payer(
            unit_id=unit_id,
            holder=NewHolder(name=asked["name"], phone=asked["phone"]),
            from_on=asked["from_on"],
            basis=asked["basis"],
            on=clock.today(),
            at=clock.now(),
        )
        return Response(_rows(unit_id), status=status.HTTP_201_CREATED)


class EndPayer(ApiView):
    """The owner pays again."""

    permission = Permission.UNIT_EDIT

    @extend_schema(
        summary="The owner pays again from a day on", request=StopPayer, responses=Payer(many=True)
    )
    def post(self, request: Request, unit_id: int, agreement_id: int) -> Response:
        unit_header(unit_id)
        said = StopPayer(data=request.data)
        said.is_valid(raise_exception=True)
        services.stop_payer(
            unit_id=unit_id,
            agreement_id=agreement_id,
            end_on=said.validated_data["end_on"],
            on=clock.today(),
            at=clock.now(),
        )
        return Response(_rows(unit_id))


def _rows(unit_id: int) -> Any:
    names = ("id", "party", "from_on", "to_on")
    return Payer([dict(zip(names, row, strict=True)) for row in payers_of_unit(unit_id)], many=True).data
