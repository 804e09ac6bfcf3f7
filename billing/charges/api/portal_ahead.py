"""What an owner may pay ahead: the coming months shown first, then billed because he asked for them."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from billing.charges import services
from billing.charges.api.portal import holder
from tenancy.kernel import clock
from tenancy.kernel.fields import YuanField
from tenancy.kernel.portal import PortalView


class PortalAheadLine(serializers.Serializer[Any]):
    """A charge that would be issued before its time."""

    fee_item = serializers.CharField()
    period = serializers.CharField(source="period.label")
    from_on = serializers.DateField(source="period.start")
    to_on = serializers.DateField(source="period.last_day", help_text="Its last day")
    due_on = serializers.DateField()
    amount = YuanField(source="amount_fen")


class PortalYearOffer(serializers.Serializer[Any]):
    """Who pays a whole year by the last day is let off a share of it."""

    fee_item = serializers.CharField()
    year = serializers.IntegerField()
    share = serializers.CharField(help_text="5%")
    last_on = serializers.DateField()
    needs_good_standing = serializers.BooleanField(help_text="Only for who stands well, see the standing")
    withheld = serializers.BooleanField(help_text="Mine is not: nothing would be let off")


class PortalAhead(serializers.Serializer[Any]):
    """What the coming months cost; no lines where nothing can be billed before its time."""

    months = serializers.IntegerField()
    most = serializers.IntegerField(help_text="How many months the city lets an owner pay ahead")
    amount = YuanField(source="amount_fen")
    lines = PortalAheadLine(many=True)
    offers = PortalYearOffer(many=True)
    waiting_bill_id = serializers.IntegerField(
        allow_null=True, help_text="A bill of coming months that is not paid yet: no other one is made"
    )


class PortalAheadQuery(serializers.Serializer[Any]):
    """How far; as far as usual without it."""

    months = serializers.IntegerField(required=False, min_value=1, default=None)


class PortalAheadAsked(serializers.Serializer[Any]):
    """How far, and the sum that was shown for it."""

    months = serializers.IntegerField(min_value=1)
    amount = YuanField(source="amount_fen")


class PortalAheadBill(serializers.Serializer[Any]):
    """The bill that was made."""

    bill_id = serializers.IntegerField()


class Ahead(PortalView):
    """The coming months of one of my units."""

    @extend_schema(
        summary="What the coming months of a unit cost, and whether they can be paid ahead",
        parameters=[PortalAheadQuery],
        responses=PortalAhead,
    )
    def get(self, request: Request, unit_id: int) -> Response:
        asked = PortalAheadQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        months, today = asked.validated_data["months"], clock.today()
        seen = self.in_its_company(
            lambda grant: services.look_ahead(
                account_id=holder(grant, unit_id, today), months=months, on=today
            )
        )
        return Response(PortalAhead(seen).data)

    @extend_schema(
        summary="Have the coming months billed, for the sum that was shown",
        request=PortalAheadAsked,
        responses={201: PortalAheadBill},
    )
    def post(self, request: Request, unit_id: int) -> Response:
        asked = PortalAheadAsked(data=request.data)
        asked.is_valid(raise_exception=True)
        said, today = asked.validated_data, clock.today()
        made = self.in_its_company(
            lambda grant: services.ask_ahead(
                account_id=holder(grant, unit_id, today),
                months=said["months"],
                on=today,
                expected_fen=said["amount_fen"],
            )
        )
        return Response(PortalAheadBill({"bill_id": made}).data, status=status.HTTP_201_CREATED)
