"""Sheets, front pages and stamps of a bundle as PDF."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from django.template.loader import render_to_string

from arrears.legal.rules.exhibits import Sheet, Table
from notices.documents.pdf import to_pdf

STYLE: Final = "bundle.css"


class Picture(NamedTuple):
    """A kept picture with its name and hash."""

    name: str
    sha256: str
    content_type: str
    content: bytes

    @property
    def address(self) -> str:
        """The picture as an address of its own: a document fetches nothing."""
        return f"data:{self.content_type};base64,{base64.b64encode(self.content).decode()}"


class Cover(NamedTuple):
    """What stands on the first page."""

    unit: str
    facts: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


def sheet_pdf(title: str, sheet: Sheet, pictures: Sequence[Picture] = ()) -> bytes:
    """A sheet of tables, its pictures below."""
    return _drawn("sheet", {"title": title, "sheet": sheet, "pictures": pictures})


def front_pdf(cover: Cover, lists: Sequence[Table], story: Sequence[Table]) -> bytes:
    """Cover, list of evidence and the same by day."""
    return _drawn("front", {"cover": cover, "lists": lists, "story": story})


def stamps_pdf(pages: int, mark: str) -> bytes:
    """A page for each page of the bundle: its number and the watermark, nothing else."""
    markup = render_to_string(
        "legal/bundle/stamps.html", {"pages": pages, "mark": mark, "numbers": range(pages)}
    )
    return to_pdf(markup)


def _drawn(template: str, context: dict[str, Any]) -> bytes:
    return to_pdf(render_to_string(f"legal/bundle/{template}.html", context), stylesheet=STYLE)
