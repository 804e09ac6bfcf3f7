"""结清证明 (domain 4.16): this account owed nothing on that day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import segno
from django.template.loader import render_to_string

from notices.documents.pdf import to_pdf

TEMPLATE_VERSION: Final = "CLEARANCE/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearanceData:
    """All that the certificate says."""

    company: str
    community: str
    address: str
    phone: str
    number: str
    issued_on: date
    as_of: date
    unit: str
    party: str
    period: str
    check_code: str


def render_html(data: ClearanceData) -> str:
    """The certificate as one HTML page, A4."""
    code = segno.make(f"{data.number} {data.as_of.isoformat()} {data.check_code}", error="m", micro=False)
    image = code.svg_data_uri(scale=2, border=0)
    context = {"paper": data, "qr": image, "template_version": TEMPLATE_VERSION}
    return render_to_string("payments/documents/clearance.html", context)


def render_pdf(data: ClearanceData) -> bytes:
    """The certificate as PDF."""
    return to_pdf(render_html(data))
