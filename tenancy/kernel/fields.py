"""Serializer fields of the API: money is whole fen inside and a yuan text with two decimals outside."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from values.fen import Fen, parse_yuan, yuan

_YUAN = re.compile(r"-?[0-9]{1,13}(\.[0-9]{1,2})?")


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
