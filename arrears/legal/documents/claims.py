"""What a document claims: charge by charge, the late fee as agreed or as courts grant it, costs."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from arrears.legal.documents.material import Material
from arrears.legal.rules.pen import Pen, Source
from billing.charges.queries import OpenCharge
from billing.charges.queries.costs import CostRow
from billing.charges.queries.court_safe import court_safe
from notices.documents.court import CostLine
from notices.documents.parts import OwedLine
from values.period import Period

COST: Final = "COST"
CONTRACT, COURT_SAFE, NONE = "CONTRACT", "COURT_SAFE", "NONE"
COST_NAMES: Final = {
    "cost.EMS": "邮寄费",
    "cost.NOTARY": "公证费",
    "cost.LAWYER": "律师费",
    "cost.COURT_FEE": "诉讼费用",
    "cost.OTHER": "其他费用",
}
# Whether these are owed depends on a clause or is for the court to say: a person ticks them.
_FOR_A_PERSON: Final = frozenset({"cost.LAWYER", "cost.COURT_FEE"})


class Claimed(NamedTuple):
    """The claims of a document; `charge_ids` are those it asks for, costs among them."""

    lines: tuple[OwedLine, ...]
    principal_fen: int
    late_fee_fen: int
    costs: tuple[CostLine, ...]
    costs_fen: int
    charges: tuple[OpenCharge, ...]
    charge_ids: tuple[int, ...]

    @property
    def total_fen(self) -> int:
        """All of it."""
        return self.principal_fen + self.late_fee_fen + self.costs_fen

    @property
    def period(self) -> str:
        """From the first to the last day claimed, in words; empty when nothing is."""
        if not self.charges:
            return ""
        first = min(charge.period.start for charge in self.charges)
        return Period(first, max(charge.period.end for charge in self.charges)).label


def claims(material: Material, pen: Pen, *, costs_claimed: bool) -> Claimed:
    """What is owed and covered, less what a person gave up. `costs_claimed`: whether costs stand unasked."""
    pen.section("claims")
    choices = (CONTRACT, COURT_SAFE, NONE) if material.has_clause else (NONE,)
    basis = pen.choose("late_fee_basis", choices[0], Source.CONTRACT, choices)
    lines, charges = [], []
    for charge in material.sheet.order.charges:
        line = None if charge.kind == COST else _line(charge, material, pen, basis)
        if line is not None:
            lines.append(line)
            charges.append(charge)
    covered = {charge.charge_id for charge in material.sheet.order.charges}
    costs = [
        row
        for row in material.costs
        if pen.yes(
            f"costs.{row.charge_id}.claimed",
            row.charge_id in covered or (costs_claimed and row.kind_word not in _FOR_A_PERSON),
            Source.LEDGER,
            about=f"{COST_NAMES[row.kind_word]} {row.reference}",
        )
    ]
    return Claimed(
        lines=tuple(lines),
        principal_fen=sum(line.principal_fen for line in lines),
        late_fee_fen=sum(line.late_fee_fen for line in lines),
        costs=tuple(_cost(row) for row in costs),
        costs_fen=sum(row.unpaid_fen for row in costs),
        charges=tuple(charges),
        charge_ids=tuple(charge.charge_id for charge in charges) + tuple(row.charge_id for row in costs),
    )


def _line(charge: OpenCharge, material: Material, pen: Pen, basis: str) -> OwedLine | None:
    """One charge; None when nothing of it is claimed."""
    about, key = f"{charge.fee_item} {charge.period.label}", f"lines.{charge.charge_id}"
    principal_fen = pen.money(f"{key}.principal_fen", charge.unpaid_fen, about=about)
    late_fee_fen = _late_fee(charge, material, basis)
    if late_fee_fen:
        late_fee_fen = pen.money(f"{key}.late_fee_fen", late_fee_fen, about=about)
    if not principal_fen:
        return None
    return OwedLine(
        fee_item=charge.fee_item,
        period=charge.period.label,
        due_on=charge.due_on,
        days_overdue=_days(charge.due_on, material.as_of),
        principal_fen=principal_fen,
        late_fee_fen=late_fee_fen,
        bill_number=charge.bill_number,
    )


def _late_fee(charge: OpenCharge, material: Material, basis: str) -> int:
    if basis == NONE:
        return 0
    return court_safe(charge, material.terms) if basis == COURT_SAFE else charge.late_fee_fen


def _days(due_on: date, as_of: date) -> int:
    return (as_of - due_on).days


def _cost(row: CostRow) -> CostLine:
    return CostLine(
        name=COST_NAMES[row.kind_word], reference=row.reference, on=row.incurred_on, amount_fen=row.unpaid_fen
    )
