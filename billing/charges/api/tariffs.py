"""JSON doors: fee items, tariffs with their versions."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from billing.charges import queries, services
from billing.charges.api import tariff_serializers as serializers
from billing.charges.api.contract_serializers import NewFeeItem
from billing.charges.api.serializers import RunQuery
from tenancy.kernel import clock
from tenancy.kernel.api import ApiView, valid
from tenancy.kernel.permissions import Permission


class FeeItems(ApiView):
    """收费项目."""

    permission = Permission.TARIFF_SEE
    write_permission = Permission.TARIFF_EDIT

    @extend_schema(summary="Fee items", responses=serializers.FeeItem(many=True))
    def get(self, request: Request) -> Response:
        return self.paginated(queries.fee_items(), serializers.FeeItem, request)

    @extend_schema(summary="Add a fee item", request=NewFeeItem, responses={201: serializers.FeeItem})
    def post(self, request: Request) -> Response:
        item_id = services.add_fee_item(**valid(NewFeeItem(data=request.data)))
        made = next(row for row in queries.fee_items() if row.fee_item_id == item_id)
        return Response(serializers.FeeItem(made).data, status=status.HTTP_201_CREATED)


class Tariffs(ApiView):
    """收费标准."""

    permission = Permission.TARIFF_SEE

    @extend_schema(
        summary="Tariffs with their versions",
        parameters=[RunQuery],
        responses=serializers.Tariff(many=True),
    )
    def get(self, request: Request) -> Response:
        asked = valid(RunQuery(data=request.query_params))
        rows = queries.tariffs(as_of=clock.today(), community_id=asked.get("community"))
        return self.paginated(rows, serializers.Tariff, request)


class NewTariff(ApiView):
    """A new tariff."""

    permission = Permission.TARIFF_EDIT

    @extend_schema(
        summary="Add a tariff with its first price",
        request=serializers.NewTariff,
        responses={201: serializers.Tariff},
    )
    def post(self, request: Request) -> Response:
        asked = valid(serializers.NewTariff(data=request.data))
        tariff_id = services.add_tariff(
            community_id=asked["community"],
            fee_item_id=asked["fee_item"],
            name=asked["name"],
            basis=asked["basis"],
            rate=asked["rate"],
            from_on=asked["from_on"],
            cycle_months=asked["cycle_months"],
            rounding=asked["rounding"],
            surcharge_fen=asked["surcharge"],
            approval_reference=asked["approval_reference"],
            steps=serializers.steps_said(asked["steps"]),
            measure=asked["measure"],
        )
        card = queries.tariff_card(tariff_id, as_of=clock.today())
        return Response(serializers.Tariff(card).data, status=status.HTTP_201_CREATED)


class Tariff(ApiView):
    """One tariff."""

    permission = Permission.TARIFF_SEE

    @extend_schema(summary="A tariff with its versions", responses=serializers.Tariff)
    def get(self, request: Request, tariff_id: int) -> Response:
        return Response(serializers.Tariff(queries.tariff_card(tariff_id, as_of=clock.today())).data)


class NewVersion(ApiView):
    """A new price from a day on."""

    permission = Permission.TARIFF_EDIT

    @extend_schema(
        summary="Add a price from a day on; bills issued so far stay as they are",
        request=serializers.NewVersion,
        responses={201: serializers.Tariff},
    )
    def post(self, request: Request, tariff_id: int) -> Response:
        asked = valid(serializers.NewVersion(data=request.data))
        services.add_version(
            tariff_id=tariff_id,
            from_on=asked["from_on"],
            rate=asked["rate"],
            surcharge_fen=asked["surcharge"],
            approval_reference=asked["approval_reference"],
            steps=serializers.steps_said(asked["steps"]),
        )
        card = queries.tariff_card(tariff_id, as_of=clock.today())
        return Response(serializers.Tariff(card).data, status=status.HTTP_201_CREATED)
