"""JSON doors: rules that cities set."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from billing.charges import services
from billing.charges.queries.local_rules import local_rule_row, local_rules
from billing.charges.rules.local import LocalKind
from tenancy.kernel.api import ApiView, valid
from tenancy.kernel.fields import DayField
from tenancy.kernel.permissions import Permission

_KINDS = tuple(kind.value for kind in LocalKind)


class NewLocalRule(serializers.Serializer[Any]):
    """A rule from a day on; `community` null: for all."""

    kind = serializers.ChoiceField(_KINDS)
    community = serializers.IntegerField(min_value=1, required=False, allow_null=True, default=None)
    value = serializers.CharField(max_length=16)
    from_on = DayField()
    basis = serializers.CharField(max_length=120)


class LocalRule(serializers.Serializer[Any]):
    """地方规定."""

    id = serializers.IntegerField(source="rule_id")
    kind = serializers.ChoiceField(_KINDS)
    community = serializers.IntegerField(source="community_id", allow_null=True)
    value = serializers.CharField()
    from_on = serializers.DateField()
    basis = serializers.CharField()


class LocalRules(ApiView):
    """Rules that cities set."""

    permission = Permission.TARIFF_SEE
    write_permission = Permission.TARIFF_EDIT

    @extend_schema(summary="Local rules", responses=LocalRule(many=True))
    def get(self, request: Request) -> Response:
        return self.paginated([local_rule_row(rule) for rule in local_rules()], LocalRule, request)

    @extend_schema(summary="Note a local rule", request=NewLocalRule, responses={201: LocalRule})
    def post(self, request: Request) -> Response:
        asked = valid(NewLocalRule(data=request.data))
        rule_id = services.add_local_rule(
            kind=LocalKind(asked["kind"]),
            value=asked["value"],
            from_on=asked["from_on"],
            basis=asked["basis"],
            community_id=asked["community"],
        )
        row = local_rule_row(local_rules().get(pk=rule_id))
        return Response(LocalRule(row).data, status=status.HTTP_201_CREATED)
