"""JSON doors: take a payment, see payments, preview an allocation, receipts, credit."""

from __future__ import annotations

from typing import Any

from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from billing.charges.queries import account_card
from billing.payments import queries, services
from billing.payments.api import serializers
from tenancy.kernel import clock
from tenancy.kernel.api import ApiView, valid
from tenancy.kernel.errors import Refused
from tenancy.kernel.permissions import Permission

HEADER = "Idempotency-Key"
KEY_HEADER = OpenApiParameter(
    HEADER, str, OpenApiParameter.HEADER, description="Or the field idempotency_key; one of them is needed."
)


class KeysDiffer(Refused):
    """The header says one key, the body another."""

    code = "payments.keys_differ"


class Pdf(BaseRenderer):
    """A PDF as it is; a refusal stays JSON."""

    media_type = "application/pdf"
    format = "pdf"
    charset = None
    render_style = "binary"

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None
    ) -> bytes:
        return data if isinstance(data, bytes) else JSONRenderer().render(data)


class MoneyView(ApiView):
    """Who may see payments may not yet take one: a changing method asks for more than the name plate."""

    permission = Permission.PAYMENT_SEE
    write_permission = Permission.PAYMENT_TAKE


class Payments(MoneyView):
    """The list, and taking a payment."""

    @extend_schema(
        summary="Payments, newest first",
        parameters=[serializers.PaymentFilter],
        responses=serializers.PaymentRow(many=True),
    )
    def get(self, request: Request) -> Response:
        asked = _query(serializers.PaymentFilter, request)
        renamed = {_FILTER.get(name, name): value for name, value in asked.items()}
        rows = queries.payments(queries.PaymentFilter(**renamed))
        return self.paginated(rows, serializers.PaymentRow, request)

    @extend_schema(
        summary="Take a payment",
        parameters=[KEY_HEADER],
        request=serializers.TakePayment,
        responses={201: serializers.Taken, 200: serializers.Taken},
    )
    def post(self, request: Request) -> Response:
        data = _body(serializers.TakePayment, request)
        tenders = tuple(services.TenderPart(**part) for part in data["tenders"])
        taken = services.take_payment(
            account_id=data["account"],
            amount_fen=data["amount"],
            method=services.MIXED if tenders and not data["method"] else data["method"],
            tenders=tenders,
            paid_on=data["paid_on"],
            posted_on=clock.today(),
            at=clock.now(),
            cash_point_id=data["cash_point"],
            idempotency_key=_key(request, data),
            designated=data["designated"],
            tendered_fen=services.all_tendered(data["tendered"], tenders),
            reference=data["reference"],
            payer_name=data["payer_name"],
            note=data["note"],
            expected_owed_fen=data["expected_owed"],
            by=self.staff,
            backdate_reason=data["backdate_reason"],
        )
        return _answer(taken)


class Payment(MoneyView):
    """One payment."""

    @extend_schema(summary="A payment with its allocations and receipts", responses=serializers.PaymentDetail)
    def get(self, request: Request, payment_id: int) -> Response:
        return Response(serializers.PaymentDetail(queries.payment_detail(payment_id)).data)


class Preview(MoneyView):
    """Where an amount would go."""

    @extend_schema(
        summary="Preview an allocation; nothing is written",
        parameters=[serializers.PreviewQuery],
        responses=serializers.Preview,
    )
    def get(self, request: Request, account_id: int) -> Response:
        account_card(account_id)
        asked = _query(serializers.PreviewQuery, request)
        preview = queries.preview_allocation(
            account_id=account_id,
            paid_on=asked["paid_on"] or clock.today(),
            amount_fen=asked["amount"],
            designated=asked["designated"],
            tendered_fen=asked["tendered"],
        )
        return Response(serializers.Preview(preview).data)


class DayTotals(MoneyView):
    """What business days brought."""

    @extend_schema(
        summary="Totals by business day and method",
        parameters=[serializers.DayQuery],
        responses=serializers.DayTotal(many=True),
    )
    def get(self, request: Request) -> Response:
        asked = _query(serializers.DayQuery, request)
        rows = queries.day_totals(
            from_on=asked["from_on"] or clock.today(),
            to_on=asked["to_on"] or clock.today(),
            community_id=asked["community"],
        )
        return Response(serializers.DayTotal(rows, many=True).data)


class CashPoints(MoneyView):
    """Where money is taken."""

    write_permission = Permission.TARIFF_EDIT

    @extend_schema(summary="Cash points", responses=serializers.CashPoint(many=True))
    def get(self, request: Request) -> Response:
        return Response(serializers.CashPoint(queries.cash_points(), many=True).data)

    @extend_schema(
        summary="Open a cash point", request=serializers.OpenDesk, responses={201: serializers.Opened}
    )
    def post(self, request: Request) -> Response:
        data = _body(serializers.OpenDesk, request)
        made = services.open_cash_point(community_id=data["community"], code=data["code"], name=data["name"])
        return Response(serializers.Opened({"cash_point": made}).data, status=status.HTTP_201_CREATED)


class Credit(MoneyView):
    """An account's credit."""

    @extend_schema(summary="Credit of an account", responses=serializers.Credit)
    def get(self, request: Request, account_id: int) -> Response:
        return Response(serializers.Credit(queries.credit_card(account_id)).data)

    @extend_schema(
        summary="Pay open charges from the account's credit",
        parameters=[KEY_HEADER],
        request=serializers.UseCredit,
        responses={201: serializers.Taken, 200: serializers.Taken},
    )
    def post(self, request: Request, account_id: int) -> Response:
        account_card(account_id)  # what is not there is 404, whatever the body says
        data = _body(serializers.UseCredit, request)
        taken = services.use_credit(
            account_id=account_id,
            amount_fen=data["amount"],
            paid_on=data["paid_on"],
            posted_on=clock.today(),
            at=clock.now(),
            idempotency_key=_key(request, data),
            designated=data["designated"],
            note=data["note"],
            by=self.staff,
            backdate_reason=data["backdate_reason"],
        )
        return _answer(taken)


class Receipt(MoneyView):
    """A copy of a receipt. Every copy handed out is counted; from the second on it says 补打."""

    renderer_classes = [JSONRenderer, Pdf]

    @extend_schema(
        summary="A counted copy of a receipt as PDF",
        responses={(200, "application/pdf"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, receipt_id: int) -> Response:
        printed = services.print_receipt(receipt_id=receipt_id, at=clock.now())
        name = content_disposition_header(False, f"{printed.number}.pdf") or "inline"
        request.accepted_renderer, request.accepted_media_type = Pdf(), Pdf.media_type
        return Response(
            printed.pdf, headers={"Content-Disposition": name, "Cache-Control": "private, no-store"}
        )


class VoidReceipt(ApiView):
    """Ask that a receipt be voided."""

    permission = Permission.PAYMENT_TAKE

    @extend_schema(
        summary="Ask that a receipt be voided and replaced; another person decides",
        request=serializers.Void,
        responses={201: serializers.VoidAsked},
    )
    def post(self, request: Request, receipt_id: int) -> Response:
        queries.receipt_detail(receipt_id)  # what is not there is 404, whatever the body says
        data = _body(serializers.Void, request)
        asked = services.ask_void(receipt_id=receipt_id, reason=data["reason"], by=self.staff, at=clock.now())
        return Response(serializers.VoidAsked({"approval": asked}).data, status=status.HTTP_201_CREATED)


_FILTER = {
    "community": "community_id",
    "unit": "unit_id",
    "account": "account_id",
    "cash_point": "cash_point_id",
    "amount": "amount_fen",
}


def _answer(taken: services.Taken) -> Response:
    code = status.HTTP_200_OK if taken.replayed else status.HTTP_201_CREATED
    return Response(serializers.Taken(taken).data, status=code)


def _key(request: Request, data: dict[str, Any]) -> str:
    header, field = request.headers.get(HEADER, ""), data.get("idempotency_key", "")
    if header and field and header != field:
        raise KeysDiffer(_("Header and body name different idempotency keys."), field="idempotency_key")
    return str(header or field)


def _body(serializer: type[Serializer[Any]], request: Request) -> dict[str, Any]:
    return valid(serializer(data=request.data))


def _query(serializer: type[Serializer[Any]], request: Request) -> dict[str, Any]:
    return valid(serializer(data=request.query_params))
