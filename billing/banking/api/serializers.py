"""What banking's JSON doors read and write."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from billing.banking.rules.profiles import DELIMITERS, ENCODINGS
from tenancy.kernel.fields import YuanField

STATES = ("NEW", "PROPOSED", "MATCHED", "SUSPENSE", "SPLIT", "NOT_OURS")


class BankAccount(serializers.Serializer[Any]):
    """A receiving account; of its number only the end."""

    id = serializers.IntegerField(source="bank_account_id")
    community = serializers.IntegerField(source="community_id")
    community_name = serializers.CharField()
    name = serializers.CharField()
    bank = serializers.CharField()
    tail = serializers.CharField()
    profile = serializers.CharField(source="profile_code")
    read_up_to = serializers.DateField(source="last_on", allow_null=True)


class NewBankAccount(serializers.Serializer[Any]):
    """A bank account to set up."""

    community = serializers.IntegerField(min_value=1)
    name = serializers.CharField(max_length=120)
    bank = serializers.CharField(max_length=120)
    number = serializers.CharField(max_length=50)
    profile = serializers.CharField(max_length=20)


class StatementProfile(serializers.Serializer[Any]):
    """How a bank writes its statement: field -> the header names it may have."""

    code = serializers.SlugField(max_length=20)
    name = serializers.CharField(max_length=40)
    file_format = serializers.ChoiceField(["CSV", "XLSX"])
    encoding = serializers.ChoiceField(ENCODINGS, default="gb18030")
    delimiter = serializers.ChoiceField(DELIMITERS, default=",")
    date_format = serializers.CharField(max_length=20, default="%Y-%m-%d")
    columns = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField(max_length=60), max_length=10)
    )


class BankMade(serializers.Serializer[Any]):
    """What was made."""

    id = serializers.IntegerField()


class BankStatement(serializers.Serializer[Any]):
    """A statement that was read."""

    id = serializers.IntegerField(source="statement_id")
    bank_account = serializers.IntegerField(source="bank_account_id")
    file_name = serializers.CharField()
    first_on = serializers.DateField(allow_null=True)
    last_on = serializers.DateField(allow_null=True)
    lines = serializers.IntegerField()
    known = serializers.IntegerField()
    amount = YuanField(source="amount_fen")
    imported_at = serializers.DateTimeField()


class NewBankStatement(serializers.Serializer[Any]):
    """A statement's file and the account it speaks of."""

    bank_account = serializers.IntegerField(min_value=1)
    file = serializers.FileField()


class StatementSent(serializers.Serializer[Any]):
    """The job that reads it. Its result: `statement_id`, counts, or `lines_wrong` beside the error."""

    job = serializers.IntegerField()


class BankLineFilter(serializers.Serializer[Any]):
    """Which transfers; WAITING stands for all that a person must decide."""

    state = serializers.ChoiceField([*STATES, "WAITING"], required=False)
    bank_account = serializers.IntegerField(required=False, min_value=1)
    statement = serializers.IntegerField(required=False, min_value=1)
    from_on = serializers.DateField(required=False)
    to_on = serializers.DateField(required=False)
    words = serializers.CharField(required=False, max_length=80)


class BankLine(serializers.Serializer[Any]):
    """A transfer that came in."""

    id = serializers.IntegerField(source="line_id")
    on = serializers.DateField()
    amount = YuanField(source="amount_fen")
    payer_name = serializers.CharField()
    payer_tail = serializers.CharField()
    serial = serializers.CharField()
    remark = serializers.CharField()
    state = serializers.ChoiceField(STATES)
    account = serializers.IntegerField(source="account_id", allow_null=True)
    unit_code = serializers.CharField()
    party_name = serializers.CharField()
    score = serializers.IntegerField()
    reasons = serializers.ListField(child=serializers.CharField())
    payment = serializers.IntegerField(source="payment_id", allow_null=True)
    note = serializers.CharField()
    split_of = serializers.IntegerField(
        source="split_of_id", allow_null=True, help_text="Part of this transfer"
    )


class BankChoice(serializers.Serializer[Any]):
    """An account that may be meant."""

    account = serializers.IntegerField(source="account_id")
    unit_code = serializers.CharField()
    party_name = serializers.CharField()
    owed = YuanField(source="owed_fen")
    score = serializers.IntegerField()
    reasons = serializers.ListField(child=serializers.CharField())


class BankLineDetail(BankLine):
    """A transfer and who may be meant by it."""

    choices = BankChoice(many=True)


class BankDecision(serializers.Serializer[Any]):
    """`confirm` books it on `account`, or on the one proposed; the others need a reason."""

    decision = serializers.ChoiceField(["confirm", "keep", "not_ours"])
    account = serializers.IntegerField(required=False, min_value=1, default=None, allow_null=True)
    reason = serializers.CharField(required=False, max_length=200, default="", allow_blank=True)


class BankPart(serializers.Serializer[Any]):
    """What of a transfer is for an account."""

    account = serializers.IntegerField(min_value=1)
    amount = YuanField()


class BankSplit(serializers.Serializer[Any]):
    """The parts of a transfer; what they leave stays in suspense."""

    parts = serializers.ListField(child=BankPart(), min_length=1, max_length=200)


class BankConfirm(serializers.Serializer[Any]):
    """Proposals to book, all or none."""

    lines = serializers.ListField(child=serializers.IntegerField(min_value=1), min_length=1, max_length=5000)


class BankConfirmed(serializers.Serializer[Any]):
    """What was booked."""

    lines = serializers.IntegerField()
    amount = YuanField(source="amount_fen")


class BankStateSum(serializers.Serializer[Any]):
    """How many transfers are in a state, and how much money. SUSPENSE is the suspense account."""

    state = serializers.ChoiceField(STATES)
    lines = serializers.IntegerField()
    amount = YuanField(source="amount_fen")
