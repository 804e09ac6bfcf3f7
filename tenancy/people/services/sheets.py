"""A workbook of a list: rows are streamed into it, so that memory stays flat however many there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

import xlsxwriter
from django.utils.translation import gettext as _

from tenancy.kernel.errors import Refused

MOST_ROWS = 1_048_000  # a sheet holds 1,048,576
_WIDTH = 14
_GROUND = "#FFF2B3"


class Marked(list[Any]):
    """The cells of a row that stands out: its ground is coloured."""


class Watcher(Protocol):
    """Who is told how far the work is; `step` may raise to stop it (services.jobs.Progress)."""

    def step(self, done: int, *, failed: int = 0) -> None: ...


class TooManyRows(Refused):
    """More than a sheet of a workbook can hold."""

    code = "people.too_many_rows"


def write_sheet(
    target: Path,
    *,
    title: str,
    labels: Sequence[str],
    blocks: Iterable[Sequence[Sequence[Any]]],
    totals: Sequence[Any] = (),
    progress: Watcher | None = None,
    head: Sequence[str] = (),
) -> int:
    """Write a workbook with one sheet and return how many rows it holds. `head`: lines above the labels.

    Cells are None, text, numbers, days or moments; text is never read as a formula. TooManyRows beyond what a
    sheet holds.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(target), options) as book:
        sheet = book.add_worksheet(_sheet_name(title))
        top = len(head)
        sheet.freeze_panes(top + 1, 1)
        sheet.set_column(0, max(len(labels) - 1, 0), _WIDTH)
        forms = _forms(book, {})
        marked = _forms(book, {"bg_color": _GROUND})
        heavy = book.add_format({"bold": True, "num_format": "#,##0.00"})
        for line, text in enumerate(head):
            sheet.write_string(line, 0, text, heavy)
        sheet.write_row(top, 0, labels, heavy)
        done = 0
        for block in blocks:
            if done + len(block) > MOST_ROWS:
                raise TooManyRows(_("This is more than a sheet can hold. Set a filter first."))
            for cells in block:
                done += 1
                _write(sheet, top + done, cells, marked if isinstance(cells, Marked) else forms)
            if progress is not None:
                progress.step(done)
        if totals:
            sheet.write_row(top + done + 1, 0, totals, heavy)
    return done


def _forms(book: Any, ground: dict[str, str]) -> dict[type, Any]:
    """How cells are written, by what they hold."""
    written = {float: "#,##0.00", datetime: "yyyy-mm-dd hh:mm", date: "yyyy-mm-dd"}
    plain = book.add_format(ground) if ground else None
    forms = {kind: book.add_format({"num_format": text, **ground}) for kind, text in written.items()}
    return forms | {str: plain, int: plain, type(None): plain}


def _write(sheet: Any, line: int, cells: Sequence[Any], forms: dict[type, Any]) -> None:
    for place, value in enumerate(cells):
        if value is not None:
            sheet.write(line, place, value, forms.get(type(value)))
        elif forms[type(None)] is not None:
            sheet.write_blank(line, place, None, forms[type(None)])


def _sheet_name(title: str) -> str:
    """A title without what a sheet's name may not hold."""
    return "".join(sign for sign in title if sign not in "[]:*?/\\'")[:31] or "1"
