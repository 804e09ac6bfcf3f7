"""过户结算单 (domain 4.16): what seller and buyer owe of each fee, split by the day of the transfer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import segno
from django.template.loader import render_to_string

from billing.payments.rules.split import SplitLine, sums_of
from notices.documents.pdf import to_pdf
from values.capitals import capitals

TEMPLATE_VERSION: Final = "TRANSFER/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferData:
    """All that the sheet says."""

    company: str
    community: str
    address: str
    phone: str
    number: str
    issued_on: date
    unit: str
    area: str
    seller: str
    buyer: str
    joint: tuple[str, ...]
    on: date
    registered_on: date | None
    lines: tuple[SplitLine, ...]
    free_fen: int
    credit_fen: int
    owed_fen: int
    bill_number: str
    bill_fen: int
    check_code: str


def render_html(data: TransferData) -> str:
    """The sheet as one HTML page, A4."""
    code = segno.make(f"{data.number} {data.on.isoformat()} {data.check_code}", error="m", micro=False)
    context = {
        "paper": data,
        "sums": sums_of(data.lines),
        "free_capitals": capitals(data.free_fen) if data.free_fen else "",
        "qr": code.svg_data_uri(scale=2, border=0),
        "template_version": TEMPLATE_VERSION,
    }
    return render_to_string("payments/documents/transfer.html", context)


def render_pdf(data: TransferData) -> bytes:
    """The sheet as PDF."""
    return to_pdf(render_html(data))
