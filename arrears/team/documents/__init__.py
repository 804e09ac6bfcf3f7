"""Papers of the team, in Chinese: the record sheet, the pack of the weekly review, and those of a round.

Lines and packs are the frozen rows that the screens show; a template reads them.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.template.loader import render_to_string
from django.utils import translation

from notices.documents.pdf import to_pdf

PAPER_LANGUAGE = "zh-hans"


def record_html(head: Sequence[str], lines: Sequence[object]) -> str:
    """物业费催缴记录表 as one HTML page, A4 across."""
    with translation.override(PAPER_LANGUAGE):
        return render_to_string(
            "team/documents/record.html", {"title": head[0], "head": head[1:], "lines": lines}
        )


def record_pdf(head: Sequence[str], lines: Sequence[object]) -> bytes:
    """物业费催缴记录表 as PDF."""
    return to_pdf(record_html(head, lines))


def pack_html(company: str, pack: object) -> str:
    """物业费催缴总结例会 as one HTML page, A4."""
    with translation.override(PAPER_LANGUAGE):
        return render_to_string("team/documents/pack.html", {"company": company, "pack": pack})


def pack_pdf(company: str, pack: object) -> bytes:
    """物业费催缴总结例会 as PDF."""
    return to_pdf(pack_html(company, pack))
