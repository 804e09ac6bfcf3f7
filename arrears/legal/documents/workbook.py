"""The list of evidence as a workbook, as it stands in a draft."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Final

import xlsxwriter
from django.utils.translation import gettext as _

from arrears.legal.documents.kept import edits_of
from arrears.legal.documents.page import find_draft
from arrears.legal.documents.written import material_for, write
from arrears.legal.models import Draft
from notices.documents.evidence_list import EvidenceListData
from tenancy.kernel.errors import NotFound
from tenancy.people.services import audit

_HEAD: Final = (
    "序号",
    "编号",
    "证据名称",
    "种类",
    "原件/复印件",
    "页数",
    "来源",
    "证明事实",
    "SHA-256",
    "存放处",
)
_WIDTHS: Final = (6, 8, 40, 10, 12, 8, 18, 36, 24, 16)


def evidence_workbook(draft_id: int, *, as_of: date) -> bytes:
    """The workbook; NotFound for another kind of draft. That it left the house stands in the audit trail."""
    draft = find_draft(draft_id)
    if draft.kind != Draft.Kind.EVIDENCE_LIST:
        raise NotFound(_("There is no such document."))
    paper = write(draft.kind, material_for(draft, as_of=as_of), edits_of(draft)).paper
    assert isinstance(paper, EvidenceListData)  # noqa: S101 - what this kind is written as
    audit.record("list.exported", kind="draft", pk=draft.pk, rows=len(paper.items))
    return _book(paper)


def _book(paper: EvidenceListData) -> bytes:
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("证据清单")
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        bold = book.add_format({"bold": True})
        sheet.write_row(0, 0, [f"证据清单　{paper.community}{paper.unit}　{paper.against}"], bold)
        sheet.write_row(1, 0, _HEAD, bold)
        for n, item in enumerate(paper.items, start=1):
            row = (
                n, item.code, item.name, item.kind, item.copy, item.pages, item.source, item.proves,
                item.hash, item.place,
            )  # fmt: skip
            sheet.write_row(n + 1, 0, row, wrap)
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(2, 0)
    return content.getvalue()
