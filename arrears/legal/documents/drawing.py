"""Sheets, front pages and stamps of a bundle as PDF."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from django.template.loader import render_to_string

from arrears.legal.rules.exhibits import Sheet, Table
from notices.documents.pdf import to_pdf
from notices.documents.stamping import split_by_outline

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


class Leaf(NamedTuple):
    """A sheet with its title and pictures, ready to be drawn."""

    title: str
    sheet: Sheet
    pictures: Sequence[Picture] = ()


class Cover(NamedTuple):
    """What stands on the first page."""

    unit: str
    facts: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


def sheets_pdf(leaves: Sequence[Leaf]) -> list[bytes]:
    """A PDF for each sheet. They are drawn in one go: what costs is making a document, not a page."""
    return split_by_outline(_drawn("sheets", {"leaves": leaves}), len(leaves))


def front_pdf(cover: Cover, lists: Sequence[Table], story: Sequence[Table]) -> bytes:
    """Cover, list of evidence and the same by day."""
    return _drawn("front", {"cover": cover, "lists": lists, "story": story})


def numbers_pdf(pages: int) -> bytes:
    """A page for each page of the bundle, with its number and nothing else."""
    said = {"pages": pages, "numbers": range(pages)}
    return to_pdf(render_to_string("legal/documents/stamps.html", said))


def mark_pdf(mark: str) -> bytes:
    """One page with the watermark."""
    return to_pdf(render_to_string("legal/documents/mark.html", {"mark": mark}))


def _drawn(template: str, context: dict[str, Any]) -> bytes:
    return to_pdf(render_to_string(f"legal/documents/{template}.html", context), stylesheet=STYLE)
