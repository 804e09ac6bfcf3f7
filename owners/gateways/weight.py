"""How much a workbook becomes when it is opened: a file of two kilobytes can ask for 500 gigabytes.

The parser lays a sheet out from its first to its last cell, however few there are between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final
from zipfile import BadZipFile, ZipFile, ZipInfo, is_zipfile

MOST_BYTES: Final = 300 * 1024 * 1024
MOST_CELLS: Final = 12_000_000
_ROWS, _COLUMNS = 99_999, 26  # what a sheet has at most in which `_FAR` finds nothing
_BLOCK, _OVERLAP = 4 * 1024 * 1024, 4096
# An address, and the end of its tag where the cell or row is empty: those are not laid out.
_ADDRESS = rb"""r\s*=\s*["'](?:%b)["']((?:[^<>"']|"[^"]*"|'[^']*'){0,500}/>)?"""
_ANY: Final = re.compile(_ADDRESS % rb"([A-Za-z]{0,9})([0-9]{1,9})")
_FAR: Final = re.compile(_ADDRESS % rb"(?=[A-Za-z]{2}|[A-Za-z]?[0-9]{6})([A-Za-z]{0,9})([0-9]{1,9})")


def is_too_heavy(source: Path | str | BinaryIO) -> bool:
    """Whether a workbook is no .xlsx inside, or larger unpacked or laid out than any register."""
    if not is_zipfile(source):
        return False  # the parser says what it is
    try:
        with ZipFile(source) as book:
            return _declares_too_much(book) or any(_is_too_wide(book, part) for part in book.infolist())
    except (BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError):
        return True


def declares_too_much(source: Path | str | BinaryIO) -> bool:
    """The part of it that needs the table of contents only."""
    if not is_zipfile(source):
        return False
    with ZipFile(source) as book:
        return _declares_too_much(book)


def _declares_too_much(book: ZipFile) -> bool:
    other_kind = {"xl/workbook.bin", "content.xml"} & {part.filename.lower() for part in book.infolist()}
    return bool(other_kind) or sum(part.file_size for part in book.infolist()) > MOST_BYTES


def _is_too_wide(book: ZipFile, part: ZipInfo) -> bool:
    columns, rows = _extent(book, part, _FAR)
    if max(columns, _COLUMNS) * max(rows, _ROWS) <= MOST_CELLS:
        return False
    columns, rows = _extent(book, part, _ANY)
    return columns * rows > MOST_CELLS


def _extent(book: ZipFile, part: ZipInfo, pattern: re.Pattern[bytes]) -> tuple[int, int]:
    columns = rows = 0
    for block in _blocks(book, part):
        for letters, digits, is_empty in pattern.findall(block):
            if not is_empty:
                columns, rows = max(columns, _number(letters)), max(rows, int(digits))
    return columns, rows


def _blocks(book: ZipFile, part: ZipInfo) -> Iterator[bytes]:
    before = b""
    with book.open(part) as content:
        while block := content.read(_BLOCK):
            yield before + block
            before = block[-_OVERLAP:]


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
