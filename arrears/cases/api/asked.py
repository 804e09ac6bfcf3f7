"""Reading a request: its body or its query through a serializer."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.serializers import Serializer


def body(serializer: type[Serializer[Any]], request: Request) -> dict[str, Any]:
    """What was sent, validated; 422 otherwise."""
    return _valid(serializer(data=request.data))


def query(serializer: type[Serializer[Any]], request: Request) -> dict[str, Any]:
    """What the address asks for, validated; 422 otherwise."""
    return _valid(serializer(data=request.query_params))


def _valid(serializer: Serializer[Any]) -> dict[str, Any]:
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)
