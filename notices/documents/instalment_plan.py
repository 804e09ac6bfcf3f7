"""分期还款协议, INSTALMENT_PLAN (domain 4.11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from notices.documents.frozen import Frozen
from notices.documents.parts import Issuer, OwedLine


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPart(Frozen):
    """One instalment; number 0 is the down payment on the day of signing."""

    number: int
    due_on: date
    amount_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalmentPlanData(Frozen):
    """All an agreement shows; the debt is as of `sign_on`, the day it is meant to be signed.

    `retroactive`: a broken plan is charged its late fee from the signing on, because it was agreed here.
    `joint`: who owes together with the addressee. `phone` and `email` are shown masked.
    """

    issuer: Issuer
    number: str
    unit: str
    addressee: str
    issued_on: date
    sign_on: date
    lines: tuple[OwedLine, ...]
    principal_fen: int
    late_fee_fen: int
    total_fen: int
    parts: tuple[PlanPart, ...]
    grace_days: int
    last_due_on: date
    retroactive: bool = False
    id_last4: str = ""
    joint: tuple[str, ...] = ()
    address: str = ""
    phone: str = ""
    email: str = ""
    reason: str = ""
    application_id: int | None = None
    approved_by: str = ""
    approved_on: date | None = None
