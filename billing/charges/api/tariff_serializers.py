"""What the doors of tariffs hear and say. Money is yuan with two decimals, rates decimal text."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from billing.charges.rules.metered import Span
from billing.charges.rules.metered import Steps as StepsRule
from billing.charges.rules.metered import Tier as TierRule
from billing.charges.rules.pricing import rate_text, to_micro
from tenancy.kernel.fields import DayField, YuanField
from values.fen import ZERO


@extend_schema_field({"type": "string", "example": "3.20"})
class MicroField(serializers.Field[int, str, str, Any]):
    """A price in yuan with at most six decimals; millionths inside."""

    default_error_messages = {"invalid": _("A price has at most six decimals.")}

    def to_internal_value(self, data: Any) -> int:
        try:
            micro = to_micro(Decimal(str(data)))
        except (InvalidOperation, ValueError):
            self.fail("invalid")
        if not 0 <= micro < 10**12:
            self.fail("invalid")
        return micro

    def to_representation(self, value: int) -> str:
        return rate_text(value)


class FeeItem(serializers.Serializer[Any]):
    """收费项目."""

    id = serializers.IntegerField(source="fee_item_id")
    code = serializers.CharField()
    name = serializers.CharField()
    revenue = serializers.ChoiceField(("own_income", "common_income", "pass_through", "deposit", "cost"))
    bears_late_fee = serializers.BooleanField()
    in_arrears = serializers.BooleanField()


class Tier(serializers.Serializer[Any]):
    """Up to which usage (null: no end) at which price."""

    up_to = serializers.DecimalField(max_digits=12, decimal_places=3, allow_null=True, min_value=Decimal(0))
    rate = MicroField(source="rate_micro")


class Steps(serializers.Serializer[Any]):
    """Steps of a metered price; `extra` for every person beyond `people` (0: households do not count)."""

    tiers = Tier(many=True)
    span = serializers.ChoiceField(("YEAR", "MONTH"), required=False, default="YEAR")
    people = serializers.IntegerField(min_value=0, max_value=20, required=False, default=0)
    extra = serializers.DecimalField(
        max_digits=9, decimal_places=3, min_value=Decimal(0), required=False, default=Decimal(0)
    )


class Version(serializers.Serializer[Any]):
    """A price from a day on."""

    id = serializers.IntegerField(source="version_id")
    from_on = serializers.DateField()
    rate = serializers.CharField()
    surcharge = YuanField(source="surcharge_fen")
    approval_reference = serializers.CharField()
    is_current = serializers.BooleanField()
    steps = Steps(allow_null=True)


class Tariff(serializers.Serializer[Any]):
    """收费标准 with its versions, the newest first."""

    id = serializers.IntegerField(source="tariff_id")
    community = serializers.IntegerField(source="community_id")
    fee_item = serializers.IntegerField(source="fee_item_id")
    fee_item_name = serializers.CharField(source="fee_item")
    name = serializers.CharField()
    basis = serializers.ChoiceField(("AREA", "FIXED", "METERED"))
    measure = serializers.CharField()
    rounding = serializers.ChoiceField(("PER_MONTH", "PER_BILL"))
    cycle_months = serializers.IntegerField()
    units = serializers.IntegerField()
    versions = Version(many=True)


class NewVersion(serializers.Serializer[Any]):
    """A new price. `rate` in yuan with at most six decimals."""

    from_on = DayField()
    rate = serializers.DecimalField(max_digits=14, decimal_places=6, min_value=Decimal(0))
    surcharge = YuanField(required=False, default=ZERO)
    approval_reference = serializers.CharField(max_length=120, required=False, allow_blank=True, default="")
    steps = Steps(required=False, allow_null=True, default=None)


class NewTariff(NewVersion):
    """A new tariff with its first price."""

    community = serializers.IntegerField(min_value=1)
    fee_item = serializers.IntegerField(min_value=1)
    name = serializers.CharField(max_length=60)
    basis = serializers.ChoiceField(("AREA", "FIXED", "METERED"))
    measure = serializers.CharField(max_length=8, required=False, allow_blank=True, default="")
    rounding = serializers.ChoiceField(("PER_MONTH", "PER_BILL"), required=False, default="PER_MONTH")
    cycle_months = serializers.ChoiceField((1, 2, 3, 6, 12), required=False, default=1)


def steps_said(asked: dict[str, Any] | None) -> StepsRule | None:
    """Steps as the rules know them."""
    if not asked:
        return None
    tiers = tuple(TierRule(tier["up_to"], tier["rate_micro"]) for tier in asked["tiers"])
    return StepsRule(tiers, Span(asked["span"]), asked["people"], asked["extra"])
