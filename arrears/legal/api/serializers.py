"""What the API says about court papers; money is yuan text."""

from __future__ import annotations

from rest_framework import serializers

from tenancy.kernel.fields import YuanField


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
    claim = YuanField(source="claim_fen")
    fee = YuanField(source="fee_fen")


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
    claim = YuanField(source="claim_fen")
    fee = YuanField(source="fee_fen")
    notice = serializers.IntegerField(source="notice_id", allow_null=True)
    by = serializers.CharField(allow_null=True)
    at = serializers.DateTimeField()


class MarkFiled(serializers.Serializer):
    """Which court, when, under which reference."""

    court = serializers.CharField(max_length=80)
    filed_on = serializers.DateField()
    court_reference = serializers.CharField(required=False, allow_blank=True, max_length=60, default="")


class Filed(serializers.Serializer):
    """The filing."""

    filing = serializers.IntegerField()
