"""What the API says about legal documents in the making; money is yuan text."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from arrears.legal.documents.page import Row
from arrears.legal.models import Draft
from arrears.legal.rules.pen import Kind
from arrears.legal.rules.ready import Unready
from tenancy.kernel.fields import YuanField
from tenancy.people.words import WORDS, sentence
from values.fen import yuan


class DraftRow(serializers.Serializer):
    """One document: what it is, how far it is, who wrote on it last."""

    draft = serializers.IntegerField(source="draft_id")
    case = serializers.IntegerField(source="case_id")
    unit_code = serializers.CharField()
    party_name = serializers.CharField()
    kind = serializers.CharField()
    state = serializers.CharField()
    opened_on = serializers.DateField()
    version = serializers.IntegerField()
    saved_at = serializers.DateTimeField(allow_null=True)
    saved_by = serializers.CharField()
    notice = serializers.IntegerField(source="notice_id", allow_null=True)
    number = serializers.CharField()


class FieldRow(serializers.Serializer):
    """A field of the paper. Values are text as they are written: yuan, ISO days, yes, no or empty.

    Personal numbers are masked; the PDF shows them, and who opens it is written down.
    """

    key = serializers.CharField(source="field.key")
    label = serializers.SerializerMethodField("label_text")  # type: ignore[assignment]
    about = serializers.CharField(source="field.about")
    kind = serializers.CharField(source="field.kind")
    value = serializers.SerializerMethodField("value_text")
    data_say = serializers.SerializerMethodField(
        "data_text", help_text="What stands there unless a person writes over it"
    )
    source = serializers.CharField(source="field.source")  # type: ignore[assignment]
    edited = serializers.BooleanField(source="field.edited")
    edited_by = serializers.CharField(source="change.by", default=None, allow_null=True)
    required = serializers.BooleanField(source="field.required")  # type: ignore[assignment]
    missing = serializers.BooleanField(source="field.missing")
    choices = serializers.ListField(source="field.choices", child=serializers.CharField())

    def label_text(self, row: Row) -> str:
        """Its name in the language of the request."""
        return str(WORDS.get(row.word, row.field.name))

    def value_text(self, row: Row) -> str:
        """As it would be written."""
        return _text(row.shown, row.field.kind)

    def data_text(self, row: Row) -> str:
        """As the data have it."""
        return _text(row.data_say, row.field.kind)


class Section(serializers.Serializer):
    """A part of the paper; `lacks` says what of an item of evidence must still be fetched."""

    code = serializers.CharField()
    about = serializers.CharField()
    lacks = serializers.SerializerMethodField()
    fields = FieldRow(source="rows", many=True)  # type: ignore[assignment]

    def get_lacks(self, section: Any) -> str:
        """In words; empty when nothing is missing."""
        return str(WORDS[section.lacks]) if section.lacks else ""


class Obstacle(serializers.Serializer):
    """What stands in the way of finishing."""

    code = serializers.CharField(source="because.code")
    field = serializers.CharField()
    why = serializers.SerializerMethodField()

    @extend_schema_field(serializers.CharField())
    def get_why(self, row: Unready) -> str:
        """In words."""
        return sentence(row.because)


class VersionRow(serializers.Serializer):
    """One save."""

    number = serializers.IntegerField()
    at = serializers.DateTimeField()
    by = serializers.CharField(allow_null=True)
    note = serializers.CharField()
    changed = serializers.ListField(child=serializers.CharField())
    notice = serializers.IntegerField(source="notice_id", allow_null=True)


class DraftPage(serializers.Serializer):
    """A document with its fields; those of a finished one are in its PDF."""

    draft = serializers.IntegerField(source="draft_id")
    case = serializers.IntegerField(source="case.case_id")
    kind = serializers.CharField()
    state = serializers.CharField()
    as_of = serializers.DateField()
    version = serializers.IntegerField()
    principal = YuanField(source="principal_fen")
    late_fee = YuanField(source="late_fee_fen")
    costs = YuanField(source="costs_fen")
    claim = YuanField(source="total_fen")
    late_fee_agreed = YuanField(source="agreed_late_fee_fen")
    late_fee_court_safe = YuanField(source="safe_late_fee_fen")
    notice = serializers.IntegerField(source="notice_id", allow_null=True)
    number = serializers.CharField()
    may_reopen = serializers.BooleanField()
    sections = Section(many=True)
    unready = Obstacle(many=True)
    versions = VersionRow(many=True)


class Begin(serializers.Serializer):
    """Which document."""

    kind = serializers.ChoiceField(Draft.Kind.values)


class Seen(serializers.Serializer):
    """The version that was before the eyes of who acts."""

    version = serializers.IntegerField(min_value=0, max_value=32_000)


class Finish(Seen):
    """`goes_on`: with the checks unconfirmed that a first refusal names."""

    goes_on = serializers.BooleanField(default=False)


class Save(Seen):
    """Fields by key, as text; those that are not named stay as they are."""

    fields = serializers.DictField(  # type: ignore[assignment]
        child=serializers.CharField(allow_blank=True, max_length=2_000)
    )
    note = serializers.CharField(required=False, allow_blank=True, max_length=200, default="")


class DraftMade(serializers.Serializer):
    """The document."""

    draft = serializers.IntegerField()


class Finished(serializers.Serializer):
    """The paper that is printed, carried or filed."""

    notice = serializers.IntegerField()


class AskedFees(serializers.Serializer):
    """A claim, the days of late performance, the place."""

    claim = YuanField()
    days = serializers.IntegerField(required=False, min_value=0, max_value=3_660, default=0)
    community = serializers.IntegerField(required=False, allow_null=True, default=None, max_value=2**63 - 1)

    def validate_claim(self, fen: int) -> int:
        """A claim that can be one."""
        if not 0 < fen <= 10**12:
            raise serializers.ValidationError("out of range")
        return fen


class Fees(serializers.Serializer):
    """Estimates; courts may round. `small_claim`: APPLIES, BY_AGREEMENT, NO, or null without a wage."""

    claim = YuanField(source="claim_fen")
    acceptance = YuanField(source="fees.acceptance_fen")
    summary = YuanField(source="fees.summary_fen", help_text="Summary suit, mediation or withdrawal: half")
    payment_order = YuanField(source="fees.payment_order_fen")
    enforcement = YuanField(source="fees.enforcement_fen")
    days = serializers.IntegerField()
    doubled_interest = YuanField(source="interest_fen")
    average_wage = YuanField(source="average_wage_fen", allow_null=True)
    small_claim = serializers.CharField(allow_null=True)


def _text(value: Any, kind: Kind) -> str:
    if kind is Kind.MONEY:
        return yuan(value)
    if kind is Kind.YES:
        return {True: "yes", False: "no"}.get(value, "")
    return value.isoformat() if kind is Kind.DAY and value is not None else str(value or "")
