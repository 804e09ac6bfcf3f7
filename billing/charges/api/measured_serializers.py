"""What the doors of meters, readings and common costs hear and say. Dials are decimal text, money yuan."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from billing.charges.rules.metered import to_milli, units_text
from billing.charges.rules.pools import Method
from tenancy.kernel.fields import DayField, YuanField
from values.fen import ZERO

METHODS = tuple(method.value for method in Method)
STATES = ("ENTERED", "PENDING", "APPROVED", "REJECTED", "WITHDRAWN")


class DialField(serializers.DecimalField):
    """What a dial shows, with at most three decimals; thousandths inside."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=12, decimal_places=3, min_value=Decimal(0), **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        return to_milli(super().to_internal_value(data))

    def to_representation(self, value: Any) -> str:
        return units_text(value)


class MeterQuery(serializers.Serializer[Any]):
    """What the list of meters is narrowed to."""

    community = serializers.IntegerField(min_value=1, required=False)
    fee_item = serializers.IntegerField(min_value=1, required=False)
    unit = serializers.IntegerField(min_value=1, required=False)
    removed = serializers.BooleanField(required=False, default=False)


class Meter(serializers.Serializer[Any]):
    """A meter with its newest reading."""

    id = serializers.IntegerField(source="meter_id")
    unit = serializers.IntegerField(source="unit_id")
    unit_code = serializers.CharField()
    fee_item = serializers.IntegerField(source="fee_item_id")
    fee_item_name = serializers.CharField(source="fee_item")
    serial = serializers.CharField()
    place = serializers.CharField()
    digits = serializers.IntegerField()
    multiplier = serializers.IntegerField()
    people = serializers.IntegerField()
    installed_on = serializers.DateField()
    removed_on = serializers.DateField(allow_null=True)
    read_on = serializers.DateField(allow_null=True)
    value = serializers.CharField()
    kind = serializers.CharField()


class Reading(serializers.Serializer[Any]):
    """One reading; `is_stale`: corrected since."""

    id = serializers.IntegerField(source="reading_id")
    read_on = serializers.DateField()
    value = serializers.CharField()
    kind = serializers.ChoiceField(("READ", "ESTIMATED", "START", "END"))
    usage = serializers.CharField()
    reason = serializers.CharField()
    by = serializers.CharField()
    is_stale = serializers.BooleanField()
    is_billed = serializers.BooleanField()


class MeterCard(serializers.Serializer[Any]):
    """A meter with all its readings, the newest first."""

    meter = Meter()
    community = serializers.IntegerField(source="community_id")
    readings = Reading(many=True)


class Dial(serializers.Serializer[Any]):
    """A meter as it is put in."""

    serial = serializers.CharField(max_length=40)
    start = DialField(required=False, default=0)
    digits = serializers.IntegerField(min_value=3, max_value=9, required=False, default=5)
    multiplier = serializers.IntegerField(min_value=1, max_value=100_000, required=False, default=1)
    people = serializers.IntegerField(min_value=0, max_value=99, required=False, default=0)
    place = serializers.CharField(max_length=60, required=False, allow_blank=True, default="")


class NewMeter(Dial):
    """A new meter of a unit."""

    unit = serializers.IntegerField(min_value=1)
    fee_item = serializers.IntegerField(min_value=1)
    installed_on = DayField()


class TakeOut(serializers.Serializer[Any]):
    """A meter's last reading; with `new` another one comes in its place."""

    on = DayField()
    end = DialField()
    new = Dial(required=False, allow_null=True, default=None)


class NewReading(serializers.Serializer[Any]):
    """A value of a day. `is_sure`: taken though the usage looks wrong."""

    meter = serializers.IntegerField(min_value=1)
    read_on = DayField()
    value = DialField()
    is_estimated = serializers.BooleanField(required=False, default=False)
    is_sure = serializers.BooleanField(required=False, default=False)


class NewReadings(serializers.Serializer[Any]):
    """Many at once; each is taken or refused by itself."""

    readings = serializers.ListField(child=NewReading(), allow_empty=False, max_length=5000)


class NotTaken(serializers.Serializer[Any]):
    """A reading that was not taken. `may_insist`: with `is_sure` it would be."""

    meter = serializers.IntegerField()
    read_on = serializers.DateField()
    code = serializers.CharField()
    params = serializers.DictField()
    may_insist = serializers.BooleanField()


class Entered(serializers.Serializer[Any]):
    """How many were taken, and which were not."""

    taken = serializers.IntegerField()
    refused = NotTaken(many=True)


class Correction(serializers.Serializer[Any]):
    """Another value in a reading's place."""

    value = DialField()
    reason = serializers.CharField(max_length=200)


class Corrected(serializers.Serializer[Any]):
    """The row that now counts."""

    reading = serializers.IntegerField()


class Band(serializers.Serializer[Any]):
    """The coefficient of floors; `to_floor` null: and all above."""

    from_floor = serializers.IntegerField()
    to_floor = serializers.IntegerField(allow_null=True)
    coefficient = DialField(source="milli")


class PoolQuery(serializers.Serializer[Any]):
    """Whose common costs."""

    community = serializers.IntegerField(min_value=1, required=False)


class Pool(serializers.Serializer[Any]):
    """A common cost."""

    id = serializers.IntegerField(source="pool_id")
    community = serializers.IntegerField(source="community_id")
    building = serializers.IntegerField(source="building_id", allow_null=True)
    fee_item = serializers.IntegerField(source="fee_item_id")
    name = serializers.CharField()
    period = serializers.CharField()
    amount = YuanField(source="amount_fen")
    usage = serializers.CharField()
    price = serializers.CharField()
    measure = serializers.CharField()
    method = serializers.ChoiceField(METHODS)
    kinds = serializers.ListField(child=serializers.CharField())
    excluded = serializers.ListField(child=serializers.CharField())
    floors = Band(many=True)
    document = serializers.CharField()
    state = serializers.ChoiceField(STATES)
    units = serializers.IntegerField()


class PoolCard(Pool):
    """The same with how many charges stand on it."""

    billed = serializers.IntegerField()


class PoolShare(serializers.Serializer[Any]):
    """A unit's share: no names."""

    unit_code = serializers.CharField()
    weight = serializers.CharField()
    amount = YuanField(source="amount_fen")


class NewPool(serializers.Serializer[Any]):
    """A common cost: a sum, or a usage and its price. `last_on` is its last day."""

    community = serializers.IntegerField(min_value=1)
    building = serializers.IntegerField(min_value=1, required=False, allow_null=True, default=None)
    fee_item = serializers.IntegerField(min_value=1)
    name = serializers.CharField(max_length=60)
    from_on = DayField()
    last_on = DayField()
    amount = YuanField(required=False, default=ZERO)
    usage = DialField(required=False, allow_null=True, default=None)
    price = serializers.DecimalField(
        max_digits=12, decimal_places=6, min_value=Decimal(0), required=False, allow_null=True, default=None
    )
    measure = serializers.CharField(max_length=8, required=False, allow_blank=True, default="")
    method = serializers.ChoiceField(METHODS)
    kinds = serializers.ListField(
        child=serializers.ChoiceField(("ROOM", "SHOP", "BAY", "OTHER")),
        required=False,
        default=["ROOM", "SHOP"],
    )
    excluded = serializers.ListField(child=serializers.CharField(max_length=40), required=False, default=list)
    floors = Band(many=True, required=False, default=list)
    document = serializers.CharField(max_length=120)


class Reason(serializers.Serializer[Any]):
    """Why something is taken back."""

    reason = serializers.CharField(max_length=200)


class ShareAsked(serializers.Serializer[Any]):
    """The request that waits for somebody else."""

    approval = serializers.IntegerField()


class Cancelled(serializers.Serializer[Any]):
    """How many bills were taken back."""

    bills = serializers.IntegerField()
