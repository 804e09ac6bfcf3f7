"""A reason as data: a stable code with parameters that a door turns into the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Self

_SCALARS = (str, int, bool, type(None))
Scalar = str | int | bool | None


@dataclass(frozen=True, slots=True)
class Because:
    """Why a rule decided as it did. `params` are JSON scalars (else TypeError), never user text."""

    code: str
    params: Mapping[str, Scalar] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, value in self.params.items():
            if not isinstance(value, _SCALARS):
                raise TypeError(f"{self.code}.{name} is no JSON scalar: {value!r}")

    def __hash__(self) -> int:
        return hash((self.code, tuple(sorted((name, repr(value)) for name, value in self.params.items()))))

    def as_json(self) -> dict[str, object]:
        """What a JSON column stores.

        >>> because("held", kind="DISPUTE", until=date(2026, 1, 1)).as_json()
        {'code': 'held', 'params': {'kind': 'DISPUTE', 'until': '2026-01-01'}}
        """
        return {"code": self.code, "params": dict(self.params)}

    @classmethod
    def from_json(cls, stored: Mapping[str, object]) -> Self:
        """Read back what `as_json` wrote; ValueError on another shape."""
        code, params = stored.get("code"), stored.get("params", {})
        if not isinstance(code, str) or not isinstance(params, Mapping):
            raise ValueError("not a stored reason")
        return cls(code, dict(params))


def because(code: str, /, **params: Scalar | date | Decimal) -> Because:
    """Make a reason; days become ISO text and decimals plain text.

    >>> because("too_early", opens_on=date(2026, 2, 16), days=3)
    Because(code='too_early', params={'opens_on': '2026-02-16', 'days': 3})
    """
    return Because(code, {name: _scalar(value) for name, value in params.items()})


def _scalar(value: Scalar | date | Decimal) -> Scalar:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    return value
