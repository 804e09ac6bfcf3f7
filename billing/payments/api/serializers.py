"""What the doors of payments hear and say. Money is yuan with two decimals."""

from __future__ import annotations

from rest_framework import serializers

from billing.payments.models import Payment
from tenancy.kernel.fields import DayField, YuanField

METHODS = ("CASH", "POS", "TRANSFER")
ALL_METHODS = tuple(Payment.Method.values)
KINDS = tuple(Payment.Kind.values)


class Ids(serializers.ListField):
    """Charge ids."""

    child = serializers.IntegerField(min_value=1)


class TenderPart(serializers.Serializer):
    """One way of several in which a payment comes."""

    method = serializers.ChoiceField(METHODS)
    amount = YuanField(source="amount_fen")
    reference = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")


class TakePayment(serializers.Serializer):
    """A payment to take. Without `amount`: what the designated charges owe, or all that is open.

    `designated`: charges the payer ticked; none or all of them is no designation. `expected_owed`: what the
    payer was shown; the payment is refused when it is no longer so. `backdate_reason`: why `paid_on` lies
    more than 7 days back (a transfer: 31), for roles that may date money back. The key may also come as the
    header `Idempotency-Key`. `tenders`: two or more parts that add up to the amount, instead of `method`;
    `tendered` is then the cash that was given for the cash among them.
    """

    account = serializers.IntegerField(min_value=1)
    amount = YuanField(required=False, allow_null=True, default=None)
    method = serializers.ChoiceField(METHODS, required=False, default="")
    tenders = serializers.ListField(child=TenderPart(), required=False, default=list, max_length=8)
    paid_on = serializers.DateField()
    cash_point = serializers.IntegerField(min_value=1, required=False, allow_null=True, default=None)
    designated = Ids(required=False, default=list, max_length=500)
    tendered = YuanField(required=False, allow_null=True, default=None)
    reference = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")
    payer_name = serializers.CharField(max_length=120, required=False, allow_blank=True, default="")
    note = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    backdate_reason = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    expected_owed = YuanField(required=False, allow_null=True, default=None)
    idempotency_key = serializers.CharField(max_length=64, required=False)


class UseCredit(serializers.Serializer):
    """Credit to use; without `amount` as much as is held and owed."""

    amount = YuanField(required=False, allow_null=True, default=None)
    paid_on = serializers.DateField()
    designated = Ids(required=False, default=list, max_length=500)
    note = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    backdate_reason = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    idempotency_key = serializers.CharField(max_length=64, required=False)


class TakenLine(serializers.Serializer):
    """What of a charge was paid."""

    charge = serializers.IntegerField(source="charge_id")
    part = serializers.ChoiceField(("LATE_FEE", "PRINCIPAL"))
    amount = YuanField(source="amount_fen")


class Taken(serializers.Serializer):
    """The answer to a payment; `replayed` when the key had been used with the same content before."""

    payment = serializers.IntegerField(source="payment_id")
    receipt = serializers.IntegerField(source="receipt_id", allow_null=True)
    receipt_number = serializers.CharField()
    change = YuanField(source="change_fen")
    lines = TakenLine(many=True)
    credit = YuanField(source="credit_fen")
    replayed = serializers.BooleanField()


class PaymentRow(serializers.Serializer):
    """A payment in a list."""

    id = serializers.IntegerField(source="payment_id")
    unit = serializers.IntegerField(source="unit_id")
    unit_code = serializers.CharField()
    community_name = serializers.CharField()
    account = serializers.IntegerField(source="account_id")
    party_name = serializers.CharField()
    kind = serializers.ChoiceField(KINDS, help_text="Amounts are negative where money is taken back")
    method = serializers.ChoiceField(ALL_METHODS)
    amount = YuanField(source="amount_fen")
    paid_on = serializers.DateField()
    posted_on = serializers.DateField()
    reference = serializers.CharField()
    taken_by = serializers.CharField(source="taken_name", allow_null=True)
    created_at = serializers.DateTimeField()
    receipt = serializers.IntegerField(source="receipt_id", allow_null=True)
    receipt_number = serializers.CharField(allow_null=True)


class AllocationRow(serializers.Serializer):
    """Where a part of the payment went; credit has no charge."""

    part = serializers.ChoiceField(("LATE_FEE", "PRINCIPAL", "CREDIT"))
    amount = YuanField(source="amount_fen")
    charge = serializers.IntegerField(source="charge_id", allow_null=True)
    fee_item = serializers.CharField()
    period = serializers.CharField(allow_null=True, help_text="2026-01-01..2026-02-01, the end not included")
    due_on = serializers.DateField(allow_null=True)
    bill_number = serializers.CharField()


class ReceiptRow(serializers.Serializer):
    """A receipt; `prints` counts the copies handed out."""

    id = serializers.IntegerField(source="receipt_id")
    number = serializers.CharField()
    issued_on = serializers.DateField()
    prints = serializers.IntegerField()
    voided_on = serializers.DateField(allow_null=True)
    void_reason = serializers.CharField()
    voided_by = serializers.CharField()
    exchanged_on = serializers.DateField(allow_null=True, help_text="换票: an invoice took its place")
    invoice_numbers = serializers.CharField(help_text="Of the invoices, by a space; empty before")


class PaidPart(serializers.Serializer):
    """One way of several in which a payment was paid."""

    method = serializers.ChoiceField(ALL_METHODS)
    amount = YuanField(source="amount_fen")
    reference = serializers.CharField()


class PaymentDetail(serializers.Serializer):
    """A payment with its allocations and receipts."""

    id = serializers.IntegerField(source="payment_id")
    unit = serializers.IntegerField(source="unit_id")
    unit_code = serializers.CharField()
    community = serializers.IntegerField(source="community_id")
    community_name = serializers.CharField()
    account = serializers.IntegerField(source="account_id")
    party_name = serializers.CharField()
    kind = serializers.ChoiceField(KINDS, help_text="Amounts are negative where money is taken back")
    reverses = serializers.IntegerField(source="reverses_id", allow_null=True)
    reversed_by = serializers.IntegerField(source="reversed.payment_id", allow_null=True, default=None)
    method = serializers.ChoiceField(ALL_METHODS)
    amount = YuanField(source="amount_fen")
    tendered = YuanField(source="tendered_fen", allow_null=True)
    change = YuanField(source="change_fen")
    credit = YuanField(source="credit_fen")
    paid_on = serializers.DateField()
    posted_on = serializers.DateField()
    created_at = serializers.DateTimeField()
    cash_point = serializers.IntegerField(source="cash_point_id", allow_null=True)
    reference = serializers.CharField()
    payer_name = serializers.CharField()
    note = serializers.CharField()
    taken_by = serializers.CharField()
    lines = AllocationRow(many=True)
    receipts = ReceiptRow(many=True)
    tenders = PaidPart(many=True)


class PaymentFilter(serializers.Serializer):
    """Which payments; days are both inclusive. `words`: a room, an owner, a receipt's
    number or its last digits, or a reference."""

    community = serializers.IntegerField(required=False, min_value=1)
    unit = serializers.IntegerField(required=False, min_value=1)
    account = serializers.IntegerField(required=False, min_value=1)
    cash_point = serializers.IntegerField(required=False, min_value=1)
    method = serializers.ChoiceField(ALL_METHODS, required=False)
    posted_from = serializers.DateField(required=False)
    posted_to = serializers.DateField(required=False)
    words = serializers.CharField(required=False, max_length=80)
    amount = YuanField(required=False)


class PreviewQuery(serializers.Serializer):
    """What the payer wants to pay, and its value date; today without one."""

    paid_on = DayField(required=False, default=None)
    amount = YuanField(required=False, default=None)
    designated = Ids(required=False, max_length=500, default=None)
    tendered = YuanField(required=False, default=None)


class PreviewLine(serializers.Serializer):
    """An open charge and what the amount would pay of it."""

    charge = serializers.IntegerField(source="charge_id")
    fee_item = serializers.CharField()
    period = serializers.CharField(help_text="2026-01-01..2026-02-01, the end not included")
    bill_number = serializers.CharField()
    due_on = serializers.DateField()
    is_late = serializers.BooleanField()
    ticked = serializers.BooleanField()
    unpaid = YuanField(source="unpaid_fen")
    late_fee = YuanField(source="late_fee_fen")
    court_safe_late_fee = YuanField(source="court_safe_fen")
    to_late_fee = YuanField(source="to_late_fee_fen")
    to_principal = YuanField(source="to_principal_fen")
    left = YuanField(source="left_fen")


class Preview(serializers.Serializer):
    """Where an amount would go."""

    account = serializers.IntegerField(source="account_id")
    unit_code = serializers.CharField()
    party_name = serializers.CharField()
    paid_on = serializers.DateField()
    owed = YuanField(source="owed_fen")
    amount = YuanField(source="amount_fen")
    credit = YuanField(source="credit_fen")
    held_credit = YuanField(source="held_credit_fen")
    change = YuanField(source="change_fen", allow_null=True)
    left = YuanField(source="left_fen")
    lines = PreviewLine(many=True)


class CreditRow(serializers.Serializer):
    """A movement of credit."""

    payment = serializers.IntegerField(source="payment_id")
    posted_on = serializers.DateField()
    amount = YuanField(source="amount_fen")


class Credit(serializers.Serializer):
    """An account's credit and how it came about."""

    account = serializers.IntegerField(source="account_id")
    held = YuanField(source="held_fen")
    entries = CreditRow(many=True)


class DayQuery(serializers.Serializer):
    """Business days, both inclusive; today without them."""

    from_on = serializers.DateField(required=False, default=None)
    to_on = serializers.DateField(required=False, default=None)
    community = serializers.IntegerField(required=False, min_value=1, default=None)


class DayTotal(serializers.Serializer):
    """One business day by one method; CREDIT is no new money."""

    posted_on = serializers.DateField()
    method = serializers.ChoiceField(ALL_METHODS)
    count = serializers.IntegerField(source="payments")
    amount = YuanField(source="amount_fen")


class CashPoint(serializers.Serializer):
    """A desk that takes money."""

    id = serializers.IntegerField(source="cash_point_id")
    community = serializers.IntegerField(source="community_id")
    community_name = serializers.CharField()
    code = serializers.CharField()
    name = serializers.CharField()


class OpenDesk(serializers.Serializer):
    """A cash point to open; its code stands in every receipt's number."""

    community = serializers.IntegerField(min_value=1)
    code = serializers.CharField(max_length=10)
    name = serializers.CharField(max_length=40)


class Opened(serializers.Serializer):
    """The cash point that was opened."""

    cash_point = serializers.IntegerField()


class Void(serializers.Serializer):
    """Why a receipt is void."""

    reason = serializers.CharField(max_length=200)


class VoidAsked(serializers.Serializer):
    """The request that waits for a decision."""

    approval = serializers.IntegerField()
