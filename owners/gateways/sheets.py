"""Opens Excel workbooks with python-calamine and hands out their sheets as plain rows."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from owners.gateways.weight import declares_too_much, is_too_heavy
from owners.rules.workbook import NumberedRow, Sheet


class NotAWorkbook(ValueError):
    """The file is no spreadsheet that can be read: another format, damaged, or protected by a password."""


def open_sheets(source: Path | str | bytes) -> list[Sheet]:
    """The worksheets of a workbook given by path or content, in order, each readable any number of times.

    Raises NotAWorkbook; a missing path raises FileNotFoundError. The cells stay in the parser's compact
    form: rows become Python objects one at a time.
    """
    if is_too_heavy(BytesIO(source) if isinstance(source, bytes) else source):
        raise NotAWorkbook("larger than any register")
    try:
        if isinstance(source, bytes):
            book = CalamineWorkbook.from_filelike(BytesIO(source))
        else:
            book = CalamineWorkbook.from_path(source)
        return [
            _sheet(book.get_sheet_by_name(meta.name), hidden=meta.visible != SheetVisibleEnum.Visible)
            for meta in book.sheets_metadata
            if meta.typ == SheetTypeEnum.WorkSheet
        ]
    except CalamineError as error:
        raise NotAWorkbook(str(error)) from error


def _sheet(sheet: CalamineSheet, *, hidden: bool) -> Sheet:
    merged = tuple(sheet.merged_cell_ranges or ())
    return Sheet(sheet.name, lambda: _rows(sheet), sheet.total_height, merged, hidden)


def _rows(sheet: CalamineSheet) -> Iterator[NumberedRow]:
    """Rows with their Excel numbers. The parser gives blank rows above the data, no columns before it."""
    if sheet.start is None:
        return
    left = [""] * sheet.start[1]
    for number, row in enumerate(sheet.iter_rows(), 1):
        yield number, [*left, *row] if left else row


def check_workbook(content: bytes) -> None:
    """Look at the table of contents only, for an upload form to answer at once. Raises NotAWorkbook."""
    try:
        if declares_too_much(BytesIO(content)):
            raise NotAWorkbook("larger than any register")
        CalamineWorkbook.from_filelike(BytesIO(content))
    except (CalamineError, BadZipFile) as error:
        raise NotAWorkbook(str(error)) from error
