"""JSON doors: invoices, their batches and results, the VAT settings."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from billing.banking import services
from billing.banking.api.views import Rows, body, query
from billing.banking.gateways import connector, connector_for
from billing.banking.queries import invoices, vat
from billing.banking.rules.invoice import PERCENTS, Buyer
from tenancy.kernel import clock
from tenancy.kernel.api import ApiView
from tenancy.kernel.fields import DayField, YuanField
from tenancy.kernel.permissions import Permission

STATES = ("REQUESTED", "SENT", "ISSUED", "REFUSED", "WITHDRAWN")


class InvoiceOut(serializers.Serializer[Any]):
    """An invoice; `number` has 20 digits once it is issued. Amounts of a red one are negative."""

    id = serializers.IntegerField(source="invoice_id")
    serial = serializers.CharField()
    kind = serializers.ChoiceField(["BLUE", "RED"])
    state = serializers.ChoiceField(STATES)
    number = serializers.CharField()
    issued_on = serializers.DateField(allow_null=True)
    unit_code = serializers.CharField()
    party_name = serializers.CharField()
    buyer_kind = serializers.CharField()
    buyer_name = serializers.CharField()
    buyer_tax_number = serializers.CharField()
    buyer_email = serializers.CharField()
    seller_name = serializers.CharField()
    seller_tax_number = serializers.CharField()
    gross = YuanField(source="gross_fen")
    net = YuanField(source="net_fen")
    tax = YuanField(source="tax_fen")
    in_capitals = serializers.CharField()
    remark = serializers.CharField()
    reason = serializers.CharField(help_text="Why it was refused or withdrawn")
    red_reason = serializers.CharField()
    confirmation_no = serializers.CharField()
    blue = serializers.IntegerField(source="blue_id", allow_null=True)
    batch = serializers.IntegerField(source="batch_id", allow_null=True)
    file = serializers.IntegerField(source="file_id", allow_null=True)
    requested_on = serializers.DateField()


class InvoiceLineOut(serializers.Serializer[Any]):
    """A line as it is printed."""

    name = serializers.CharField()
    tax_code = serializers.CharField()
    unit = serializers.CharField()
    rate = serializers.CharField()
    part = serializers.CharField()
    period = serializers.CharField(source="period.label")
    gross = YuanField(source="gross_fen")
    net = YuanField(source="net_fen")
    tax = YuanField(source="tax_fen")


class InvoiceEventOut(serializers.Serializer[Any]):
    """What happened."""

    kind = serializers.CharField()
    detail = serializers.CharField()
    by = serializers.CharField()
    at = serializers.DateTimeField()


class InvoiceDetailOut(InvoiceOut):
    """An invoice with its lines, its payments and what happened."""

    lines = InvoiceLineOut(many=True)
    payments = serializers.ListField(child=serializers.IntegerField())
    events = InvoiceEventOut(many=True)
    must_be_corrected = serializers.BooleanField(help_text="Its money was taken back")


class InvoiceQuery(serializers.Serializer[Any]):
    """What the list is narrowed to."""

    state = serializers.ChoiceField(STATES, required=False, default="")
    words = serializers.CharField(required=False, default="", max_length=60)
    payment = serializers.IntegerField(required=False, default=None)
    must_be_corrected = serializers.BooleanField(required=False, default=False)


class NewInvoice(serializers.Serializer[Any]):
    """In whose name, for which payments of one account."""

    payments = serializers.ListField(child=serializers.IntegerField(min_value=1), min_length=1, max_length=24)
    buyer_kind = serializers.ChoiceField([one.value for one in Buyer])
    buyer_name = serializers.CharField(max_length=120)
    buyer_tax_number = serializers.CharField(max_length=20, required=False, default="", allow_blank=True)
    buyer_email = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    remark = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)


class InvoiceEnd(serializers.Serializer[Any]):
    """Why a request is withdrawn."""

    reason = serializers.CharField(max_length=200)


class NewRed(serializers.Serializer[Any]):
    """Why an issued invoice is taken back; `payments` empty: all that is left of it."""

    reason = serializers.CharField(max_length=200)
    payments = serializers.ListField(
        child=serializers.IntegerField(min_value=1), required=False, default=list, max_length=24
    )
    confirmation_no = serializers.CharField(max_length=40, required=False, default="", allow_blank=True)


class InvoiceFile(serializers.Serializer[Any]):
    """A file: the invoice itself, or the bureau's table of results."""

    file = serializers.FileField()


class InvoiceBatchOut(serializers.Serializer[Any]):
    """Requests that were handed over together."""

    id = serializers.IntegerField(source="batch_id")
    number = serializers.CharField()
    state = serializers.ChoiceField(["SENT", "RETURNED"])
    items = serializers.IntegerField()
    amount = YuanField(source="amount_fen")
    file = serializers.IntegerField(source="file_id")
    result_file = serializers.IntegerField(source="result_file_id", allow_null=True)


class NewInvoiceBatch(serializers.Serializer[Any]):
    """Whose requests, in which kind of file."""

    community = serializers.IntegerField(min_value=1)
    way = serializers.ChoiceField(["xlsx", "xml"], default="xlsx")


class InvoiceAnswered(serializers.Serializer[Any]):
    """What came of a batch."""

    issued = serializers.IntegerField()
    refused = serializers.IntegerField()
    amount = YuanField(source="amount_fen")


class VatRateIO(serializers.Serializer[Any]):
    """How a fee item is taxed from a day on; percent 0 is exempt."""

    fee_item = serializers.IntegerField(source="fee_item_id", min_value=1)
    from_on = DayField()
    percent = serializers.ChoiceField(PERCENTS)
    name = serializers.CharField(max_length=110)
    tax_code = serializers.CharField(max_length=19)
    unit = serializers.CharField(max_length=10, required=False, default="", allow_blank=True)
    passes_through = serializers.BooleanField(required=False, default=False)
    basis = serializers.CharField(max_length=200)


class SellerIO(serializers.Serializer[Any]):
    """Whose name stands on invoices."""

    name = serializers.CharField(max_length=120)
    tax_number = serializers.CharField(max_length=20)
    issuer = serializers.CharField(max_length=40)


class InvoiceDoor(ApiView):
    """Who may see invoices may not yet issue them."""

    permission = Permission.INVOICE_SEE
    write_permission = Permission.INVOICE_ISSUE


class AskDoor(ApiView):
    """Whoever takes money may ask for its invoice."""

    permission = Permission.INVOICE_SEE
    write_permission = Permission.INVOICE_ASK


class Invoices(AskDoor):
    """Invoices, and a request."""

    @extend_schema(
        summary="Invoices, the newest first", parameters=[InvoiceQuery], responses=InvoiceOut(many=True)
    )
    def get(self, request: Request) -> Response:
        asked = query(InvoiceQuery, request)
        ids = invoices.invoice_ids(
            words=asked["words"],
            state=asked["state"],
            due=asked["must_be_corrected"],
            payment_id=asked["payment"],
        )
        return self.paginated(Rows(ids, invoices.invoice_rows), InvoiceOut, request)

    @extend_schema(
        summary="Ask for an invoice of payments", request=NewInvoice, responses={201: InvoiceDetailOut}
    )
    def post(self, request: Request) -> Response:
        data = body(NewInvoice, request)
        made = services.ask_invoice(
            payment_ids=data.pop("payments"),
            buyer_kind=Buyer(data.pop("buyer_kind")),
            on=clock.today(),
            at=clock.now(),
            **data,
        )
        return _shown(made, status.HTTP_201_CREATED)


class Invoice(InvoiceDoor):
    """One invoice."""

    @extend_schema(summary="An invoice with its lines and events", responses=InvoiceDetailOut)
    def get(self, request: Request, invoice_id: int) -> Response:
        return _shown(invoice_id)


class Withdraw(AskDoor):
    """Nobody sent it yet."""

    permission = Permission.INVOICE_ASK

    @extend_schema(
        summary="Withdraw a request that was not sent", request=InvoiceEnd, responses=InvoiceDetailOut
    )
    def post(self, request: Request, invoice_id: int) -> Response:
        reason = body(InvoiceEnd, request)["reason"]
        services.withdraw_invoice(invoice_id=invoice_id, reason=reason, at=clock.now())
        return _shown(invoice_id)


class Red(InvoiceDoor):
    """Take an issued one back."""

    permission = Permission.INVOICE_ISSUE

    @extend_schema(
        summary="Ask for the red invoice of an issued one", request=NewRed, responses={201: InvoiceDetailOut}
    )
    def post(self, request: Request, invoice_id: int) -> Response:
        data = body(NewRed, request)
        made = services.ask_red(
            invoice_id=invoice_id,
            reason=data["reason"],
            payment_ids=data["payments"],
            confirmation_no=data["confirmation_no"],
            on=clock.today(),
            at=clock.now(),
        )
        return _shown(made, status.HTTP_201_CREATED)


class KeepFile(InvoiceDoor):
    """The invoice as the bureau gave it out."""

    permission = Permission.INVOICE_ISSUE
    parser_classes = (MultiPartParser,)

    @extend_schema(
        summary="Keep an issued invoice's PDF, OFD or XML",
        request={"multipart/form-data": InvoiceFile},
        responses=InvoiceDetailOut,
    )
    def post(self, request: Request, invoice_id: int) -> Response:
        file = body(InvoiceFile, request)["file"]
        services.keep_invoice_file(
            invoice_id=invoice_id, content=file.read(), name=file.name or "invoice", at=clock.now()
        )
        return _shown(invoice_id)


class InvoiceBatches(InvoiceDoor):
    """Batches, and a new one."""

    @extend_schema(summary="Batches of invoices, the newest first", responses=InvoiceBatchOut(many=True))
    def get(self, request: Request) -> Response:
        return self.paginated(Rows(invoices.batch_ids(), invoices.batch_rows), InvoiceBatchOut, request)

    @extend_schema(
        summary="Hand all waiting requests of a community over to the tax bureau",
        request=NewInvoiceBatch,
        responses={201: InvoiceBatchOut},
    )
    def post(self, request: Request) -> Response:
        data = body(NewInvoiceBatch, request)
        pk = services.send_batch(
            community_id=data["community"],
            connector=connector(data["way"]),
            on=clock.today(),
            at=clock.now(),
        )
        return Response(InvoiceBatchOut(invoices.batch_row(pk)).data, status=status.HTTP_201_CREATED)


class InvoiceBatch(InvoiceDoor):
    """One batch."""

    @extend_schema(summary="A batch of invoices", responses=InvoiceBatchOut)
    def get(self, request: Request, invoice_batch_id: int) -> Response:
        return Response(InvoiceBatchOut(invoices.batch_row(invoice_batch_id)).data)


class ReadResults(InvoiceDoor):
    """The tax bureau's answer."""

    permission = Permission.INVOICE_ISSUE
    parser_classes = (MultiPartParser,)

    @extend_schema(
        summary="Read the table of results of a batch, once",
        request={"multipart/form-data": InvoiceFile},
        responses=InvoiceAnswered,
    )
    def post(self, request: Request, invoice_batch_id: int) -> Response:
        invoices.batch_row(invoice_batch_id)
        file = body(InvoiceFile, request)["file"]
        content = file.read()
        done = services.read_results(
            invoice_batch_id=invoice_batch_id,
            connector=connector_for(content),
            content=content,
            name=file.name or "results",
            on=clock.today(),
            at=clock.now(),
        )
        return Response(InvoiceAnswered(done).data)


class VatRates(InvoiceDoor):
    """How fee items are taxed."""

    @extend_schema(summary="VAT rates by fee item, the newest first", responses=VatRateIO(many=True))
    def get(self, request: Request) -> Response:
        return self.paginated(vat.rate_rows(), VatRateIO, request)

    @extend_schema(summary="Add a VAT rate from a day on", request=VatRateIO, responses={201: VatRateIO})
    def post(self, request: Request) -> Response:
        pk = services.add_vat_rate(**body(VatRateIO, request), at=clock.now())
        return Response(VatRateIO(vat.rate_row(pk)).data, status=status.HTTP_201_CREATED)


class Seller(InvoiceDoor):
    """Whose name stands on invoices."""

    @extend_schema(summary="The seller on invoices", responses=SellerIO(many=True))
    def get(self, request: Request) -> Response:
        row = vat.seller()
        return self.paginated([] if row is None else [row], SellerIO, request)

    @extend_schema(
        summary="Set the seller on invoices from now on", request=SellerIO, responses={201: SellerIO}
    )
    def post(self, request: Request) -> Response:
        services.set_seller(**body(SellerIO, request), at=clock.now())
        return Response(SellerIO(vat.seller()).data, status=status.HTTP_201_CREATED)


def _shown(invoice_id: int, code: int = status.HTTP_200_OK) -> Response:
    row = invoices.invoice_row(invoice_id)
    more = {
        "lines": invoices.lines_of_invoice(invoice_id),
        "payments": [one.payment_id for one in invoices.payments_on(invoice_id)],
        "events": invoices.events_of(invoice_id),
        "must_be_corrected": bool(invoices.corrections_due(invoice_id)),
    }
    said = row._asdict() | {"in_capitals": row.in_capitals} | more
    return Response(InvoiceDetailOut(said).data, status=code)
