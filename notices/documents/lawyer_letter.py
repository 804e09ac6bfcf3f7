"""律师函, LAWYER_LETTER (domain 4.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from notices.documents.court import CostLine
from notices.documents.frozen import Frozen
from notices.documents.parts import DemandSent, Issuer, OwedLine
from notices.documents.reckoning import Reckoning


@dataclass(frozen=True, slots=True, kw_only=True)
class LawFirm(Frozen):
    """Who writes for the client; blanks are printed as lines to fill by hand."""

    name: str = ""
    address: str = ""
    phone: str = ""
    lawyer: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LawyerLetterData(Frozen):
    """All a lawyer letter shows. `id_last4`: never more of an identity number. Approved by branch_gm.

    `letter_number` is the law firm's own, where it has one; `number` is ours.
    """

    issuer: Issuer
    firm: LawFirm
    number: str
    unit: str
    addressee: str
    issued_on: date
    as_of: date
    lines: tuple[OwedLine, ...]
    principal_fen: int
    late_fee_fen: int
    total_fen: int
    demands: tuple[DemandSent, ...]
    id_last4: str = ""
    service_address: str = ""
    area: str = ""
    rate: str = ""
    late_fee_formula: str = ""
    period_days: int = 15
    approval_id: int | None = None
    approved_by: str = ""
    approved_on: date | None = None
    attachments: tuple[str, ...] = ()
    costs: tuple[CostLine, ...] = ()
    costs_fen: int = 0
    letter_number: str = ""
    other_facts: str = ""
    reservation: str = "本函不影响委托人依法享有的其他权利。"
    reckoning: Reckoning | None = None
