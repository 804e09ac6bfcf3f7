"""JSON doors of applications: ask with a preview, look, draw up, sign, take back, end early."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from arrears.relief import queries, services
from arrears.relief.api import serializers
from billing.charges.queries import account_card
from tenancy.kernel import clock
from tenancy.kernel.api import ApiView, valid
from tenancy.kernel.permissions import Permission
from tenancy.kernel.rest import Page


class Applications(ApiView):
    """All applications."""

    permission = Permission.CASE_SEE

    @extend_schema(
        summary="Applications for time to pay, the newest first",
        parameters=[serializers.ApplicationQuery],
        responses=serializers.Application(many=True),
    )
    def get(self, request: Request) -> Response:
        asked = valid(serializers.ApplicationQuery(data=request.query_params))
        chosen = queries.ApplicationFilter(asked["kind"], asked["state"], asked["text"], asked["community"])
        paginator = Page()
        page: Any = paginator.paginate_queryset(queries.applications(chosen), request, view=self)
        rows = queries.application_rows([one.pk for one in page])
        return paginator.get_paginated_response(serializers.Application(rows, many=True).data)


class Application(ApiView):
    """One application."""

    permission = Permission.CASE_SEE

    @extend_schema(
        summary="An application with its chain, proof and plan", responses=serializers.ApplicationCard
    )
    def get(self, request: Request, application_id: int) -> Response:
        return Response(_card(application_id))


class AccountApplications(ApiView):
    """Applications of an account."""

    permission = Permission.CASE_SEE
    write_permission = Permission.RELIEF_ASK
    parser_classes = [MultiPartParser, FormParser, JSONParser]

    @extend_schema(
        summary="The applications of an account, the newest first",
        responses=serializers.Application(many=True),
    )
    def get(self, request: Request, account_id: int) -> Response:
        account_card(account_id)
        return self.paginated(queries.applications_of([account_id]), serializers.Application, request)

    @extend_schema(
        summary="Apply for a deferral, an instalment plan or in hardship; others check and grant it",
        request=serializers.AskApplication,
        responses={201: serializers.ApplicationCard},
    )
    def post(self, request: Request, account_id: int) -> Response:
        account_card(account_id)  # what is not there is 404, whatever the body says
        asked = serializers.AskApplication(data=request.data)
        asked.is_valid(raise_exception=True)
        made = services.ask_application(
            account_id=account_id,
            wish=asked.wish(),
            proofs=asked.uploads(),
            by=self.staff,
            on=clock.today(),
            at=clock.now(),
        )
        return Response(_card(made), status=status.HTTP_201_CREATED)


class Preview(ApiView):
    """A schedule before anything is asked for."""

    permission = Permission.RELIEF_ASK

    @extend_schema(
        summary="What the instalments of an account would come to",
        parameters=[serializers.PlanQuery],
        responses=serializers.PlanPreview,
    )
    def get(self, request: Request, account_id: int) -> Response:
        account_card(account_id)
        asked = serializers.PlanQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        ticked = asked.validated_data["charges"]
        seen = queries.preview(account_id, asked.wanted(), charge_ids=ticked, as_of=clock.today())
        return Response(serializers.PlanPreview(seen).data)


class Withdraw(ApiView):
    """Take an application back."""

    permission = Permission.RELIEF_ASK

    @extend_schema(
        summary="Take an application back before it runs",
        request=None,
        responses=serializers.ApplicationCard,
    )
    def post(self, request: Request, application_id: int) -> Response:
        services.withdraw_application(application_id=application_id, on=clock.today())
        return Response(_card(application_id))


class SignedForm(ApiView):
    """The owner's signature on what staff wrote down."""

    permission = Permission.APPROVAL_DECIDE

    @extend_schema(
        summary="Somebody else has seen the owner's signature on a proof: limitation starts anew",
        request=serializers.SignedForm,
        responses=serializers.ApplicationCard,
    )
    def post(self, request: Request, application_id: int) -> Response:
        queries.application_card(application_id, as_of=clock.today())
        data = valid(serializers.SignedForm(data=request.data))
        services.confirm_form(application_id=application_id, file_id=data["file_id"], by=self.staff)
        return Response(_card(application_id))


class Agreement(ApiView):
    """The agreement of a granted plan."""

    permission = Permission.RELIEF_ASK

    @extend_schema(
        summary="Draw the agreement up for a day of signing; an earlier one is withdrawn",
        request=serializers.DrawUp,
        responses={201: serializers.ApplicationCard},
    )
    def post(self, request: Request, application_id: int) -> Response:
        queries.application_card(application_id, as_of=clock.today())
        data = valid(serializers.DrawUp(data=request.data))
        services.draw_up(application_id=application_id, sign_on=data["sign_on"], on=clock.today())
        return Response(_card(application_id), status=status.HTTP_201_CREATED)


class Signature(ApiView):
    """The signed agreement."""

    permission = Permission.RELIEF_ASK
    parser_classes = [MultiPartParser, FormParser]

    @extend_schema(
        summary="The owner has signed: the plan runs from now on",
        request=serializers.Sign,
        responses={201: serializers.ApplicationCard},
    )
    def post(self, request: Request, application_id: int) -> Response:
        queries.application_card(application_id, as_of=clock.today())
        data = valid(serializers.Sign(data=request.data))
        services.sign_plan(
            application_id=application_id,
            signed_on=data["signed_on"],
            signer_name=data["signer_name"],
            scan=services.Upload(data["scan"].name or "scan", data["scan"].read()),
            by=self.staff,
            on=clock.today(),
        )
        return Response(_card(application_id), status=status.HTTP_201_CREATED)


class Release(ApiView):
    """An early end."""

    permission = Permission.HOLD_SET

    @extend_schema(
        summary="End what runs before its time, with a reason",
        request=serializers.Release,
        responses=serializers.ApplicationCard,
    )
    def post(self, request: Request, application_id: int) -> Response:
        queries.application_card(application_id, as_of=clock.today())
        data = valid(serializers.Release(data=request.data))
        services.release_application(application_id=application_id, reason=data["reason"], on=clock.today())
        return Response(_card(application_id))


def _card(application_id: int) -> Any:
    return serializers.ApplicationCard(queries.application_card(application_id, as_of=clock.today())).data
