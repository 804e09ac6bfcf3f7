"""The owner's payments, where each went, and their receipts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from billing.charges.queries.portal import accounts_of
from billing.payments.api.serializers import ALL_METHODS, KINDS
from billing.payments.queries import (
    PaymentDetail,
    credit_of,
    exchanged,
    payment_detail,
    payments_of_accounts,
)
from billing.payments.services import fetch_receipt
from owners.queries.portal import places_of
from tenancy.kernel import clock
from tenancy.kernel.errors import NotFound
from tenancy.kernel.fields import YuanField
from tenancy.kernel.permissions import Grant
from tenancy.kernel.portal import PdfView, PortalView

LIMIT = 500


class PortalPayment(serializers.Serializer[Any]):
    """One payment to one company. CREDIT is money paid earlier that was used now."""

    id = serializers.IntegerField(source="payment_id")
    company = serializers.CharField()
    community = serializers.CharField(source="community_name")
    unit_id = serializers.IntegerField()
    unit_code = serializers.CharField()
    kind = serializers.ChoiceField(KINDS, help_text="Amounts are negative where money went back")
    method = serializers.ChoiceField(ALL_METHODS)
    amount = YuanField(source="amount_fen")
    paid_on = serializers.DateField()
    receipt_number = serializers.CharField(help_text="Empty where there is no receipt")
    invoice_numbers = serializers.CharField(help_text="Of the invoices made of it, by a space; empty before")


class PortalAllocation(serializers.Serializer[Any]):
    """What part of the payment went where; CREDIT waits for the next bill."""

    part = serializers.ChoiceField(["LATE_FEE", "PRINCIPAL", "CREDIT"])
    fee_item = serializers.CharField()
    period = serializers.CharField(source="period.label", default="")
    from_on = serializers.DateField(source="period.start", default=None, allow_null=True)
    to_on = serializers.DateField(source="period.last_day", default=None, allow_null=True)
    bill_number = serializers.CharField()
    amount = YuanField(source="amount_fen")


class PortalPaymentDetail(PortalPayment):
    """A payment with where it went, in the order it was used."""

    payer = serializers.CharField()
    lines = PortalAllocation(many=True)


class PortalCredit(serializers.Serializer[Any]):
    """Money that was paid in beyond all bills; it pays the next one by itself."""

    company = serializers.CharField()
    community = serializers.CharField()
    unit_id = serializers.IntegerField()
    unit_code = serializers.CharField()
    held = YuanField(source="held_fen")


class Credit(PortalView):
    """What I have paid in advance."""

    @extend_schema(
        summary="My credit by unit over all companies, only where there is some",
        responses=PortalCredit(many=True),
    )
    def get(self, request: Request) -> Response:
        return Response(PortalCredit(self.over_companies(_credit), many=True).data)


class Payments(PortalView):
    """All my payments."""

    @extend_schema(
        summary="My payments over all companies, the newest first (at most 500 of each company)",
        responses=PortalPayment(many=True),
    )
    def get(self, request: Request) -> Response:
        rows = sorted(self.over_companies(_payments), key=lambda row: (row["paid_on"], row["payment_id"]))
        return Response(PortalPayment(rows[::-1], many=True).data)


class Payment(PortalView):
    """One of my payments."""

    @extend_schema(summary="A payment and what it paid", responses=PortalPaymentDetail)
    def get(self, request: Request, payment_id: int) -> Response:
        return Response(
            PortalPaymentDetail(self.in_its_company(lambda grant: _shown(grant, payment_id))).data
        )


class ReceiptPdf(PdfView):
    """The receipt of one of my payments."""

    @extend_schema(
        operation_id="portal_v1_payments_receipt",
        summary="The receipt as PDF, marked as the owner's own copy",
        responses={(200, "application/pdf"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, payment_id: int) -> HttpResponse:
        printed = self.in_its_company(
            lambda grant: fetch_receipt(receipt_id=_receipt(grant, payment_id), at=clock.now())
        )
        return self.pdf(printed.pdf, name=f"{printed.number}.pdf")


def _payments(grant: Grant) -> Iterator[dict[str, Any]]:
    account_ids = [account.account_id for account in accounts_of(grant.party_ids)]
    rows = payments_of_accounts(account_ids, limit=LIMIT)
    invoices = exchanged([row.payment_id for row in rows])
    for row in rows:
        numbers = invoices.get(row.payment_id, "")
        yield {"company": grant.tenant_name, "invoice_numbers": numbers, **row._asdict()}


def _credit(grant: Grant) -> Iterator[dict[str, Any]]:
    accounts = {account.account_id: account for account in accounts_of(grant.party_ids)}
    places = places_of({account.unit_id for account in accounts.values()})
    for account_id, held_fen in credit_of(list(accounts)).items():
        place = places[accounts[account_id].unit_id]
        if held_fen > 0:
            yield {
                "company": grant.tenant_name,
                "community": place.community_name,
                "unit_id": place.unit_id,
                "unit_code": place.code,
                "held_fen": held_fen,
            }


def _mine(grant: Grant, payment_id: int) -> PaymentDetail:
    detail = payment_detail(payment_id)
    if detail.account_id not in {account.account_id for account in accounts_of(grant.party_ids)}:
        raise NotFound(_("There is no such payment."))
    return detail


def _shown(grant: Grant, payment_id: int) -> dict[str, Any]:
    detail = _mine(grant, payment_id)
    return {
        "payment_id": detail.payment_id,
        "company": grant.tenant_name,
        "community_name": detail.community_name,
        "unit_id": detail.unit_id,
        "unit_code": detail.unit_code,
        "kind": detail.kind,
        "method": detail.method,
        "amount_fen": detail.amount_fen,
        "paid_on": detail.paid_on,
        "receipt_number": detail.receipt.number if detail.receipt else "",
        "payer": detail.payer_name,
        "invoice_numbers": detail.receipt.invoice_numbers if detail.receipt else "",
        "lines": detail.lines,
    }


def _receipt(grant: Grant, payment_id: int) -> int:
    receipt = _mine(grant, payment_id).receipt
    if receipt is None:
        raise NotFound(_("There is no such receipt."))
    return receipt.receipt_id
