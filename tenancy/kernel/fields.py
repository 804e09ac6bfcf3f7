"""Serializer fields of the API: money is whole fen inside and a yuan text with two decimals outside."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from tenancy.kernel import clock
from values.fen import Fen, parse_yuan, yuan
from values.near import is_near

_YUAN = re.compile(r"-?[0-9]{1,13}(\.[0-9]{1,2})?")


class DayField(serializers.DateField):
    """A day that a person means: the year 9999 is a slip of the pen, and nothing can be counted from it."""

    default_error_messages = {"far": _("This day lies more than ten years away. Check the year.")}

    def to_internal_value(self, value: Any) -> date:
        day: date = super().to_internal_value(value)
        if not is_near(day, to=clock.today()):
            self.fail("far")
        return day


@extend_schema_field({"type": "string", "pattern": r"^-?\d+\.\d{2}$", "example": "2520.24"})
class YuanField(serializers.Field[Fen, str, str, Any]):
    """252024 <-> "2520.24". A JSON number, a third decimal, separators or a blank are refused."""

    default_error_messages = {"invalid": _("Write an amount in yuan with two decimals, such as 2520.24.")}

    def to_internal_value(self, data: Any) -> Fen:
        if not isinstance(data, str) or _YUAN.fullmatch(data) is None:
            self.fail("invalid")
        return parse_yuan(data)

    def to_representation(self, value: int) -> str:
        return yuan(value)
