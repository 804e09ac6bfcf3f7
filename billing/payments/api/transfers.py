"""JSON doors of what ends: a sale settled by the day, a contract, a unit's tariff."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from billing.charges.queries import contract_terms, subscription_row
from billing.payments import queries, services
from billing.payments.api.views import Pdf
from owners.queries import unit_header
from tenancy.kernel import clock
from tenancy.kernel.api import ApiView
from tenancy.kernel.fields import YuanField
from tenancy.kernel.permissions import Permission


class SplitLine(serializers.Serializer[Any]):
    """One charge and whose part of it is whose; both days count."""

    fee_item = serializers.CharField()
    first_on = serializers.DateField()
    last_on = serializers.DateField()
    amount = YuanField(source="total_fen")
    seller_days = serializers.IntegerField()
    seller = YuanField(source="seller_fen")
    buyer_days = serializers.IntegerField()
    buyer = YuanField(source="buyer_fen")


class Split(serializers.Serializer[Any]):
    """What settling a change of owners would say. `transfer`: the sheet, once it is drawn up."""

    unit = serializers.IntegerField(source="unit.unit_id")
    unit_code = serializers.CharField(source="unit.code")
    on = serializers.DateField(source="change.on")
    seller = serializers.CharField(source="change.seller")
    buyer = serializers.CharField(source="change.buyer")
    joint_owners = serializers.ListField(source="change.joint", child=serializers.CharField())
    transfer = serializers.IntegerField(source="change.transfer_id", allow_null=True)
    account = serializers.IntegerField(source="account_id", allow_null=True)
    becomes_credit = YuanField(source="free_fen")
    credit_held = YuanField(source="credit_fen")
    owed_by_seller = YuanField(source="owed_fen")
    lines = SplitLine(many=True)


class SettleIn(serializers.Serializer[Any]):
    """Which change of owners, and the day of registration where it is known."""

    on = serializers.DateField()
    registered_on = serializers.DateField(required=False, allow_null=True, default=None)


class Transfer(serializers.Serializer[Any]):
    """A settlement sheet."""

    id = serializers.IntegerField(source="transfer_id")
    number = serializers.CharField()
    unit = serializers.IntegerField(source="unit_id")
    unit_code = serializers.CharField()
    account = serializers.IntegerField(source="account_id")
    seller = serializers.CharField()
    buyer = serializers.CharField()
    on = serializers.DateField()
    registered_on = serializers.DateField(allow_null=True)
    became_credit = YuanField(source="free_fen")
    release = serializers.IntegerField(source="release_id", allow_null=True)
    bill = serializers.IntegerField(source="bill_id", allow_null=True)
    issued_by = serializers.CharField()
    issued_on = serializers.DateField()


class TransferDetail(Transfer):
    """A settlement sheet with its lines."""

    lines = SplitLine(many=True)


class LastDay(serializers.Serializer[Any]):
    """The last day of service; today without it."""

    last_on = serializers.DateField(required=False)


class EndIn(serializers.Serializer[Any]):
    """The last day of service, and why."""

    last_on = serializers.DateField()
    reason = serializers.CharField(max_length=200)


class ContractEnd(serializers.Serializer[Any]):
    """What the end of a contract would do."""

    contract = serializers.IntegerField(source="contract_id")
    last_on = serializers.DateField()
    accounts = serializers.IntegerField()
    charges = serializers.IntegerField()
    not_owed = YuanField(source="gone_fen")
    becomes_credit = YuanField(source="free_fen")


class EndAsked(serializers.Serializer[Any]):
    """The request that waits for a decision."""

    approval = serializers.IntegerField()


class AgreementEnd(serializers.Serializer[Any]):
    """From when on the unit pays the tariff no more."""

    end_on = serializers.DateField()


class Freed(serializers.Serializer[Any]):
    """What became credit of an account. `entry`: None where nothing had been paid."""

    account = serializers.IntegerField(source="account_id")
    not_owed = YuanField(source="gone_fen")
    becomes_credit = YuanField(source="free_fen")
    entry = serializers.IntegerField(source="payment_id", allow_null=True)


class UnitTransfers(ApiView):
    """The changes of a unit's owners, and settling one."""

    permission = Permission.PAYMENT_SEE
    write_permission = Permission.BILL_RUN

    @extend_schema(
        summary="Changes of a unit's owners, split by the day, the newest first", responses=Split(many=True)
    )
    def get(self, request: Request, unit_id: int) -> Response:
        today = clock.today()
        changes = [change for change in queries.changes_of(unit_id) if change.on <= today]
        return Response(Split([queries.split_of(one, as_of=today) for one in changes], many=True).data)

    @extend_schema(
        summary="Settle a sale and draw up its sheet", request=SettleIn, responses={201: TransferDetail}
    )
    def post(self, request: Request, unit_id: int) -> Response:
        unit_header(unit_id)  # what is not there is 404, whatever the body says
        said = _valid(SettleIn(data=request.data))
        made = services.settle_transfer(
            unit_id=unit_id,
            changed_on=said["on"],
            registered_on=said["registered_on"],
            on=clock.today(),
            at=clock.now(),
        )
        return Response(_shown(made), status=status.HTTP_201_CREATED)


class Transfers(ApiView):
    """All settlement sheets."""

    permission = Permission.PAYMENT_SEE

    @extend_schema(summary="Settlement sheets of sales, the newest first", responses=Transfer(many=True))
    def get(self, request: Request) -> Response:
        return self.paginated(queries.transfer_rows(list(queries.transfers())), Transfer, request)


class OneTransfer(ApiView):
    """One settlement sheet."""

    permission = Permission.PAYMENT_SEE

    @extend_schema(summary="A settlement sheet", responses=TransferDetail)
    def get(self, request: Request, transfer_id: int) -> Response:
        return Response(_shown(transfer_id))


class TransferPdf(ApiView):
    """A settlement sheet as PDF."""

    permission = Permission.PAYMENT_SEE
    renderer_classes = [JSONRenderer, Pdf]

    @extend_schema(
        summary="A settlement sheet as PDF", responses={(200, "application/pdf"): OpenApiTypes.BINARY}
    )
    def get(self, request: Request, transfer_id: int) -> Response:
        printed = services.fetch_transfer(transfer_id)
        request.accepted_renderer, request.accepted_media_type = Pdf(), Pdf.media_type
        return Response(printed.pdf, headers={"Cache-Control": "private, no-store"})


class EndContract(ApiView):
    """The last day of a contract."""

    permission = Permission.TARIFF_EDIT

    @extend_schema(
        summary="What the end of a contract would take back", parameters=[LastDay], responses=ContractEnd
    )
    def get(self, request: Request, contract_id: int) -> Response:
        contract_terms(contract_id)  # what is not there is 404, whatever is asked
        day = _valid(LastDay(data=request.query_params)).get("last_on") or clock.today()
        shown = services.preview_contract_end(contract_id=contract_id, last_on=day)
        return Response(ContractEnd(shown).data)

    @extend_schema(
        summary="Ask that a contract end; the branch's head decides", request=EndIn, responses={201: EndAsked}
    )
    def post(self, request: Request, contract_id: int) -> Response:
        contract_terms(contract_id)
        said = _valid(EndIn(data=request.data))
        asked = services.ask_contract_end(contract_id=contract_id, by=self.staff, at=clock.now(), **said)
        return Response(EndAsked({"approval": asked}).data, status=status.HTTP_201_CREATED)


class EndAgreement(ApiView):
    """A unit pays a tariff no more, though it was billed beyond."""

    permission = Permission.TARIFF_EDIT

    @extend_schema(
        summary="End a unit's tariff and take back what was billed beyond",
        request=AgreementEnd,
        responses=Freed(many=True),
    )
    def post(self, request: Request, subscription_id: int) -> Response:
        subscription_row(subscription_id)
        end_on = _valid(AgreementEnd(data=request.data))["end_on"]
        done = services.end_agreement(
            subscription_id=subscription_id, end_on=end_on, on=clock.today(), at=clock.now()
        )
        return Response(Freed(done, many=True).data)


def _shown(transfer_id: int) -> Any:
    row, lines, _facts = queries.transfer_card(transfer_id)
    return TransferDetail(row._asdict() | {"lines": lines}).data


def _valid(serializer: serializers.Serializer[Any]) -> dict[str, Any]:
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)
