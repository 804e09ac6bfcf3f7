"""What the doors of contracts and subscriptions hear and say. Rates are a day's fraction: 0.0003."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from billing.charges.rules.agreement import Agreement
from tenancy.kernel.fields import DayField

_KINDS = ("PRELIMINARY", "ORDINARY")


class Contract(serializers.Serializer[Any]):
    """The contract of a community. `late_fee_rate` null: none agreed; `end_on` exclusive, null: open."""

    id = serializers.IntegerField(source="contract_id")
    community = serializers.IntegerField(source="community_id")
    kind = serializers.ChoiceField(_KINDS)
    name = serializers.CharField()
    number = serializers.CharField()
    start_on = serializers.DateField()
    end_on = serializers.DateField(allow_null=True)
    late_fee_rate = serializers.DecimalField(max_digits=10, decimal_places=8, allow_null=True)
    late_fee_text = serializers.CharField(help_text="As documents print it: 0.03%（万分之三）")
    late_fee_clause = serializers.CharField()
    late_fee_cap_ratio = serializers.DecimalField(max_digits=5, decimal_places=2)
    late_fee_grace_days = serializers.IntegerField()
    principal_first = serializers.BooleanField()
    issue_day = serializers.IntegerField()
    due_day = serializers.IntegerField(allow_null=True)
    payee_name = serializers.CharField()
    payee_bank = serializers.CharField()
    payee_account = serializers.CharField(source="account_shown", help_text="Masked: the last four digits")


class Terms(serializers.Serializer[Any]):
    """A contract's terms. `late_fee_rate`: a day's fraction, null where the contract agrees none."""

    kind = serializers.ChoiceField(_KINDS, required=False, default="PRELIMINARY")
    name = serializers.CharField(max_length=120)
    number = serializers.CharField(max_length=60, required=False, allow_blank=True, default="")
    start_on = serializers.DateField()
    end_on = serializers.DateField(
        required=False, allow_null=True, default=None, help_text="The first day it holds no more; null: open"
    )
    late_fee_rate = serializers.DecimalField(
        max_digits=10, decimal_places=8, required=False, allow_null=True, default=None
    )
    late_fee_clause = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")
    late_fee_cap_ratio = serializers.DecimalField(
        max_digits=5, decimal_places=2, required=False, default=Decimal(1)
    )
    late_fee_grace_days = serializers.IntegerField(required=False, default=0)
    principal_first = serializers.BooleanField(required=False, default=False)
    issue_day = serializers.IntegerField(required=False, default=5)
    due_day = serializers.IntegerField(required=False, allow_null=True, default=None)
    payee_name = serializers.CharField(max_length=120)
    payee_bank = serializers.CharField(max_length=120)
    payee_account = serializers.CharField(max_length=40)

    def terms(self) -> Agreement:
        """As the services take them."""
        names = Agreement.__dataclass_fields__
        return Agreement(**{name: value for name, value in self.validated_data.items() if name in names})


class NewContract(Terms):
    """The contract of a community that has none on these days."""

    community = serializers.IntegerField(min_value=1)


class NextContract(Terms):
    """Terms from `start_on` on; an account left out is taken over."""

    payee_account = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")


class ChangedContract(Terms):
    """Only what is sent is changed."""


class NewFeeItem(serializers.Serializer[Any]):
    """A new fee. Money that is only passed through never bears a late fee."""

    code = serializers.RegexField(r"^[a-z][a-z0-9_]*$", max_length=20)
    name = serializers.CharField(max_length=40)
    revenue = serializers.ChoiceField(
        ("own_income", "common_income", "pass_through", "deposit"), required=False, default="own_income"
    )
    bears_late_fee = serializers.BooleanField(required=False, default=True)
    in_arrears = serializers.BooleanField(required=False, default=False)


class Subscription(serializers.Serializer[Any]):
    """A unit on a tariff. `end_on` exclusive, null: open."""

    id = serializers.IntegerField(source="subscription_id")
    tariff = serializers.IntegerField(source="tariff_id")
    unit = serializers.IntegerField(source="unit_id")
    unit_code = serializers.CharField()
    start_on = serializers.DateField()
    end_on = serializers.DateField(allow_null=True)


class Subscribe(serializers.Serializer[Any]):
    """All units of a `kind`, or the rooms in `units`, pay the tariff from a day on."""

    kind = serializers.ChoiceField(("ROOM", "SHOP", "BAY", "OTHER"), required=False)
    units = serializers.ListField(
        child=serializers.CharField(max_length=40), required=False, default=list, max_length=2000
    )
    from_on = DayField()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Either the one or the other."""
        if bool(attrs.get("kind")) == bool(attrs["units"]):
            raise serializers.ValidationError({"units": "Either a kind or units by name."})
        return attrs


class Subscribed(serializers.Serializer[Any]):
    """How many pay from the day on, and how many kept a tariff of this fee that they have."""

    added = serializers.IntegerField()
    kept = serializers.IntegerField()


class EndSubscription(serializers.Serializer[Any]):
    """The first day on which the unit pays no more."""

    end_on = DayField()
