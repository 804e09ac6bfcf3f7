"""What several documents share: who writes, what is owed line by line, what was said and delivered before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from notices.documents.frozen import Frozen


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer(Frozen):
    """The property company and its community: the same for a whole round of documents."""

    company: str
    community: str
    phone: str
    company_address: str = ""
    community_address: str = ""
    place: str = ""
    hours: str = ""
    payee_name: str = ""
    payee_bank: str = ""
    payee_account: str = ""
    pay_methods: str = "现金、银行转账"
    contract_name: str = ""
    contract_number: str = ""
    late_fee_clause: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedLine(Frozen):
    """One unpaid charge in a demand, as of the demand's day. `period` as people write it: 2026年1月."""

    fee_item: str
    period: str
    due_on: date
    days_overdue: int
    principal_fen: int
    late_fee_fen: int = 0
    bill_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contacted(Frozen):
    """That we spoke, never what was said: `how` is 电话, 上门走访, 短信 ..."""

    on: date
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandSent(Frozen):
    """A document that went before: `title` 催款通知书, `method` EMS邮寄, 直接送达签收 ..."""

    title: str
    number: str
    issued_on: date
    delivered_on: date | None = None
    method: str = ""
