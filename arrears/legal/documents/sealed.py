"""Edits as they are kept: personal numbers sealed, everything else as it was written."""

from __future__ import annotations

import base64
from collections.abc import Collection, Mapping
from typing import Any, Final

from arrears.legal.rules.pen import Field, Kind
from tenancy.kernel.crypto import decrypt, encrypt

_SEALED: Final = "sealed"


def seal(edits: Mapping[str, Any], fields: Collection[Field]) -> dict[str, Any]:
    """Ready for a JSON column."""
    secret = {one.key for one in fields if one.kind is Kind.SECRET}
    return {
        key: {_SEALED: base64.b64encode(encrypt(str(value))).decode()} if key in secret else value
        for key, value in edits.items()
    }


def unseal(kept: Mapping[str, Any]) -> dict[str, Any]:
    """What was written."""
    return {
        key: decrypt(base64.b64decode(value[_SEALED])) if isinstance(value, dict) else value
        for key, value in kept.items()
    }
