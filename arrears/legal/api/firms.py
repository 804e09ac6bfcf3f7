"""JSON doors of law firms and their agreements on personal data."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from arrears.legal import queries, services
from arrears.legal.api.process import PARSERS, made
from arrears.legal.api.process_serializers import LegalMade, paper
from tenancy.kernel import clock
from tenancy.kernel.api import ApiView, valid
from tenancy.kernel.fields import DayField
from tenancy.kernel.permissions import Permission


class LawFirm(serializers.Serializer):
    """A law firm; `agreed`: an agreement on the processing of personal data is in force today."""

    firm = serializers.IntegerField(source="firm_id", read_only=True)
    name = serializers.CharField(max_length=80)
    lawyer = serializers.CharField(max_length=40)
    licence = serializers.CharField(required=False, allow_blank=True, max_length=40, default="")
    phone = serializers.CharField(required=False, allow_blank=True, max_length=30, default="")
    address = serializers.CharField(required=False, allow_blank=True, max_length=200, default="")
    is_active = serializers.BooleanField(required=False, default=True)
    agreed = serializers.BooleanField(read_only=True, help_text="Whether it may be given data today")
    agreed_until = serializers.DateField(read_only=True, allow_null=True)


class Agreement(serializers.Serializer):
    """An agreement on the processing of personal data, signed with a firm."""

    agreement = serializers.IntegerField(source="agreement_id")
    firm = serializers.IntegerField(source="firm_id")
    purpose = serializers.CharField()
    scope = serializers.CharField()
    from_on = serializers.DateField()
    until = serializers.DateField()
    ended_on = serializers.DateField(allow_null=True)


class AddAgreement(serializers.Serializer):
    """For what, which data, how long; the paper as multipart."""

    purpose = serializers.CharField(max_length=200)
    scope = serializers.CharField(max_length=200)
    from_on = DayField()
    until = DayField()
    file = serializers.FileField(help_text="PDF, JPEG or PNG, as multipart")


class Firms(ApiView):
    """Law firms."""

    permission = Permission.LEGAL_SEE
    write_permission = Permission.DRAFT_EDIT

    @extend_schema(
        summary="Law firms with their agreement on data, those that work for us first",
        responses=LawFirm(many=True),
    )
    def get(self, request: Request) -> Response:
        rows = queries.firm_rows(list(queries.law_firms()), as_of=clock.today())
        return self.paginated(rows, LawFirm, request)

    @extend_schema(summary="Enter a law firm", request=LawFirm, responses={201: LawFirm})
    def post(self, request: Request) -> Response:
        firm_id = services.save_firm(fields=_fields(request))
        row = queries.law_firm(firm_id, as_of=clock.today())
        return Response(LawFirm(row).data, status=status.HTTP_201_CREATED)


class Firm(ApiView):
    """One law firm."""

    permission = Permission.LEGAL_SEE
    write_permission = Permission.DRAFT_EDIT

    @extend_schema(summary="A law firm", responses=LawFirm)
    def get(self, request: Request, firm_id: int) -> Response:
        return Response(LawFirm(queries.law_firm(firm_id, as_of=clock.today())).data)

    @extend_schema(summary="Change the data of a law firm", request=LawFirm, responses=LawFirm)
    def put(self, request: Request, firm_id: int) -> Response:
        queries.law_firm(firm_id, as_of=clock.today())
        services.save_firm(fields=_fields(request), firm_id=firm_id)
        return self.get(request, firm_id)


class Agreements(ApiView):
    """The agreements with a firm."""

    permission = Permission.LEGAL_SEE
    write_permission = Permission.FILING_RECORD
    parser_classes = PARSERS

    @extend_schema(
        summary="Agreements with a law firm on personal data, the newest first",
        responses=Agreement(many=True),
    )
    def get(self, request: Request, firm_id: int) -> Response:
        return self.paginated(queries.agreements_of(firm_id), Agreement, request)

    @extend_schema(
        summary="Note a processing agreement with a law firm",
        request=AddAgreement,
        responses={201: LegalMade},
    )
    def post(self, request: Request, firm_id: int) -> Response:
        queries.law_firm(firm_id, as_of=clock.today())
        said = valid(AddAgreement(data=request.data))
        return made(services.add_agreement(firm_id=firm_id, **{**said, "file": paper(said["file"])}))


class EndAgreement(ApiView):
    """Nothing more is handed to this firm."""

    permission = Permission.FILING_RECORD

    @extend_schema(summary="End a processing agreement", request=None, responses={204: None})
    def post(self, request: Request, firm_id: int, processing_id: int) -> Response:
        services.end_agreement(firm_id=firm_id, agreement_id=processing_id, on=clock.today())
        return Response(status=status.HTTP_204_NO_CONTENT)


def _fields(request: Request) -> services.FirmFields:
    form = LawFirm(data=request.data)
    form.is_valid(raise_exception=True)
    return services.FirmFields(**form.validated_data)
