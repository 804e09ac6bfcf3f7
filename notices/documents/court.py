"""What court papers share: who applies and against whom (domain 4.5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from notices.documents.frozen import NO_SECRET, Frozen, Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant(Frozen):
    """申请人: the property company."""

    name: str
    credit_code: str = ""
    address: str = ""
    legal_representative: str = ""
    post: str = ""
    phone: str = ""
    agent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Respondent(Frozen):
    """被申请人. Identity number and phone are stored encrypted and printed in full: courts ask for them."""

    name: str
    is_person: bool = True
    sex: str = ""
    born_on: date | None = None
    id_number: Secret = NO_SECRET
    domicile: str = ""
    residence: str = ""
    phone: Secret = NO_SECRET


@dataclass(frozen=True, slots=True, kw_only=True)
class CostLine(Frozen):
    """What pursuing the debt has cost, with its proof: the number of a waybill or an invoice."""

    name: str
    reference: str
    on: date
    amount_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(Frozen):
    """One line of the evidence list."""

    name: str
    source: str
    proves: str
