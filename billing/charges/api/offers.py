"""JSON doors: offers for paying a year at once."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from billing.charges import queries, services
from tenancy.kernel import clock
from tenancy.kernel.api import ApiView, valid
from tenancy.kernel.fields import DayField
from tenancy.kernel.permissions import Permission


class NewOffer(serializers.Serializer[Any]):
    """A share of a year's fee; first and last day both count."""

    community = serializers.IntegerField(min_value=1)
    fee_item = serializers.IntegerField(min_value=1)
    year = serializers.IntegerField(min_value=2000, max_value=2100)
    share = serializers.DecimalField(max_digits=5, decimal_places=4)
    first_on = DayField()
    last_on = DayField()
    basis = serializers.CharField(max_length=120)
    needs_clear = serializers.BooleanField(default=True)
    needs_good_standing = serializers.BooleanField(default=False)


class Offer(serializers.Serializer[Any]):
    """早鸟优惠."""

    id = serializers.IntegerField(source="offer_id")
    community_name = serializers.CharField()
    fee_item = serializers.CharField()
    year = serializers.IntegerField()
    share = serializers.CharField()
    first_on = serializers.DateField()
    last_on = serializers.DateField()
    needs_clear = serializers.BooleanField()
    needs_good_standing = serializers.BooleanField()
    basis = serializers.CharField()
    stopped_on = serializers.DateField(allow_null=True)


class Offers(ApiView):
    """Offers for paying a year at once."""

    permission = Permission.TARIFF_SEE
    write_permission = Permission.TARIFF_EDIT

    @extend_schema(summary="Early-bird offers", responses=Offer(many=True))
    def get(self, request: Request) -> Response:
        return self.paginated([queries.offer_row(one) for one in queries.offers()], Offer, request)

    @extend_schema(summary="Enter an early-bird offer", request=NewOffer, responses={201: Offer})
    def post(self, request: Request) -> Response:
        asked = valid(NewOffer(data=request.data))
        offer = services.NewOffer(
            fee_item_id=asked["fee_item"],
            year=asked["year"],
            share=asked["share"],
            first_on=asked["first_on"],
            last_on=asked["last_on"],
            basis=asked["basis"],
            needs_clear=asked["needs_clear"],
            needs_good_standing=asked["needs_good_standing"],
        )
        made = services.add_offer(community_id=asked["community"], offer=offer, on=clock.today())
        return Response(_offer(made), status=status.HTTP_201_CREATED)


class StopOffer(ApiView):
    """The end of an offer."""

    permission = Permission.TARIFF_EDIT

    @extend_schema(summary="Stop an offer; what was given stays", request=None, responses=Offer)
    def post(self, request: Request, offer_id: int) -> Response:
        services.stop_offer(offer_id=offer_id, on=clock.today())
        return Response(_offer(offer_id))


def _offer(offer_id: int) -> Any:
    return Offer(queries.offer_row(queries.offers().get(pk=offer_id))).data
