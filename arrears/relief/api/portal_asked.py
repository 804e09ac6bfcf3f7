"""What the owner is asked for now and what is not: disputed, deferred, by instalments; his applications."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from arrears.relief import queries
from arrears.relief.api.portal import PortalApplication
from billing.charges.queries.portal import accounts_of
from tenancy.kernel import clock
from tenancy.kernel.fields import YuanField
from tenancy.kernel.permissions import Grant
from tenancy.kernel.portal import PortalView


class PortalCovered(serializers.Serializer[Any]):
    """A charge that it is about, and how much of what is owed on it."""

    id = serializers.IntegerField(source="charge_id")
    amount = YuanField(source="amount_fen")


class PortalAgreed(serializers.Serializer[Any]):
    """Why a part of the debt is not asked for as its bill says, or the day that the owner promised."""

    matter = serializers.ChoiceField([one.value for one in queries.Matter])
    id = serializers.IntegerField(
        source="object_id", allow_null=True, help_text="The objection, or else the application; null: neither"
    )
    amount = YuanField(source="amount_fen")
    until = serializers.DateField(allow_null=True, help_text="Its last day; null while nobody knows")
    next = YuanField(source="next_fen", help_text="What is open of the next instalment")
    next_on = serializers.DateField(allow_null=True)
    charges = PortalCovered(many=True)


class PortalAskedFor(serializers.Serializer[Any]):
    """Sums as billing tells them of a unit, without what is disputed or agreed otherwise."""

    total = YuanField(source="total_fen", help_text="Principal and late fee")
    principal = YuanField(source="principal_fen")
    late_fee = YuanField(source="late_fee_fen")
    overdue = YuanField(source="overdue_fen")
    overdue_since = serializers.DateField(source="oldest_due_on", allow_null=True)
    months = serializers.IntegerField()


class PortalAsked(serializers.Serializer[Any]):
    """What is asked for on one of my units now. `owed` is without what is disputed or agreed otherwise."""

    unit_id = serializers.IntegerField()
    owed = PortalAskedFor()
    next_due_on = serializers.DateField(allow_null=True)
    next_due = YuanField(source="next_due_fen", help_text="Principal to be paid by next_due_on")
    instalment = YuanField(source="instalment_fen", help_text="Of plans, to be paid next, beside `owed`")
    agreed = PortalAgreed(many=True)


class Asked(PortalView):
    """What I am asked for."""

    @extend_schema(
        summary="What I am asked for on each unit I have an account of, and what is agreed otherwise",
        responses=PortalAsked(many=True),
    )
    def get(self, request: Request) -> Response:
        today = clock.today()

        def read(grant: Grant) -> list[queries.Asked]:
            accounts = {row.account_id: row.unit_id for row in accounts_of(grant.party_ids)}
            return queries.asked_of(accounts, as_of=today)

        return Response(PortalAsked(self.over_companies(read), many=True).data)


class MyApplications(PortalView):
    """All I have asked for."""

    @extend_schema(
        summary="My applications over all companies, the newest first", responses=PortalApplication(many=True)
    )
    def get(self, request: Request) -> Response:
        found = self.over_companies(
            lambda grant: queries.applications_of([row.account_id for row in accounts_of(grant.party_ids)])
        )
        return Response(PortalApplication(found, many=True).data)
