"""民事起诉状（物业服务合同纠纷）, COMPLAINT: the courts' own form, element by element (domain 4.7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from notices.documents.court import CostLine
from notices.documents.frozen import NO_SECRET, Frozen, Secret
from notices.documents.parts import OwedLine
from notices.documents.reckoning import Reckoning


@dataclass(frozen=True, slots=True, kw_only=True)
class Plaintiff(Frozen):
    """原告: the property company. `kind` 有限责任公司 ..., `ownership` 国有 or 民营."""

    name: str
    domicile: str = ""
    registered_address: str = ""
    legal_representative: str = ""
    post: str = ""
    phone: str = ""
    credit_code: str = ""
    kind: str = ""
    ownership: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent(Frozen):
    """委托诉讼代理人; `authority` 一般授权 or 特别授权. Without a name: 无."""

    name: str = ""
    unit: str = ""
    post: str = ""
    phone: str = ""
    authority: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Defendant(Frozen):
    """被告: a person, or an organisation with its code as `id_number` and who represents it."""

    name: str
    is_person: bool = True
    sex: str = ""
    born_on: date | None = None
    nation: str = ""
    employer: str = ""
    post: str = ""
    phone: Secret = NO_SECRET
    domicile: str = ""
    residence: str = ""
    id_kind: str = "居民身份证"
    id_number: Secret = NO_SECRET
    legal_representative: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demanded(Frozen):
    """诉讼请求 1 to 5. A None box is left open for a pen."""

    as_of: date
    principal_fen: int
    late_fee_fen: int = 0
    until_paid: bool | None = None
    until_paid_standard: str = ""
    court_costs: bool | None = True
    costs: tuple[CostLine, ...] = ()
    costs_fen: int = 0
    other: str = ""
    total_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed(Frozen):
    """约定管辖 and 诉讼保全."""

    jurisdiction: bool | None = None
    jurisdiction_text: str = ""
    preserved_before: bool | None = None
    preserved_before_text: str = ""
    preserve_now: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts(Frozen):
    """事实与理由 1 to 13, each as text; 5 asks whether service went on after the contract's end."""

    contract: str
    parties: str
    location: str
    area: str
    holder: str
    standard: str
    service_from: date | None = None
    service_until: date | None = None
    went_on: bool | None = None
    payment: str = ""
    late_fee_standard: str = ""
    owed: str = ""
    late_fee: str = ""
    demands: str = ""
    other: str = ""
    basis: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintData(Frozen):
    """All that the form shows. `mediation` None: not said; copies are for the court and each defendant."""

    number: str
    court: str
    issued_on: date
    plaintiff: Plaintiff
    agent: Agent
    defendants: tuple[Defendant, ...]
    third_party: str = ""
    claims: Demanded
    lines: tuple[OwedLine, ...]
    agreed: Agreed
    facts: Facts
    mediation: bool | None = None
    copies: int = 2
    late_fee_clause: str = ""
    total_fen: int
    principal_fen: int
    late_fee_fen: int
    costs_fen: int = 0
    reckoning: Reckoning | None = None
