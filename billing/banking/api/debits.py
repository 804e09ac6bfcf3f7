"""JSON doors: mandates, batches of direct debits and their returns."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from billing.banking import services
from billing.banking.api.views import BankDoor, Rows, body
from billing.banking.queries import debits
from billing.banking.queries.blocked import blocked_accounts
from tenancy.kernel import clock
from tenancy.kernel.fields import DayField, YuanField
from tenancy.kernel.permissions import Permission


class MandateOut(serializers.Serializer[Any]):
    """A mandate; of the bank account's number only its end."""

    id = serializers.IntegerField(source="mandate_id")
    unit_code = serializers.CharField()
    party_name = serializers.CharField()
    agreement_no = serializers.CharField()
    holder_name = serializers.CharField()
    bank = serializers.CharField()
    tail = serializers.CharField()
    limit = YuanField(source="limit_fen")
    from_on = serializers.DateField()
    to_on = serializers.DateField(allow_null=True)
    revoked_on = serializers.DateField(allow_null=True)


class NewMandate(serializers.Serializer[Any]):
    """A signed authorisation with its paper; `to_on` is its last day."""

    account = serializers.IntegerField(min_value=1)
    agreement_no = serializers.CharField(max_length=40)
    holder_name = serializers.CharField(max_length=120)
    bank = serializers.CharField(max_length=120)
    number = serializers.CharField(max_length=50)
    limit = YuanField()
    from_on = DayField()
    to_on = DayField(required=False, default=None)
    file = serializers.FileField()


class WhyNot(serializers.Serializer[Any]):
    """Why the payer takes it back, or the batch is called off."""

    reason = serializers.CharField(max_length=200)


class DebitBatchOut(serializers.Serializer[Any]):
    """A batch."""

    id = serializers.IntegerField(source="batch_id")
    number = serializers.CharField()
    debit_on = serializers.DateField()
    profile = serializers.CharField(source="profile_code")
    state = serializers.CharField()
    items = serializers.IntegerField()
    amount = YuanField(source="amount_fen")
    booked = YuanField(source="booked_fen")
    file = serializers.IntegerField(source="file_id")
    return_file = serializers.IntegerField(source="return_file_id", allow_null=True)


class DebitItemOut(serializers.Serializer[Any]):
    """A debit and what came of it; an empty result waits for the bank."""

    seq = serializers.IntegerField()
    unit_code = serializers.CharField()
    party_name = serializers.CharField()
    amount = YuanField(source="amount_fen")
    actual = YuanField(source="actual_fen")
    result = serializers.CharField()
    bank_code = serializers.CharField()
    message = serializers.CharField()
    serial = serializers.CharField()
    payment = serializers.IntegerField(source="payment_id", allow_null=True)


class NewDebitBatch(serializers.Serializer[Any]):
    """Which community's mandates, when, for which bank."""

    community = serializers.IntegerField(min_value=1)
    debit_on = DayField()
    profile = serializers.CharField(max_length=20)


class DebitProfileIO(serializers.Serializer[Any]):
    """How a bank is asked and how it answers. `out`: [field, header] in order; `results`: code -> class."""

    code = serializers.SlugField(max_length=20)
    name = serializers.CharField(max_length=40)
    encoding = serializers.CharField(max_length=12, default="utf-8")
    delimiter = serializers.CharField(max_length=1, default=",", trim_whitespace=False)
    unit = serializers.CharField(max_length=4, default="yuan", help_text="yuan or fen")
    out = serializers.ListField(
        child=serializers.ListField(child=serializers.CharField(max_length=60), min_length=2, max_length=2),
        max_length=20,
    )
    back = serializers.DictField(child=serializers.CharField(max_length=60))
    results = serializers.DictField(child=serializers.CharField(max_length=20))


class DebitReturn(serializers.Serializer[Any]):
    """The bank's answer to a batch."""

    file = serializers.FileField()


class DebitReturned(serializers.Serializer[Any]):
    """What came of a batch."""

    booked = serializers.IntegerField()
    failed = serializers.IntegerField()
    amount = YuanField(source="amount_fen")


class Mandates(BankDoor):
    """Mandates, and a new one."""

    parser_classes = (MultiPartParser,)

    @extend_schema(summary="Mandates, those that stand first", responses=MandateOut(many=True))
    def get(self, request: Request) -> Response:
        return self.paginated(Rows(debits.mandate_ids(), debits.mandate_rows), MandateOut, request)

    @extend_schema(
        summary="Keep a signed mandate",
        request={"multipart/form-data": NewMandate},
        responses={201: MandateOut},
    )
    def post(self, request: Request) -> Response:
        data = body(NewMandate, request)
        file = data.pop("file")
        pk = services.add_mandate(
            account_id=data.pop("account"),
            limit_fen=data.pop("limit"),
            content=file.read(),
            name=file.name or "mandate",
            at=clock.now(),
            **data,
        )
        return Response(MandateOut(debits.mandate_row(pk)).data, status=status.HTTP_201_CREATED)


class Mandate(BankDoor):
    """One mandate."""

    @extend_schema(summary="A mandate", responses=MandateOut)
    def get(self, request: Request, mandate_id: int) -> Response:
        return Response(MandateOut(debits.mandate_row(mandate_id)).data)


class RevokeMandate(BankDoor):
    """The payer takes it back."""

    permission = Permission.BANK_EDIT

    @extend_schema(summary="Revoke a mandate", request=WhyNot, responses=MandateOut)
    def post(self, request: Request, mandate_id: int) -> Response:
        services.revoke_mandate(
            mandate_id=mandate_id, on=clock.today(), reason=body(WhyNot, request)["reason"]
        )
        return Response(MandateOut(debits.mandate_row(mandate_id)).data)


class DebitProfiles(BankDoor):
    """How banks are asked."""

    @extend_schema(summary="Direct debit profiles", responses=DebitProfileIO(many=True))
    def get(self, request: Request) -> Response:
        return self.paginated(debits.debit_profiles(), DebitProfileIO, request)

    @extend_schema(
        summary="Add a direct debit profile", request=DebitProfileIO, responses={201: DebitProfileIO}
    )
    def post(self, request: Request) -> Response:
        data = body(DebitProfileIO, request)
        services.add_debit_profile(**data | {"out": [(pair[0], pair[1]) for pair in data["out"]]})
        made = DebitProfileIO(debits.debit_profile(data["code"])).data
        return Response(made, status=status.HTTP_201_CREATED)


class Batches(BankDoor):
    """Batches, and a new one."""

    @extend_schema(summary="Batches of direct debits, the newest first", responses=DebitBatchOut(many=True))
    def get(self, request: Request) -> Response:
        return self.paginated(Rows(debits.batch_ids(), debits.batch_rows), DebitBatchOut, request)

    @extend_schema(
        summary="Make a batch of all that may be debited on a day; nothing is booked",
        request=NewDebitBatch,
        responses={201: DebitBatchOut},
    )
    def post(self, request: Request) -> Response:
        data = body(NewDebitBatch, request)
        pk = services.make_batch(
            community_id=data["community"],
            profile_code=data["profile"],
            debit_on=data["debit_on"],
            blocked=blocked_accounts(data["debit_on"]),
            at=clock.now(),
        )
        return Response(DebitBatchOut(debits.batch_row(pk)).data, status=status.HTTP_201_CREATED)


class Batch(BankDoor):
    """One batch."""

    @extend_schema(summary="A batch of direct debits", responses=DebitBatchOut)
    def get(self, request: Request, debit_batch_id: int) -> Response:
        return Response(DebitBatchOut(debits.batch_row(debit_batch_id)).data)


class Items(BankDoor):
    """Its debits."""

    @extend_schema(summary="The debits of a batch", responses=DebitItemOut(many=True))
    def get(self, request: Request, debit_batch_id: int) -> Response:
        pk = debits.batch_row(debit_batch_id).batch_id
        return self.paginated(Rows(debits.items_of(pk), debits.item_rows), DebitItemOut, request)


class ReadReturn(BankDoor):
    """The bank's answer."""

    permission = Permission.BANK_EDIT
    parser_classes = (MultiPartParser,)

    @extend_schema(
        summary="Read the return file of a batch, once",
        request={"multipart/form-data": DebitReturn},
        responses=DebitReturned,
    )
    def post(self, request: Request, debit_batch_id: int) -> Response:
        debits.batch_row(debit_batch_id)
        file = body(DebitReturn, request)["file"]
        done = services.read_return(
            debit_batch_id=debit_batch_id,
            content=file.read(),
            name=file.name or "return",
            posted_on=clock.today(),
            at=clock.now(),
        )
        return Response(DebitReturned(done).data)


class CallOff(BankDoor):
    """The bank never got it."""

    permission = Permission.BANK_EDIT

    @extend_schema(summary="Call a batch off", request=WhyNot, responses=DebitBatchOut)
    def post(self, request: Request, debit_batch_id: int) -> Response:
        debits.batch_row(debit_batch_id)
        services.call_off(
            debit_batch_id=debit_batch_id, reason=body(WhyNot, request)["reason"], at=clock.now()
        )
        return Response(DebitBatchOut(debits.batch_row(debit_batch_id)).data)
