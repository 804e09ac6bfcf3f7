"""The issues of the row being read: each names its column, value and code."""

from collections.abc import Callable
from typing import TypeVar

from owners.rules.cells import Unreadable, text
from owners.rules.headers import Header
from owners.rules.workbook import Cell, Issue, Level, Why

T = TypeVar("T")


class Findings:
    """Collects what is wrong with one row at a time; `drain` hands it over and starts the next row."""

    def __init__(self, sheet: str, header: Header) -> None:
        self._sheet = sheet
        self._header = header
        self._row = 0
        self._found: list[Issue] = []
        self.unit = ""

    def start(self, row: int) -> None:
        """Begin a row."""
        self._row = row
        self.unit = ""

    def error(self, field: str | int, cell: Cell, code: Why) -> None:
        """A reason to reject the row."""
        self._add(field, cell, code, Level.ERROR)

    def warn(self, field: str | int, cell: Cell, code: Why) -> None:
        """Something to look at; the row stays."""
        self._add(field, cell, code, Level.WARNING)

    def attempt(self, field: str | int, cell: Cell, read: Callable[[Cell], T | None], code: Why) -> T | None:
        """Read a cell; what cannot be read is an error and None."""
        try:
            return read(cell)
        except Unreadable:
            self.error(field, cell, code)
            return None

    def clip(self, field: str, cell: Cell, limit: int) -> str:
        """The cell's text, cut at what the table can hold; a cut is a warning."""
        words = text(cell)
        if len(words) > limit:
            self.warn(field, words, Why.TOO_LONG)
        return words[:limit].strip()

    def drain(self) -> tuple[list[Issue], bool]:
        """The row's issues, each with its unit, and whether one of them rejects it."""
        if not self._found:
            return [], False
        found = [issue._replace(unit=self.unit) for issue in self._found]
        self._found = []
        return found, any(issue.level is Level.ERROR for issue in found)

    def _add(self, field: str | int, cell: Cell, code: Why, level: Level) -> None:
        column, title = self._header.place(field)
        self._found.append(Issue(self._sheet, self._row, column, title, text(cell), code, level, ""))
