"""JSON doors: empty homes."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from billing.charges import queries, services
from billing.charges.models import Vacancy as VacancyModel
from tenancy.kernel import clock
from tenancy.kernel.api import ApiView, valid
from tenancy.kernel.fields import DayField, YuanField
from tenancy.kernel.permissions import Permission


class Vacancy(serializers.Serializer[Any]):
    """An empty home; `share` is what it pays."""

    id = serializers.IntegerField(source="vacancy_id")
    account = serializers.IntegerField(source="account_id")
    unit_code = serializers.CharField()
    party_name = serializers.CharField()
    state = serializers.ChoiceField(VacancyModel.State.values)
    accepted_on = serializers.DateField()
    from_on = serializers.DateField()
    last_on = serializers.DateField(allow_null=True)
    moved_in_on = serializers.DateField(allow_null=True)
    share = serializers.CharField()
    min_months = serializers.IntegerField()
    off = YuanField(source="off_fen")
    reason = serializers.CharField()
    evidence = serializers.IntegerField(source="evidence_id")
    approval = serializers.IntegerField(source="approval_id", allow_null=True)


class AskVacancy(serializers.Serializer[Any]):
    """When it was accepted, why, and the proof: a PDF or a picture."""

    accepted_on = DayField()
    reason = serializers.CharField(max_length=200)
    proof = serializers.FileField()


class EndVacancy(serializers.Serializer[Any]):
    """The day somebody moved in."""

    moved_in_on = DayField()


class Vacancies(ApiView):
    """Empty homes."""

    permission = Permission.BILL_SEE

    @extend_schema(summary="Empty homes, the newest first", responses=Vacancy(many=True))
    def get(self, request: Request) -> Response:
        return self.paginated(queries.vacancy_rows(list(queries.vacancies())), Vacancy, request)


class OneVacancy(ApiView):
    """One empty home."""

    permission = Permission.BILL_SEE

    @extend_schema(summary="An empty home", responses=Vacancy)
    def get(self, request: Request, vacancy_id: int) -> Response:
        return Response(Vacancy(queries.vacancy_card(vacancy_id)).data)


class AccountVacancies(ApiView):
    """Apply for one."""

    permission = Permission.WAIVER_ASK
    parser_classes = (MultiPartParser,)

    @extend_schema(
        summary="Apply for an empty home; the project manager decides",
        request={"multipart/form-data": AskVacancy},
        responses={201: Vacancy},
    )
    def post(self, request: Request, account_id: int) -> Response:
        queries.account_card(account_id)  # what is not there is 404, whatever the body says
        asked = valid(AskVacancy(data=request.data))
        made = services.ask_vacancy(
            account_id=account_id,
            accepted_on=asked["accepted_on"],
            reason=asked["reason"],
            proof=services.Proof(asked["proof"].name or "proof", asked["proof"].read()),
            by=self.staff,
            on=clock.today(),
            at=clock.now(),
        )
        return Response(Vacancy(queries.vacancy_card(made)).data, status=status.HTTP_201_CREATED)


class EndOfVacancy(ApiView):
    """Somebody moved in."""

    permission = Permission.WAIVER_ASK

    @extend_schema(summary="Somebody moved in: the whole fee again", request=EndVacancy, responses=Vacancy)
    def post(self, request: Request, vacancy_id: int) -> Response:
        queries.vacancy_card(vacancy_id)
        asked = valid(EndVacancy(data=request.data))
        services.end_vacancy(
            vacancy_id=vacancy_id, moved_in_on=asked["moved_in_on"], on=clock.today(), at=clock.now()
        )
        return Response(Vacancy(queries.vacancy_card(vacancy_id)).data)
