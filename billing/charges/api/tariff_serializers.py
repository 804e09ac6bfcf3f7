"""What the doors of tariffs hear and say. Money is yuan with two decimals, rates decimal text."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from tenancy.kernel.fields import DayField, YuanField
from values.fen import ZERO


class FeeItem(serializers.Serializer[Any]):
    """收费项目."""

    id = serializers.IntegerField(source="fee_item_id")
    code = serializers.CharField()
    name = serializers.CharField()
    revenue = serializers.ChoiceField(("own_income", "common_income", "pass_through", "deposit"))
    bears_late_fee = serializers.BooleanField()
    in_arrears = serializers.BooleanField()


class Version(serializers.Serializer[Any]):
    """A price from a day on."""

    id = serializers.IntegerField(source="version_id")
    from_on = serializers.DateField()
    rate = serializers.CharField()
    surcharge = YuanField(source="surcharge_fen")
    approval_reference = serializers.CharField()
    is_current = serializers.BooleanField()


class Tariff(serializers.Serializer[Any]):
    """收费标准 with its versions, the newest first."""

    id = serializers.IntegerField(source="tariff_id")
    community = serializers.IntegerField(source="community_id")
    fee_item = serializers.IntegerField(source="fee_item_id")
    fee_item_name = serializers.CharField(source="fee_item")
    name = serializers.CharField()
    basis = serializers.ChoiceField(("AREA", "FIXED"))
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


class NewTariff(NewVersion):
    """A new tariff with its first price."""

    community = serializers.IntegerField(min_value=1)
    fee_item = serializers.IntegerField(min_value=1)
    name = serializers.CharField(max_length=60)
    basis = serializers.ChoiceField(("AREA", "FIXED"))
    rounding = serializers.ChoiceField(("PER_MONTH", "PER_BILL"), required=False, default="PER_MONTH")
    cycle_months = serializers.ChoiceField((1, 2, 3, 6, 12), required=False, default=1)
