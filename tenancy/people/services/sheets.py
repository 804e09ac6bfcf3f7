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
) -> int:
    """Write a workbook with one sheet and return how many rows it holds.

    Cells are None, text, numbers, days or moments; text is never read as a formula. TooManyRows beyond what a
    sheet holds.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(target), options) as book:
        sheet = book.add_worksheet(_sheet_name(title))
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, max(len(labels) - 1, 0), _WIDTH)
        forms = {
            float: book.add_format({"num_format": "#,##0.00"}),
            datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
            date: book.add_format({"num_format": "yyyy-mm-dd"}),
        }
        heavy = book.add_format({"bold": True, "num_format": "#,##0.00"})
        sheet.write_row(0, 0, labels, heavy)
        done = 0
        for block in blocks:
            if done + len(block) > MOST_ROWS:
                raise TooManyRows(_("This is more than a sheet can hold. Set a filter first."))
            for cells in block:
                done += 1
                for place, value in enumerate(cells):
                    if value is not None:
                        sheet.write(done, place, value, forms.get(type(value)))
            if progress is not None:
                progress.step(done)
        if totals:
            sheet.write_row(done + 1, 0, totals, heavy)
    return done


def _sheet_name(title: str) -> str:
    """A title without what a sheet's name may not hold."""
    return "".join(sign for sign in title if sign not in "[]:*?/\\'")[:31] or "1"
