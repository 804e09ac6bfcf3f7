"""收据 (domain 4.10): figures and 大写, original or 补打n, void mark, check code as QR. No tax document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import segno
from django.template.loader import render_to_string

from notices.documents.pdf import to_pdf
from values.capitals import capitals
from values.fen import yuan

TEMPLATE_VERSION: Final = "RECEIPT/1"
METHODS: Final = {
    "CASH": "现金", "POS": "POS刷卡", "TRANSFER": "银行转账", "WECHAT": "微信支付", "ALIPAY": "支付宝",
    "DEBIT": "银行代扣", "CREDIT": "预存款抵扣", "MIXED": "组合收款",
}  # fmt: skip
PARTS: Final = {"PRINCIPAL": "", "LATE_FEE": "违约金", "CREDIT": "预存款"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptLine:
    """One allocation: what it paid. `period` as people write it; both empty for credit."""

    fee_item: str
    period: str
    part: str
    amount_fen: int

    @property
    def title(self) -> str:
        """物业费, 物业费(违约金), 预存款."""
        part = PARTS[self.part]
        if not self.fee_item:
            return part
        return f"{self.fee_item}（{part}）" if part else self.fee_item


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptTender:
    """One of several ways in which it was paid."""

    method: str
    amount_fen: int
    reference: str = ""

    @property
    def method_name(self) -> str:
        """In words."""
        return METHODS[self.method]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptData:
    """All a receipt shows. `copy` 1 is the original, 0 a draft nobody was given.

    `is_fetched`: the owner's own copy from the portal.
    """

    company: str
    community: str
    number: str
    issued_on: date
    taken_at: datetime
    printed_at: datetime
    unit: str
    payer: str
    method: str
    amount_fen: int
    paid_on: date
    lines: tuple[ReceiptLine, ...]
    check_code: str
    reference: str = ""
    cash_point: str = ""
    cashier: str = ""
    tendered_fen: int | None = None
    change_fen: int = 0
    copy: int = 1
    is_fetched: bool = False
    voided_on: date | None = None
    void_reason: str = ""
    exchanged_on: date | None = None
    invoice_numbers: str = ""
    note: str = ""
    tenders: tuple[ReceiptTender, ...] = ()

    @property
    def copy_mark(self) -> str:
        """正本, then 补打1, 补打2 ... (L-R4); what an owner fetches himself counts as neither."""
        if self.is_fetched:
            return "业主自助下载"
        return "正本" if self.copy <= 1 else f"补打{self.copy - 1}"

    @property
    def late_fee_fen(self) -> int:
        """What of it is late fee."""
        return sum(line.amount_fen for line in self.lines if line.part == "LATE_FEE")

    @property
    def in_capitals(self) -> str:
        """The total in 大写."""
        return capitals(self.amount_fen)

    @property
    def method_name(self) -> str:
        """How it was paid, in words."""
        return METHODS[self.method]

    @property
    def verify_text(self) -> str:
        """What the QR code says: enough to find the receipt and to see whether it was altered."""
        return f"{self.number} {yuan(self.amount_fen)} {self.issued_on.isoformat()} {self.check_code}"


def render_html(data: ReceiptData) -> str:
    """The receipt as one HTML page, A5 landscape."""
    code = segno.make(data.verify_text, error="m", micro=False)
    context = {
        "receipt": data,
        "qr": code.svg_data_uri(scale=2, border=0),
        "template_version": TEMPLATE_VERSION,
    }
    return render_to_string("payments/documents/receipt.html", context)


def render_pdf(data: ReceiptData) -> bytes:
    """The receipt as PDF."""
    return to_pdf(render_html(data))
