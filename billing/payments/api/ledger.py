"""JSON doors of an account's statement and of certificates."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from billing.payments import queries, services
from billing.payments.api.views import Pdf
from tenancy.kernel import clock
from tenancy.kernel.api import ApiView
from tenancy.kernel.fields import YuanField
from tenancy.kernel.permissions import Permission


class LedgerAsOf(serializers.Serializer[Any]):
    """The day of the statement; today without it."""

    as_of = serializers.DateField(required=False)


class LedgerLine(serializers.Serializer[Any]):
    """One line with the balance after it; negative: the account holds credit."""

    on = serializers.DateField(source="entry.on")
    what = serializers.CharField(source="entry.what")
    about = serializers.CharField(source="entry.about")
    number = serializers.CharField(source="entry.number")
    owed = YuanField(source="entry.debit_fen")
    received = YuanField(source="entry.credit_fen")
    let_off = YuanField(source="entry.let_off_fen")
    charge = serializers.IntegerField(source="entry.charge_id", allow_null=True)
    payment = serializers.IntegerField(source="entry.payment_id", allow_null=True)
    balance = YuanField(source="balance_fen")


class Ledger(serializers.Serializer[Any]):
    """A statement of account."""

    account = serializers.IntegerField(source="card.account_id")
    unit_code = serializers.CharField(source="card.unit_code")
    party_name = serializers.CharField(source="card.party_name")
    as_of = serializers.DateField()
    owed = YuanField(source="debit_fen")
    received = YuanField(source="received_fen")
    let_off = YuanField(source="let_off_fen")
    principal = YuanField(source="principal_fen")
    late_fee = YuanField(source="late_fee_fen")
    court_safe_late_fee = YuanField(source="court_safe_fen")
    credit = YuanField(source="credit_fen")
    balance = YuanField(source="balance_fen")
    lines = LedgerLine(many=True)


class Clearance(serializers.Serializer[Any]):
    """A certificate that nothing was owed."""

    id = serializers.IntegerField(source="clearance_id")
    number = serializers.CharField()
    as_of = serializers.DateField()
    issued_by = serializers.CharField()


class CertifyAsOf(serializers.Serializer[Any]):
    """The day that is certified."""

    as_of = serializers.DateField()


class AccountLedger(ApiView):
    """The statement of an account."""

    permission = Permission.UNIT_SEE

    @extend_schema(summary="Statement of account as of any day", parameters=[LedgerAsOf], responses=Ledger)
    def get(self, request: Request, account_id: int) -> Response:
        asked = LedgerAsOf(data=request.query_params)
        asked.is_valid(raise_exception=True)
        day = asked.validated_data.get("as_of") or clock.today()
        return Response(Ledger(queries.account_ledger(account_id, as_of=day)).data)


class Clearances(ApiView):
    """An account's certificates."""

    permission = Permission.UNIT_SEE
    write_permission = Permission.NOTICE_PRINT

    @extend_schema(summary="Clearance certificates of an account", responses=Clearance(many=True))
    def get(self, request: Request, account_id: int) -> Response:
        queries.credit_card(account_id)  # what is not there is 404
        return Response(Clearance(queries.clearances_of(account_id), many=True).data)

    @extend_schema(
        summary="Certify that nothing is owed", request=CertifyAsOf, responses={201: Clearance(many=True)}
    )
    def post(self, request: Request, account_id: int) -> Response:
        queries.credit_card(account_id)  # what is not there is 404, whatever the body says
        asked = CertifyAsOf(data=request.data)
        asked.is_valid(raise_exception=True)
        services.certify(account_id=account_id, as_of=asked.validated_data["as_of"], at=clock.now())
        rows = queries.clearances_of(account_id)
        return Response(Clearance(rows, many=True).data, status=status.HTTP_201_CREATED)


class ClearancePdf(ApiView):
    """A certificate as PDF."""

    permission = Permission.UNIT_SEE
    renderer_classes = [JSONRenderer, Pdf]

    @extend_schema(
        summary="A copy of a certificate as PDF", responses={(200, "application/pdf"): OpenApiTypes.BINARY}
    )
    def get(self, request: Request, clearance_id: int) -> Response:
        printed = services.fetch_clearance(clearance_id)
        request.accepted_renderer, request.accepted_media_type = Pdf(), Pdf.media_type
        return Response(printed.pdf, headers={"Cache-Control": "private, no-store"})
