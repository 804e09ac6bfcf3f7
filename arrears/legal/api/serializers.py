"""What the API says about court papers; money is yuan text."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from arrears.cases.queries import LeftOut as LeftOutRow
from arrears.legal.rules.results import Award, Days, ResultKind
from notices.services import Photo
from tenancy.kernel.fields import DayField, YuanField
from tenancy.people.words import sentence
from values.fen import Fen


class LeftOut(serializers.Serializer):
    """A late charge that is not claimed; `why` is a sentence in the language of the request."""

    charge = serializers.IntegerField(source="charge.charge_id")
    period = serializers.CharField(source="charge.period.label")
    principal = YuanField(source="charge.unpaid_fen")
    because = serializers.CharField(source="because.code")
    why = serializers.SerializerMethodField()

    def get_why(self, row: LeftOutRow) -> str:
        """The reason in words."""
        return sentence(row.because)


class Coverage(serializers.Serializer):
    """What is covered of all that is past due now, in principal, and what is left out."""

    covered = YuanField(source="covered_fen")
    left = YuanField(source="left_fen")
    left_out = LeftOut(many=True)


class Paper(serializers.Serializer):
    """A paper that waits to be filed; the fee is an estimate."""

    case = serializers.IntegerField(source="case.case_id")
    account = serializers.IntegerField(source="case.account_id")
    unit_code = serializers.CharField(source="case.unit_code")
    party_name = serializers.CharField(source="case.party_name")
    rung = serializers.CharField()
    event = serializers.CharField()
    since_on = serializers.DateField()
    notice = serializers.IntegerField(source="notice_id", allow_null=True)
    number = serializers.CharField()
    file_by = serializers.DateField(allow_null=True)
    principal = YuanField(source="principal_fen")
    late_fee = YuanField(source="late_fee_fen")
    costs = YuanField(source="costs_fen", help_text="Of the instrument, for an enforcement")
    claim = YuanField(source="claim_fen", help_text="What the paper asks for, as it was drawn up")
    fee = YuanField(source="fee_fen")
    owed = YuanField(source="owed_fen", help_text="What is owed of it today, the late fee going on")
    withdrawn = serializers.BooleanField(help_text="A payment made the paper untrue; it cannot be filed")
    court = serializers.CharField(help_text="Whom the paper names")
    days_over = serializers.IntegerField(help_text="Days since `file_by` passed, else 0")
    coverage = Coverage()


class FilingRow(serializers.Serializer):
    """A paper that was filed."""

    filing = serializers.IntegerField(source="filing_id")
    case = serializers.IntegerField(source="case_id")
    unit_code = serializers.CharField()
    party_name = serializers.CharField()
    kind = serializers.CharField()
    court = serializers.CharField()
    filed_on = serializers.DateField()
    court_reference = serializers.CharField()
    claim = YuanField(source="claim_fen", help_text="What the filed paper asks for")
    principal = YuanField(source="principal_fen", allow_null=True)
    late_fee = YuanField(source="late_fee_fen", allow_null=True)
    fee = YuanField(source="fee_fen")
    notice = serializers.IntegerField(source="notice_id", allow_null=True)
    by = serializers.CharField(allow_null=True)
    at = serializers.DateTimeField()


class MarkFiled(serializers.Serializer):
    """Which court, when, under which reference."""

    court = serializers.CharField(max_length=80)
    filed_on = DayField()
    court_reference = serializers.CharField(required=False, allow_blank=True, max_length=60, default="")


class Filed(serializers.Serializer):
    """The filing."""

    filing = serializers.IntegerField()


class ResultRow(serializers.Serializer):
    """What the court made of a filing; days and sums of an instrument only."""

    result = serializers.IntegerField(source="result_id")
    kind = serializers.CharField()
    court = serializers.CharField()
    case_number = serializers.CharField()
    served_on = serializers.DateField()
    effective_on = serializers.DateField(allow_null=True)
    perform_by = serializers.DateField(allow_null=True)
    principal = YuanField(source="award.principal_fen")
    late_fee = YuanField(source="award.late_fee_fen")
    costs = YuanField(source="award.costs_fen")
    note = serializers.CharField()
    file = serializers.IntegerField(source="file_id", allow_null=True)
    by = serializers.CharField(allow_null=True)
    at = serializers.DateTimeField()


class Deadline(serializers.Serializer):
    """A day that counts: ACCEPTANCE, ISSUE, CONVERSION, PERFORM or ENFORCEMENT; negative days are past."""

    code = serializers.CharField()
    last_on = serializers.DateField()
    days_left = serializers.IntegerField()


class Course(serializers.Serializer):
    """A filing with its results, the newest last, and the days that count now."""

    filing = FilingRow()
    results = ResultRow(many=True)
    deadlines = Deadline(many=True)
    may_follow = serializers.ListField(child=serializers.CharField())


class Instrument(serializers.Serializer):
    """What can be enforced; `unpaid` is principal, late fee and costs together."""

    result = serializers.IntegerField(source="result_id")
    kind = serializers.CharField()
    court = serializers.CharField()
    case_number = serializers.CharField()
    effective_on = serializers.DateField()
    perform_by = serializers.DateField()
    awarded = YuanField(source="award.total_fen")
    unpaid = YuanField(source="unpaid.total_fen")


class AtCourt(serializers.Serializer):
    """All that a case has before the courts, the newest filing first."""

    courses = Course(many=True)
    instrument = Instrument(allow_null=True)


class RecordResult(serializers.Serializer):
    """What the court made of a filing; an instrument has a number, days and sums."""

    kind = serializers.ChoiceField([kind.value for kind in ResultKind])
    court = serializers.CharField(max_length=80)
    case_number = serializers.CharField(required=False, allow_blank=True, max_length=60, default="")
    served_on = DayField()
    effective_on = DayField(required=False, allow_null=True, default=None)
    perform_by = DayField(required=False, allow_null=True, default=None)
    principal = YuanField(required=False, default=Fen(0))
    late_fee = YuanField(required=False, default=Fen(0))
    costs = YuanField(required=False, default=Fen(0))
    note = serializers.CharField(required=False, allow_blank=True, max_length=300, default="")
    file = serializers.FileField(required=False, default=None, help_text="PDF, JPEG or PNG, as multipart")

    def entry(self) -> dict[str, Any]:
        """As record_result takes it."""
        data, file = self.validated_data, self.validated_data["file"]
        return {
            "kind": data["kind"],
            "court": data["court"],
            "case_number": data["case_number"],
            "days": Days(data["served_on"], data["effective_on"], data["perform_by"]),
            "award": Award(data["principal"], data["late_fee"], data["costs"]),
            "note": data["note"],
            "file": Photo(file.name or "paper", file.read()) if file else None,
        }


class ResultRecorded(serializers.Serializer):
    """The result."""

    result = serializers.IntegerField()
