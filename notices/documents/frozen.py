"""How a document's data is kept: a frozen dataclass to JSON and back, personal numbers encrypted."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from types import UnionType
from typing import Any, NewType, Self, Union, get_args, get_origin, get_type_hints

from tenancy.kernel.crypto import decrypt, encrypt

Secret = NewType("Secret", str)
"""Text that is stored encrypted: an identity or phone number of a person."""
NO_SECRET = Secret("")

_Convert = Callable[[Any], Any]
_Plan = tuple[tuple[str, _Convert | None, _Convert | None], ...]
_PLANS: dict[Any, _Plan] = {}


class Frozen:
    """A frozen dataclass that is kept as JSON: dates as ISO text, tuples as lists, secrets encrypted."""

    __slots__ = ()

    def as_json(self) -> dict[str, Any]:
        """JSON-safe dict, made in microseconds: a bill run makes one for every unit."""
        return {
            name: getattr(self, name) if write is None else write(getattr(self, name))
            for name, write, _read in _plan(type(self))
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The object again. Keys it does not know are ignored, missing ones take their default."""
        return cls(
            **{
                name: data[name] if read is None else read(data[name])
                for name, _write, read in _plan(cls)
                if name in data
            }
        )


def _plan(cls: Any) -> _Plan:
    plan = _PLANS.get(cls)
    if plan is None:
        hints = get_type_hints(cls)
        plan = tuple((field.name, *_converters(hints[field.name])) for field in fields(cls))
        _PLANS[cls] = plan
    return plan


def _converters(hint: Any) -> tuple[_Convert | None, _Convert | None]:
    arguments = get_args(hint)
    if hint is date:
        return date.isoformat, date.fromisoformat
    if hint is Secret:
        return _seal, _unseal
    if get_origin(hint) in (Union, UnionType):
        return _optional(*_converters(next(kind for kind in arguments if kind is not type(None))))
    if get_origin(hint) is tuple:
        return _many(*_converters(arguments[0]))
    if isinstance(hint, type) and issubclass(hint, Frozen):
        return Frozen.as_json, hint.from_json
    return None, None


def _optional(write: _Convert | None, read: _Convert | None) -> tuple[_Convert | None, _Convert | None]:
    if write is None or read is None:
        return None, None
    return (
        lambda value: None if value is None else write(value),
        lambda value: None if value is None else read(value),
    )


def _many(write: _Convert | None, read: _Convert | None) -> tuple[_Convert, _Convert]:
    return (
        list if write is None else lambda values: [write(value) for value in values],
        tuple if read is None else lambda values: tuple(read(value) for value in values),
    )


def _seal(text: str) -> str:
    return base64.b64encode(encrypt(text)).decode()


def _unseal(text: str) -> str:
    return decrypt(base64.b64decode(text))
