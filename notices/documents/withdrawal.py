"""撤回支付令申请书, PAYMENT_ORDER_WITHDRAWAL (domain 4.6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from notices.documents.court import Applicant, Respondent
from notices.documents.frozen import Frozen


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalData(Frozen):
    """Asks the court to end what was applied for; `reference` its number, `reason` 已付清 or 已和解."""

    number: str
    court: str
    applicant: Applicant
    respondents: tuple[Respondent, ...]
    issued_on: date
    community: str
    unit: str
    reference: str = ""
    application: str = ""
    filed_on: date | None = None
    claim_fen: int = 0
    reason: str = ""
