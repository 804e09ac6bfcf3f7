"""强制执行申请书, ENFORCEMENT_APPLICATION (rung 9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from notices.documents.court import Applicant, Respondent
from notices.documents.frozen import Frozen


@dataclass(frozen=True, slots=True, kw_only=True)
class EnforcementData(Frozen):
    """All an application shows. `instrument` 支付令, `reference` its number; unpaid_fen as of issued_on.

    principal_fen, late_fee_fen and costs_fen are its parts; they are kept for the filing, not printed.
    """

    number: str
    court: str
    applicant: Applicant
    respondents: tuple[Respondent, ...]
    issued_on: date
    community: str
    unit: str
    instrument: str
    reference: str
    effective_on: date | None
    awarded_fen: int
    paid_fen: int
    unpaid_fen: int
    principal_fen: int = 0
    late_fee_fen: int = 0
    costs_fen: int = 0
    attachments: tuple[str, ...] = ()
