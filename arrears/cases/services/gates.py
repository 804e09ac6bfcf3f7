"""What must hold before a rung's document goes out, told by the app that knows the law.

The ladder proves its own order; arrears.legal registers what its letters and court papers need besides.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Protocol

from tenancy.kernel.errors import Refused


class Gate(Protocol):
    """Raises a Refused that names what is missing."""

    def __call__(self, *, case_id: int, charge_ids: Collection[int], on: date) -> None: ...


_GATES: dict[str, Gate] = {}


def register(code: str, gate: Gate) -> None:
    """Let `gate` be asked before the rung `code` is approved."""
    _GATES[code] = gate


def require(code: str, *, case_id: int, charge_ids: Collection[int], on: date) -> None:
    """Refuse the rung for a case while its gate is shut. Raises what the gate raises."""
    gate = _GATES.get(code)
    if gate is not None:
        gate(case_id=case_id, charge_ids=charge_ids, on=on)


def is_open(code: str, *, case_id: int, charge_ids: Collection[int], on: date) -> bool:
    """Whether the rung may go on without anybody being asked."""
    try:
        require(code, case_id=case_id, charge_ids=charge_ids, on=on)
    except Refused:
        return False
    return True
