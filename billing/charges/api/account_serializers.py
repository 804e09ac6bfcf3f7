"""What the doors of accounts and statements say: who owes what for which charges, as of a day."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from billing.charges.api.serializers import KINDS, PeriodPart
from tenancy.kernel.fields import YuanField


class AsOf(serializers.Serializer[Any]):
    """The day that late fees are counted to; today without it."""

    as_of = serializers.DateField(required=False)


class OpenCharge(serializers.Serializer[Any]):
    """A charge of which something is unpaid."""

    id = serializers.IntegerField(source="charge_id")
    account = serializers.IntegerField(source="account_id")
    fee_item = serializers.CharField()
    kind = serializers.ChoiceField(KINDS)
    period = PeriodPart()
    due_on = serializers.DateField()
    bill = serializers.IntegerField(source="bill_id", allow_null=True)
    bill_number = serializers.CharField()
    amount = YuanField(source="amount_fen")
    unpaid = YuanField(source="unpaid_fen")
    late_fee = YuanField(source="late_fee_fen")


class Owed(serializers.Serializer[Any]):
    """Sums. `overdue` is principal past due, for `months` months since `oldest_due_on`."""

    principal = YuanField(source="principal_fen")
    late_fee = YuanField(source="late_fee_fen")
    total = YuanField(source="total_fen")
    overdue = YuanField(source="overdue_fen")
    oldest_due_on = serializers.DateField(allow_null=True)
    months = serializers.IntegerField()


class AccountQuery(serializers.Serializer[Any]):
    """Filters of the accounts; at least one."""

    unit = serializers.IntegerField(min_value=1, required=False)
    party = serializers.IntegerField(min_value=1, required=False)
    community = serializers.IntegerField(min_value=1, required=False)


class Account(serializers.Serializer[Any]):
    """One unit and one liable party."""

    id = serializers.IntegerField(source="account_id")
    community = serializers.IntegerField(source="community_id")
    unit = serializers.IntegerField(source="unit_id")
    unit_code = serializers.CharField()
    party = serializers.IntegerField(source="party_id")
    party_name = serializers.CharField()
    opened_on = serializers.DateField()
    closed_on = serializers.DateField(allow_null=True)


class AccountOwed(serializers.Serializer[Any]):
    """An account, what it owes, and its open charges oldest due first."""

    account = serializers.IntegerField(source="card.account_id")
    community = serializers.IntegerField(source="card.community_id")
    unit = serializers.IntegerField(source="card.unit_id")
    unit_code = serializers.CharField(source="card.unit_code")
    party = serializers.IntegerField(source="card.party_id")
    party_name = serializers.CharField(source="card.party_name")
    as_of = serializers.DateField()
    owed = Owed()
    court_safe_late_fee = YuanField(source="court_safe_fen")
    charges = OpenCharge(many=True)


class StatementLine(serializers.Serializer[Any]):
    """One charge of a statement."""

    charge = serializers.IntegerField(source="charge_id")
    bill = serializers.IntegerField(source="bill_id", allow_null=True)
    bill_number = serializers.CharField()
    kind = serializers.ChoiceField(KINDS)
    fee_item = serializers.CharField()
    period = PeriodPart()
    due_on = serializers.DateField()
    amount = YuanField(source="amount_fen")
    paid = YuanField(source="settled_fen")
    unpaid = YuanField(source="unpaid_fen")
    late_fee = YuanField(source="late_fee_fen")
    court_safe_late_fee = YuanField(source="court_safe_fen")
    days_late = serializers.IntegerField()


class AccountStatement(serializers.Serializer[Any]):
    """One account of a unit: open charges oldest first, settled ones newest first."""

    account = serializers.IntegerField(source="account_id")
    party = serializers.IntegerField(source="party_id")
    party_name = serializers.CharField()
    is_current = serializers.BooleanField()
    joint_debtors = serializers.ListField(
        source="joint", child=serializers.CharField(), help_text="Who is liable with the debtor"
    )
    owed = Owed()
    court_safe_late_fee = YuanField(source="court_safe_fen")
    open = StatementLine(many=True)
    settled = StatementLine(many=True)


class Statement(serializers.Serializer[Any]):
    """A unit's debts by who owes them."""

    unit = serializers.IntegerField(source="unit_id")
    as_of = serializers.DateField()
    owed = Owed()
    court_safe_late_fee = YuanField(source="court_safe_fen")
    accounts = AccountStatement(many=True)
