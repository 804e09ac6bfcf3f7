"""How the sums of a claim come about, charge by charge: what was owed, what went, what is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from notices.documents.frozen import Frozen


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums(Frozen):
    """`amount_fen` less `paid_fen` and `dropped_fen` (let off, or not asked for) is `principal_fen`.

    The same for the late fee: what accrued, what of it was paid, what was dropped, what is claimed.
    """

    amount_fen: int
    paid_fen: int
    dropped_fen: int
    principal_fen: int
    accrued_fen: int
    fee_paid_fen: int
    fee_dropped_fen: int
    late_fee_fen: int

    @property
    def received_fen(self) -> int:
        """All that was paid towards it."""
        return self.paid_fen + self.fee_paid_fen


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch(Frozen):
    """Days on one unpaid amount: unpaid x rate x days. `exact` in yuan, not rounded yet."""

    first_on: date
    last_on: date
    unpaid_fen: int
    days: int
    exact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused(Frozen):
    """Days, both inclusive, on which no late fee ran: a plan, a deferral."""

    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoned(Frozen):
    """One charge. `rate` is by the day (0.0003); `cap_fen` only where it was reached."""

    fee_item: str
    period: str
    sums: Sums
    rate: str = ""
    cap_fen: int | None = None
    stretches: tuple[Stretch, ...] = ()
    paused: tuple[Paused, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoning(Frozen):
    """All charges of a claim and their sums, as of `until` (that day included)."""

    until: date
    rows: tuple[Reckoned, ...]
    total: Sums

    @property
    def shows_late_fee(self) -> bool:
        """Whether a late fee is part of it."""
        return bool(self.total.accrued_fen)

    @property
    def has_pauses(self) -> bool:
        """Whether the late fee stood still on some days."""
        return any(row.paused for row in self.rows)
