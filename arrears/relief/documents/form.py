"""缓缴申请表 (domain 4.12): what is asked for, found and decided; for plans and hardship alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from django.template.loader import render_to_string

from notices.documents.pdf import to_pdf

EDITION: Final = "DEFERRAL_APPLICATION/1"
TITLES: Final = {"DEFERRAL": "缓缴申请表", "INSTALMENT": "分期还款申请表", "HARDSHIP": "困难减缓申请表"}
# Chinese on paper, whatever the language of the desk.
REASONS: Final = {
    "FORGOT": "遗忘", "HARDSHIP": "经济困难", "SERVICE": "对服务有意见", "FACILITIES": "设施设备问题",
    "FEE_MISUNDERSTANDING": "对收费有误解", "PRICE_CHANGE_NOT_NOTIFIED": "调价未告知", "BUSY": "工作繁忙",
    "MOVED_AWAY": "不在本地居住", "NOT_TAKEN_OVER": "未收房", "VACANT": "房屋空置",
    "DEVELOPER_LEGACY": "开发遗留问题",
    "EMERGENCY": "突发事件", "LEGAL_AWARENESS": "不了解法律规定", "PROCEDURE_UNKNOWN": "不了解缴费方式",
    "COLLECTIVE": "集体拒缴", "OTHER": "其他",
}  # fmt: skip
DECISIONS: Final = {"PENDING": "待处理", "APPROVED": "同意", "REJECTED": "不同意", "WITHDRAWN": "已撤回"}


class FormCharge(NamedTuple):
    """A charge that it is about, as it stood on the day of asking."""

    fee_item: str
    period: str
    due_on: date
    principal_fen: int
    late_fee_fen: int


class FormPart(NamedTuple):
    """An instalment; number 0 is the down payment."""

    number: int
    due_on: date
    amount_fen: int


class Signature(NamedTuple):
    """One decision on the paper."""

    part: str
    decision: str
    by: str
    on: date | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormData:
    """All that the form says. `parts` for a plan, `from_on` and `to_on` for the others.

    `handed_in`: how it came, on a copy that stays as it was; empty on one that is to be signed.
    """

    kind: str
    number: int
    company: str
    community: str
    party: str
    unit: str
    phone: str
    asked_on: date
    printed_on: date
    reason_code: str
    statement: str
    from_on: date | None
    to_on: date | None
    down_percent: int
    spares_late_fee: bool
    proofs: Sequence[str]
    charges: Sequence[FormCharge]
    parts: Sequence[FormPart]
    signatures: Sequence[Signature]
    handed_in: str = ""

    @property
    def principal_fen(self) -> int:
        """The principal of all charges."""
        return sum(charge.principal_fen for charge in self.charges)

    @property
    def late_fee_fen(self) -> int:
        """Their late fee on the day of asking."""
        return sum(charge.late_fee_fen for charge in self.charges)

    @property
    def total_fen(self) -> int:
        """Both."""
        return self.principal_fen + self.late_fee_fen

    @property
    def monthly(self) -> int:
        """How many monthly instalments."""
        return sum(part.number > 0 for part in self.parts)

    @property
    def first_on(self) -> date | None:
        """When the first of them is due."""
        return next((part.due_on for part in self.parts if part.number), None)


def render_html(data: FormData) -> str:
    """The form as one HTML page, A4."""
    context = {
        "d": data,
        "title": TITLES[data.kind],
        "reason": REASONS.get(data.reason_code, data.reason_code),
        "edition": EDITION,
    }
    return render_to_string("relief/documents/form.html", context)


def render_pdf(data: FormData) -> bytes:
    """The form as PDF."""
    return to_pdf(render_html(data))
