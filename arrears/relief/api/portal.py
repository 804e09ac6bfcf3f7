"""Time to pay, asked for by the owner himself: what is offered, his applications, his plan."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from arrears.relief import queries, services
from arrears.relief.api.serializers import (
    KINDS,
    STATES,
    AskApplication,
    JudgedPart,
    Part,
    PlanQuery,
)
from arrears.relief.rules.applications import MANAGER_MONTHS
from billing.charges.queries.portal import accounts_of
from tenancy.kernel import clock
from tenancy.kernel.errors import NotFound
from tenancy.kernel.fields import YuanField
from tenancy.kernel.permissions import Grant
from tenancy.kernel.portal import PortalView

ASKABLE = ["DEFERRAL", "INSTALMENT", "HARDSHIP"]


class PortalApplication(serializers.Serializer[Any]):
    """An application of mine; `answer` is what was said when it was rejected."""

    id = serializers.IntegerField(source="application_id")
    unit_id = serializers.IntegerField()
    unit_code = serializers.CharField()
    kind = serializers.ChoiceField(KINDS)
    state = serializers.ChoiceField(STATES)
    reason_code = serializers.CharField()
    statement = serializers.CharField()
    asked_on = serializers.DateField()
    amount = YuanField(source="total_fen")
    from_on = serializers.DateField(allow_null=True)
    to_on = serializers.DateField(allow_null=True)
    sign_by = serializers.DateField(allow_null=True)
    ended_on = serializers.DateField(allow_null=True)


class PortalPlan(serializers.Serializer[Any]):
    """My plan: its instalments, what is paid, and what is next."""

    signed_on = serializers.DateField()
    total = YuanField(source="total_fen")
    paid = YuanField(source="paid_fen")
    left = YuanField(source="left_fen")
    grace_days = serializers.IntegerField()
    parts = JudgedPart(many=True)
    next_due_on = serializers.DateField(source="next_part.part.due_on", allow_null=True, default=None)
    next = serializers.SerializerMethodField()

    @extend_schema(responses=str)
    def get_next(self, plan: Any) -> str:
        """What is open of the next instalment, in yuan; empty when all is paid."""
        part = plan.next_part
        return YuanField().to_representation(part.part.amount_fen - part.paid_fen) if part else ""


class PortalApplicationDetail(serializers.Serializer[Any]):
    """One application with its answer, its proof, and the plan or what was asked for."""

    application = PortalApplication(source="row")
    answer = serializers.SerializerMethodField()
    proofs = serializers.SerializerMethodField()
    plan = PortalPlan(allow_null=True)
    offered = Part(many=True)

    def get_answer(self, card: Any) -> str:
        """The reason of a rejection; empty otherwise."""
        return next((link.reason for link in card.chain if link.decision == "REJECTED"), "")

    def get_proofs(self, card: Any) -> list[str]:
        """The names of what was handed in."""
        return [proof.name for proof in card.proofs]


class PortalRelief(serializers.Serializer[Any]):
    """What I may ask for on one of my units, and what I have asked for."""

    amount = YuanField(
        source="amount_fen",
        help_text="Past due with late fee as of today, without what is granted or disputed",
    )
    next = YuanField(source="next_fen", help_text="What a running plan asks for next; 0.00 without one")
    next_due_on = serializers.DateField(source="next_on", allow_null=True)
    months = serializers.IntegerField(help_text="Up to how many months the project manager decides")
    may_ask = serializers.ListField(child=serializers.ChoiceField(ASKABLE))
    applications = PortalApplication(many=True)


class PortalPreview(serializers.Serializer[Any]):
    """What a plan would come to; `refused` names why it cannot be."""

    total = YuanField(source="total_fen")
    parts = Part(many=True)
    refused = serializers.SerializerMethodField()

    def get_refused(self, seen: Any) -> str:
        """The code of the refusal; empty when it can be asked for."""
        return seen.refused.code if seen.refused else ""


class PortalApplied(serializers.Serializer[Any]):
    """The application that was made."""

    id = serializers.IntegerField()


class Relief(PortalView):
    """Time to pay for one of my units."""

    parser_classes = [MultiPartParser, FormParser]

    @extend_schema(summary="What may be asked for on a unit, and what was", responses=PortalRelief)
    def get(self, request: Request, unit_id: int) -> Response:
        today = clock.today()

        def read(grant: Grant) -> dict[str, Any]:
            account_id = _account(grant, unit_id)
            rows = queries.applications_of([account_id])
            busy = {row.kind == "HARDSHIP" for row in rows if row.is_open}
            owed = queries.askable(account_id, as_of=today)
            asked = queries.asked_of({account_id: unit_id}, as_of=today)[0]
            granted = asked.granted_ids
            free = [kind for kind in ASKABLE if (kind == "HARDSHIP") not in busy]
            may_ask = free if owed else []
            return {
                "amount_fen": sum(one.owed_fen for one in owed if one.charge_id not in granted),
                "next_fen": asked.instalment_fen,
                "next_on": asked.instalment_on,
                "months": MANAGER_MONTHS,
                "may_ask": may_ask,
                "applications": rows,
            }

        return Response(PortalRelief(self.in_its_company(read)).data)

    @extend_schema(
        summary="Ask for time to pay, with proof; the company checks and decides",
        request=AskApplication,
        responses={201: PortalApplied},
    )
    def post(self, request: Request, unit_id: int) -> Response:
        asked = AskApplication(data=request.data)
        asked.is_valid(raise_exception=True)
        # Read once: the companies of an owner are asked one after another.
        wish, proofs = asked.wish()._replace(charge_ids=(), retroactive=False), asked.uploads()
        made = self.in_its_company(
            lambda grant: services.ask_application(
                account_id=_account(grant, unit_id),
                wish=wish,
                proofs=proofs,
                on=clock.today(),
                at=clock.now(),
            )
        )
        return Response(PortalApplied({"id": made}).data, status=status.HTTP_201_CREATED)


class ReliefPreview(PortalView):
    """A schedule before anything is asked for."""

    @extend_schema(
        summary="What instalments of a unit would come to", parameters=[PlanQuery], responses=PortalPreview
    )
    def get(self, request: Request, unit_id: int) -> Response:
        asked = PlanQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        wanted, today = asked.wanted(), clock.today()
        seen = self.in_its_company(
            lambda grant: queries.preview(_account(grant, unit_id), wanted, as_of=today)
        )
        return Response(PortalPreview(seen).data)


class MyApplication(PortalView):
    """One application of mine."""

    @extend_schema(summary="An application with its answer and its plan", responses=PortalApplicationDetail)
    def get(self, request: Request, application_id: int) -> Response:
        card = self.in_its_company(lambda grant: _mine(grant, application_id))
        return Response(PortalApplicationDetail(card).data)


class WithdrawMine(PortalView):
    """Take my application back."""

    @extend_schema(
        summary="Take my application back before it runs", request=None, responses=PortalApplicationDetail
    )
    def post(self, request: Request, application_id: int) -> Response:
        def take_back(grant: Grant) -> queries.ApplicationCard:
            _mine(grant, application_id)
            services.withdraw_application(application_id=application_id, on=clock.today())
            return _mine(grant, application_id)

        return Response(PortalApplicationDetail(self.in_its_company(take_back)).data)


def _account(grant: Grant, unit_id: int) -> int:
    """The owner's own account of a unit, also of one that he has sold; NotFound where there is none."""
    account_id = next(
        (row.account_id for row in accounts_of(grant.party_ids) if row.unit_id == unit_id), None
    )
    if account_id is None:
        raise NotFound()
    return account_id


def _mine(grant: Grant, application_id: int) -> queries.ApplicationCard:
    card = queries.application_card(application_id, as_of=clock.today())
    if card.row.account_id not in {row.account_id for row in accounts_of(grant.party_ids)}:
        raise NotFound()
    return card
