"""催款通知书, DEMAND (domain 4.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from notices.documents.frozen import Frozen
from notices.documents.parts import Contacted, Issuer, OwedLine


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandData(Frozen):
    """All a demand shows; total_fen = principal_fen + late_fee_fen as of `as_of`.

    `daily_late_fee` is what one more day adds, in yuan as text ("0.76"), empty without a late fee;
    `late_fee_formula` the calculation in words. `period_days` run from receipt.
    """

    issuer: Issuer
    number: str
    unit: str
    addressee: str
    issued_on: date
    as_of: date
    lines: tuple[OwedLine, ...]
    principal_fen: int
    late_fee_fen: int
    total_fen: int
    address: str = ""
    period_days: int = 15
    daily_late_fee: str = ""
    late_fee_formula: str = ""
    contacts: tuple[Contacted, ...] = ()
    collector: str = ""
