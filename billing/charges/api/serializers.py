"""What the doors of charges hear and say. Money is yuan with two decimals, rates decimal text."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from billing.charges.queries.bills import STATES
from tenancy.kernel.fields import DayField, YuanField
from values.because import Because
from values.period import Period

KINDS = ("PERIODIC", "OPENING", "COST")


@extend_schema_field({"type": "string", "pattern": r"^\d{4}-\d{2}$", "example": "2026-01"})
class MonthField(serializers.Field[Period, str, str, Any]):
    """A calendar month as 2026-01."""

    default_error_messages = {"invalid": _("Write a month as 2026-01.")}

    def to_internal_value(self, data: Any) -> Period:
        try:
            return Period.month(*(int(part) for part in str(data).split("-")))
        except (ValueError, TypeError):
            self.fail("invalid")

    def to_representation(self, value: Period) -> str:
        return f"{value.start:%Y-%m}"


class PeriodPart(serializers.Serializer[Any]):
    """Days from `start` up to but without `end`."""

    start = serializers.DateField()
    end = serializers.DateField()
    text = serializers.CharField(source="label", help_text="2026年1月")


class Reason(serializers.Serializer[Any]):
    """A stable code with its parameters."""

    code = serializers.CharField()
    params = serializers.DictField()


class AskRun(serializers.Serializer[Any]):
    """A community and a month; `issued_on` is the day on the bills (today without it)."""

    community = serializers.IntegerField(min_value=1)
    month = MonthField(help_text="2026-01")
    issued_on = DayField(required=False)


class ItemTotal(serializers.Serializer[Any]):
    """A fee item in the run, and in the period before it."""

    fee_item = serializers.CharField()
    charges = serializers.IntegerField()
    amount = YuanField(source="amount_fen")
    before = YuanField(source="before_fen")
    difference = YuanField(source="difference_fen")


class Skipped(serializers.Serializer[Any]):
    """A unit left out."""

    unit = serializers.CharField(source="unit_code")
    code = serializers.CharField()
    fee_item = serializers.CharField()


class Change(serializers.Serializer[Any]):
    """A unit that pays another amount than before, and why."""

    unit = serializers.CharField(source="unit_code")
    before = YuanField(source="before_fen")
    amount = YuanField(source="amount_fen")
    difference = YuanField(source="difference_fen")
    reasons = serializers.ListField(child=serializers.CharField())


@extend_schema_serializer(component_name="BillRunPreview")
class Preview(serializers.Serializer[Any]):
    """What an issue would make. `skipped` and `changes` hold the first; `reasons` counts all."""

    community = serializers.IntegerField(source="community_id")
    period = PeriodPart()
    issued_on = serializers.DateField()
    units = serializers.IntegerField()
    bills = serializers.IntegerField()
    charges = serializers.IntegerField()
    total = YuanField(source="total_fen")
    before = YuanField(source="before_fen")
    difference = YuanField(source="difference_fen")
    due_days = serializers.ListField(child=serializers.DateField())
    items = ItemTotal(many=True)
    reasons = serializers.DictField(child=serializers.IntegerField())
    skipped = Skipped(many=True)
    issued = YuanField(source="issued_fen", help_text="Billed for the month already; 0 in the first month")
    changes = Change(many=True)
    changed = serializers.IntegerField()
    change_reasons = serializers.DictField(child=serializers.IntegerField())
    warnings = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ListField(child=serializers.DictField()))
    def get_warnings(self, preview: Any) -> list[dict[str, object]]:
        warnings: tuple[Because, ...] = preview.warnings
        return [warning.as_json() for warning in warnings]


class Started(serializers.Serializer[Any]):
    """The job to watch."""

    job = serializers.IntegerField(source="job_id")


class Run(serializers.Serializer[Any]):
    """One issue. `skipped`: reason code to how many."""

    id = serializers.IntegerField(source="run_id")
    community = serializers.IntegerField(source="community_id")
    period = PeriodPart()
    issued_on = serializers.DateField()
    bills = serializers.IntegerField()
    amount = YuanField(source="amount_fen")
    skipped = serializers.DictField(child=serializers.IntegerField())
    started_by = serializers.CharField()
    created_at = serializers.DateTimeField()


class RunQuery(serializers.Serializer[Any]):
    """Filters of the runs."""

    community = serializers.IntegerField(min_value=1, required=False)


class BillQuery(serializers.Serializer[Any]):
    """Filters of the bills; `text` is a number or a unit's code."""

    community = serializers.IntegerField(min_value=1, required=False)
    month = MonthField(required=False, help_text="2026-01: bills that cover a day of it")
    state = serializers.ChoiceField(STATES, required=False)
    q = serializers.CharField(max_length=60, required=False)
    run = serializers.IntegerField(min_value=1, required=False)
    account = serializers.IntegerField(min_value=1, required=False)
    unit = serializers.IntegerField(min_value=1, required=False)


class Bill(serializers.Serializer[Any]):
    """A bill. `unpaid` is principal only."""

    id = serializers.IntegerField(source="bill_id")
    number = serializers.CharField()
    community = serializers.IntegerField(source="community_id")
    account = serializers.IntegerField(source="account_id")
    unit = serializers.IntegerField(source="unit_id")
    unit_code = serializers.CharField()
    party_name = serializers.CharField()
    kind = serializers.ChoiceField((*KINDS, "PREPAYMENT"))
    period = PeriodPart()
    issued_on = serializers.DateField()
    due_on = serializers.DateField()
    amount = YuanField(source="amount_fen")
    paid = YuanField(source="paid_fen")
    unpaid = YuanField(source="unpaid_fen")
    state = serializers.ChoiceField(STATES)
    delivered_on = serializers.DateField(allow_null=True)
    voided_on = serializers.DateField(allow_null=True)
    void_reason = serializers.CharField()


class WhyLine(serializers.Serializer[Any]):
    """A month of a charge: area x rate + surcharge, by days where it is a part."""

    month = serializers.CharField()
    days = serializers.IntegerField()
    days_in_month = serializers.IntegerField()
    basis = serializers.ChoiceField(("AREA", "FIXED", "METERED"))
    area_m2 = serializers.CharField(allow_null=True)
    rate = serializers.CharField()
    surcharge = serializers.CharField()
    quantity = serializers.CharField()
    amount = YuanField(source="amount_fen")


class WhyReading(serializers.Serializer[Any]):
    """What a meter counted between two readings."""

    meter = serializers.IntegerField(source="meter_id")
    serial = serializers.CharField()
    from_on = serializers.DateField()
    before = serializers.CharField()
    to_on = serializers.DateField()
    now = serializers.CharField()
    usage = serializers.CharField()
    kind = serializers.ChoiceField(("READ", "ESTIMATED", "START", "END"))


class WhyPool(serializers.Serializer[Any]):
    """The common cost that a charge is a share of."""

    pool = serializers.IntegerField(source="pool_id")
    amount = YuanField(source="amount_fen")
    method = serializers.ChoiceField(("AREA", "HOUSEHOLD", "COEFFICIENT"))
    weight = serializers.CharField()
    weight_sum = serializers.CharField()
    share = YuanField(source="share_fen")
    days = serializers.IntegerField()
    days_in_period = serializers.IntegerField()


class LateFeeLine(serializers.Serializer[Any]):
    """A stretch of days: unpaid x rate x days; `exact` is not yet rounded."""

    first_on = serializers.DateField()
    last_on = serializers.DateField()
    unpaid = YuanField(source="unpaid_fen")
    days = serializers.IntegerField()
    free_days = serializers.IntegerField()
    exact = serializers.CharField(source="exact_yuan")


class Movement(serializers.Serializer[Any]):
    """What was paid towards a charge, by value date."""

    on = serializers.DateField()
    principal = YuanField(source="principal_fen")
    late_fee = YuanField(source="late_fee_fen")
    is_waived = serializers.BooleanField(help_text="Let off, not paid")


class CourtComparison(serializers.Serializer[Any]):
    """A late fee beside what courts grant: LPR x k x unpaid x days / 365. Null while none has run."""

    safe = YuanField(source="safe_fen", help_text="Of what is still owed")
    whole = YuanField(source="whole_fen", help_text="Of all that has run")
    four_lpr = YuanField(source="four_lpr_fen", help_text="Four times LPR, an outer comparison")
    quarter = YuanField(source="quarter_fen", help_text="24 % a year, an outer comparison")
    flagged = serializers.BooleanField(help_text="The contract's late fee exceeds an outer comparison")
    lpr = serializers.DecimalField(max_digits=6, decimal_places=4)
    k = serializers.DecimalField(max_digits=4, decimal_places=2)


class Charge(serializers.Serializer[Any]):
    """A charge with its calculation. `late_fee` is what is outstanding of it as of `as_of`."""

    id = serializers.IntegerField(source="charge_id")
    account = serializers.IntegerField(source="account_id")
    unit = serializers.IntegerField(source="unit_id")
    unit_code = serializers.CharField()
    fee_item = serializers.CharField()
    kind = serializers.ChoiceField(KINDS)
    bill = serializers.IntegerField(source="bill_id", allow_null=True)
    bill_number = serializers.CharField()
    period = PeriodPart()
    issued_on = serializers.DateField()
    due_on = serializers.DateField()
    amount = YuanField(source="amount_fen")
    paid = YuanField(source="paid_fen")
    waived = YuanField(source="waived_fen")
    unpaid = YuanField(source="unpaid_fen")
    reversed_on = serializers.DateField(allow_null=True)
    tariff = serializers.CharField()
    rounding = serializers.CharField()
    lines = WhyLine(many=True)
    readings = WhyReading(many=True)
    pool = WhyPool(allow_null=True)
    as_of = serializers.DateField()
    late_fee_rate = serializers.CharField(help_text="Per day; empty where none is agreed")
    late_fee_lines = LateFeeLine(many=True)
    late_fee_total = YuanField(source="late_fee_total_fen")
    late_fee_paid = YuanField(source="late_fee_paid_fen")
    late_fee_waived = YuanField(source="late_fee_waived_fen")
    late_fee = YuanField(source="late_fee_fen")
    court = CourtComparison(allow_null=True)
    movements = Movement(many=True)


class BillDetail(serializers.Serializer[Any]):
    """A bill with the calculation of every charge."""

    bill = Bill()
    charges = Charge(many=True)
    late_fee = YuanField(source="late_fee_fen")
    court_safe_late_fee = YuanField(source="court_safe_fen")
    owed = YuanField(source="owed_fen")
    joint_debtors = serializers.ListField(
        source="joint", child=serializers.CharField(), help_text="Who is liable with the debtor"
    )


class VoidBill(serializers.Serializer[Any]):
    """Why a bill is taken back."""

    reason = serializers.CharField(max_length=200)
