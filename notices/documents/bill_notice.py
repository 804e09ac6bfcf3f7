"""物业费缴款通知书, BILL_NOTICE (domain 4.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from notices.documents.frozen import Frozen
from notices.documents.parts import Issuer


@dataclass(frozen=True, slots=True, kw_only=True)
class BillLine(Frozen):
    """One charge. `basis`: 89.37㎡; `rate`: 2.35元/㎡·月; `duration`: 1个月; net = gross - discount."""

    fee_item: str
    period: str
    basis: str
    rate: str
    duration: str
    gross_fen: int
    net_fen: int
    discount_fen: int = 0
    discount_reason: str = ""
    pass_through: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BillNoticeData(Frozen):
    """All a bill notice shows. `owner` is the full name; the paper masks it (door copy).

    payable_fen = sum of the lines' net_fen - prepayment_fen. `late_fee_rule` is a whole Chinese sentence;
    empty prints that none was agreed. `opening_fen` is older debt, shown for information only. `joint`: full
    names of who is liable with him.
    """

    issuer: Issuer
    number: str
    bill_id: int
    unit: str
    owner: str
    period: str
    issued_on: date
    due_on: date
    lines: tuple[BillLine, ...]
    payable_fen: int
    prepayment_fen: int = 0
    opening_fen: int = 0
    address: str = ""
    late_fee_rule: str = ""
    early_bird: str = ""
    objection_days: int = 7
    pay_url: str = ""
    joint: tuple[str, ...] = ()
