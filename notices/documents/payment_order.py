"""支付令申请书, PAYMENT_ORDER_APPLICATION (domain 4.5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from notices.documents.court import Applicant, CostLine, Evidence, Respondent
from notices.documents.frozen import Frozen
from notices.documents.parts import DemandSent, OwedLine
from notices.documents.reckoning import Reckoning


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentOrderData(Frozen):
    """All an application shows. `late_fee_fen` 0 leaves claim 2 out; `period` 2025年1月至2025年12月.

    `total_fen` is principal, late fee and costs; `other_facts` what a lawyer adds to the facts. `paid_fen`
    went to what is claimed; `acknowledged`: the plan that the debtor signed and broke.
    """

    number: str
    court: str
    applicant: Applicant
    respondents: tuple[Respondent, ...]
    issued_on: date
    community: str
    unit: str
    contract: str
    period: str
    lines: tuple[OwedLine, ...]
    principal_fen: int
    late_fee_fen: int
    late_fee_until: date
    total_fen: int
    fee_fen: int
    demands: tuple[DemandSent, ...]
    area: str = ""
    rate: str = ""
    late_fee_clause: str = ""
    late_fee_formula: str = ""
    handover_on: date | None = None
    evidence: tuple[Evidence, ...] = ()
    costs: tuple[CostLine, ...] = ()
    costs_fen: int = 0
    other_facts: str = ""
    reckoning: Reckoning | None = None
    paid_fen: int = 0
    acknowledged: str = ""
