"""JSON doors: service contracts, and which units pay a tariff."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from billing.charges import queries, services
from billing.charges.api import contract_serializers as serializers
from billing.charges.api.serializers import RunQuery
from billing.charges.rules.agreement import Agreement
from tenancy.kernel import clock
from tenancy.kernel.api import ApiView, valid
from tenancy.kernel.permissions import Permission


class ContractDoor(ApiView):
    """Who may see prices sees contracts; who may change prices changes them."""

    permission = Permission.TARIFF_SEE
    write_permission = Permission.TARIFF_EDIT

    def shown(self, contract_id: int, *, code: int = status.HTTP_200_OK) -> Response:
        """One contract."""
        terms = queries.contract_terms(contract_id)
        return Response(serializers.Contract(terms).data, status=code)


class Contracts(ContractDoor):
    """Service contracts."""

    @extend_schema(
        summary="Service contracts", parameters=[RunQuery], responses=serializers.Contract(many=True)
    )
    def get(self, request: Request) -> Response:
        asked = valid(RunQuery(data=request.query_params))
        return self.paginated(queries.contracts(asked.get("community")), serializers.Contract, request)

    @extend_schema(
        summary="Add the contract of a community; without a clause there is no late fee",
        request=serializers.NewContract,
        responses={201: serializers.Contract},
    )
    def post(self, request: Request) -> Response:
        said = serializers.NewContract(data=request.data)
        asked = valid(said)
        contract_id = services.add_contract(community_id=asked["community"], terms=said.terms())
        return self.shown(contract_id, code=status.HTTP_201_CREATED)


class Contract(ContractDoor):
    """One contract."""

    @extend_schema(summary="A service contract", responses=serializers.Contract)
    def get(self, request: Request, contract_id: int) -> Response:
        return self.shown(contract_id)

    @extend_schema(
        summary="Put a contract right; terms that charges were issued under stay",
        request=serializers.ChangedContract,
        responses=serializers.Contract,
    )
    def patch(self, request: Request, contract_id: int) -> Response:
        before = queries.contract_terms(contract_id).agreement
        asked = valid(serializers.ChangedContract(data=request.data, partial=True))
        names = Agreement.__dataclass_fields__
        changes: dict[str, Any] = {name: value for name, value in asked.items() if name in names}
        services.change_contract(contract_id=contract_id, terms=replace(before, **changes))
        return self.shown(contract_id)


class NextContract(ContractDoor):
    """The contract that follows."""

    permission = Permission.TARIFF_EDIT

    @extend_schema(
        summary="Other terms from a day on: the contract ends there and a new one begins",
        request=serializers.NextContract,
        responses={201: serializers.Contract},
    )
    def post(self, request: Request, contract_id: int) -> Response:
        queries.contract_terms(contract_id)
        said = serializers.NextContract(data=request.data)
        valid(said)
        made = services.succeed_contract(contract_id=contract_id, terms=said.terms())
        return self.shown(made, code=status.HTTP_201_CREATED)


class Subscriptions(ApiView):
    """Which units pay a tariff."""

    permission = Permission.TARIFF_SEE
    write_permission = Permission.TARIFF_EDIT

    @extend_schema(
        summary="The units that pay a tariff, in the order of the rooms",
        responses=serializers.Subscription(many=True),
    )
    def get(self, request: Request, tariff_id: int) -> Response:
        queries.tariff_card(tariff_id, as_of=clock.today())
        paginator = self.pagination_class()
        page: Any = paginator.paginate_queryset(queries.subscriptions(tariff_id), request, view=self)
        rows = queries.subscription_rows(page)
        return paginator.get_paginated_response(serializers.Subscription(rows, many=True).data)

    @extend_schema(
        summary="Put units on a tariff; who pays a tariff of this fee already keeps it",
        request=serializers.Subscribe,
        responses={201: serializers.Subscribed},
    )
    def post(self, request: Request, tariff_id: int) -> Response:
        queries.tariff_card(tariff_id, as_of=clock.today())
        asked = valid(serializers.Subscribe(data=request.data))
        done = services.subscribe_units(
            tariff_id=tariff_id, kind=asked.get("kind", ""), codes=asked["units"], from_on=asked["from_on"]
        )
        return Response(serializers.Subscribed(done).data, status=status.HTTP_201_CREATED)


class EndSubscription(ApiView):
    """A unit pays a tariff no more."""

    permission = Permission.TARIFF_EDIT

    @extend_schema(
        summary="Take a unit off a tariff from a day on",
        request=serializers.EndSubscription,
        responses={204: None},
    )
    def post(self, request: Request, subscription_id: int) -> Response:
        queries.subscription_row(subscription_id)
        asked = valid(serializers.EndSubscription(data=request.data))
        services.end_subscription(subscription_id=subscription_id, end_on=asked["end_on"])
        return Response(status=status.HTTP_204_NO_CONTENT)
