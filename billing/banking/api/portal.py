"""The owner's invoices (数电票): asked for by himself, and what became of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from billing.banking.queries.portal import OwnerInvoices, invoices_of_payment, pdf_of
from billing.banking.rules.invoice import Buyer
from billing.banking.services import ask_invoice
from billing.charges.queries.portal import accounts_of
from tenancy.kernel import clock
from tenancy.kernel.fields import YuanField
from tenancy.kernel.permissions import Grant
from tenancy.kernel.portal import PdfView, PortalView
from tenancy.people.services import files

STATES = ("REQUESTED", "SENT", "ISSUED", "REFUSED", "WITHDRAWN")


class PortalInvoice(serializers.Serializer[Any]):
    """An invoice that was asked for. A RED one takes an earlier one back, its amount is negative."""

    id = serializers.IntegerField(source="invoice_id")
    kind = serializers.ChoiceField(["BLUE", "RED"])
    state = serializers.ChoiceField(STATES)
    number = serializers.CharField(help_text="20 digits once it is issued")
    buyer_name = serializers.CharField()
    amount = YuanField(source="gross_fen", help_text="With the tax")
    requested_on = serializers.DateField()
    issued_on = serializers.DateField(allow_null=True)
    reason = serializers.CharField(help_text="Why it was refused or withdrawn")
    has_pdf = serializers.BooleanField(help_text="Whether it can be opened here")


class PortalInvoices(serializers.Serializer[Any]):
    """The invoices of a payment, and what another one would be of; `why` says why there can be none."""

    invoices = PortalInvoice(source="rows", many=True)
    buyer_name = serializers.CharField()
    amount = YuanField(source="amount_fen")
    why = serializers.CharField()


class PortalInvoiceAsked(serializers.Serializer[Any]):
    """In whose name, and where to it is sent."""

    buyer_kind = serializers.ChoiceField([one.value for one in Buyer])
    buyer_name = serializers.CharField(max_length=120)
    buyer_tax_number = serializers.CharField(max_length=20, required=False, default="", allow_blank=True)
    buyer_email = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)


class PaymentInvoices(PortalView):
    """The invoices of one of my payments."""

    @extend_schema(
        summary="The invoices of a payment, and whether one can be asked for", responses=PortalInvoices
    )
    def get(self, request: Request, payment_id: int) -> Response:
        seen = self.in_its_company(lambda grant: _seen(grant, payment_id))
        return Response(PortalInvoices(seen).data)

    @extend_schema(
        summary="Ask for an invoice of a payment",
        request=PortalInvoiceAsked,
        responses={201: PortalInvoices},
    )
    def post(self, request: Request, payment_id: int) -> Response:
        asked = PortalInvoiceAsked(data=request.data)
        asked.is_valid(raise_exception=True)
        made = self.in_its_company(lambda grant: _ask(grant, payment_id, asked.validated_data))
        return Response(PortalInvoices(made).data, status=status.HTTP_201_CREATED)


class InvoicePdf(PdfView):
    """One of my invoices."""

    @extend_schema(
        operation_id="portal_v1_invoices_pdf",
        summary="An issued invoice as PDF, where the company has kept its file",
        responses={(200, "application/pdf"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, invoice_id: int) -> HttpResponse:
        file = self.in_its_company(lambda grant: pdf_of(invoice_id, account_ids=_accounts(grant)))
        return self.pdf(files.read(file), name=file.name)


def _accounts(grant: Grant) -> list[int]:
    return [account.account_id for account in accounts_of(grant.party_ids)]


def _seen(grant: Grant, payment_id: int) -> OwnerInvoices:
    return invoices_of_payment(payment_id, account_ids=_accounts(grant))


def _ask(grant: Grant, payment_id: int, said: dict[str, Any]) -> OwnerInvoices:
    _seen(grant, payment_id)  # a stranger's payment is not there
    ask_invoice(
        payment_ids=[payment_id],
        buyer_kind=Buyer(said["buyer_kind"]),
        buyer_name=said["buyer_name"],
        buyer_tax_number=said["buyer_tax_number"],
        buyer_email=said["buyer_email"],
        is_owner=True,
        on=clock.today(),
        at=clock.now(),
    )
    return _seen(grant, payment_id)
