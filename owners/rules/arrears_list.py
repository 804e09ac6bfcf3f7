"""A list of opening arrears: each row is a unit, an item, a range of months and one amount."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

from owners.rules import cells, headers
from owners.rules.codes import read_code
from owners.rules.findings import Findings
from owners.rules.headers import Header
from owners.rules.register import ignored_columns
from owners.rules.unit_cells import MAX_NAME, MAX_REMARK
from owners.rules.workbook import Cell, Issue, Level, Note, Sheet, Why, unmerged
from values.fen import Fen
from values.period import Period, add_months

PROPERTY_FEE: Final = re.compile(r"物业(?:服务|管理)?费|管理费|")
_MERGEABLE: Final = ("unit", "owner")


class ArrearsRow(NamedTuple):
    """One accepted row. `first` and `last` are the first days of the first and the last month owed."""

    sheet: str
    row: int
    unit: str
    owner_name: str
    item: str
    first: date
    last: date
    months: int
    amount_fen: Fen
    last_paid_on: date | None
    remark: str

    @property
    def period(self) -> Period:
        """The whole time, both months included, as a half-open period."""
        return Period(self.first, add_months(self.last, 1))


ArrearsEvent = ArrearsRow | Issue | Note


@dataclass(slots=True)
class ArrearsReport:
    """Counts of one list, fed one event at a time."""

    rows: int = 0
    total_fen: int = 0
    footer_row: int | None = None
    errors: Counter[str] = field(default_factory=Counter)
    warnings: Counter[str] = field(default_factory=Counter)

    def add(self, event: ArrearsEvent) -> None:
        """Count an event."""
        if isinstance(event, ArrearsRow):
            self.rows += 1
            self.total_fen += event.amount_fen
        elif isinstance(event, Issue):
            (self.errors if event.level is Level.ERROR else self.warnings)[event.code] += 1
        elif event.code is Why.TOTAL_ROW:
            self.footer_row = event.row


def parse_arrears(
    sheets: Sequence[Sheet], *, known: Mapping[str, int | None], as_of: date
) -> Iterator[ArrearsEvent]:
    """Read the list, one event at a time; a row with an ERROR gives no row.

    `known` maps every unit code of the community to its property fee per month in fen, or None where no
    tariff is known: only rows of that item with a figure are compared (months x month line, K2).
    """
    readable = 0
    for sheet in sheets:
        header = None
        if not sheet.hidden:
            header = headers.find_header(sheet, headers.ARREARS, headers.ARREARS_REQUIRED)
        if header is None:
            yield Note(sheet.name, 0, Why.SHEET_HIDDEN if sheet.hidden else Why.SHEET_IGNORED, "")
        elif header.missing(headers.ARREARS_REQUIRED):
            missing = " ".join(header.missing(headers.ARREARS_REQUIRED))
            yield Issue(sheet.name, header.row, "", "", missing, Why.COLUMN_MISSING, Level.WARNING, "")
        else:
            readable += 1
            yield from ignored_columns(sheet, header)
            yield from _Reader(sheet, header, known, as_of).events()
    if not readable:
        yield Issue("", 0, "", "", "", Why.NO_REGISTER, Level.ERROR, "")


class _Reader:
    def __init__(self, sheet: Sheet, header: Header, known: Mapping[str, int | None], as_of: date) -> None:
        self._sheet, self._header, self._known, self._as_of = sheet, header, known, as_of
        self._found = Findings(sheet.name, header)
        self._index = {name: header.at(name) for name in headers.ARREARS}
        self._owed: dict[tuple[str, str], list[Period]] = {}

    def events(self) -> Iterator[ArrearsEvent]:
        merged = frozenset(self._header.at(name) for name in _MERGEABLE)
        for number, row in unmerged(self._sheet, merged):
            if number > self._header.row:
                yield from self._events_of_row(number, [*row, ""])

    def _events_of_row(self, number: int, row: list[Cell]) -> Iterator[ArrearsEvent]:
        filled = [words for cell in row if (words := cells.plain(cell))]
        if not filled:
            return
        is_total = any(words.startswith(("合计", "总计", "小计", "共计")) for words in filled)
        if is_total or len(filled) == 1:
            code = Why.TOTAL_ROW if is_total else Why.ROW_IGNORED
            yield Note(self._sheet.name, number, code, " ".join(filled))
            return
        self._found.start(number)
        owed = self._row(number, row)
        issues, rejected = self._found.drain()
        yield from issues
        if owed is not None and not rejected:
            self._owed.setdefault((owed.unit, owed.item), []).append(owed.period)
            yield owed

    def _row(self, number: int, row: list[Cell]) -> ArrearsRow | None:
        found, index = self._found, self._index
        unit = self._unit(row[index["unit"]])
        item = cells.plain(row[index["item"]])
        first = self._month(row, "first")
        last = self._month(row, "last")
        amount = self._amount(row[index["amount"]])
        paid = found.attempt("paid", row[index["paid"]], cells.day, Why.BAD_DATE)
        if first is None or last is None:
            return None
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        if months < 1:
            found.error("last", row[index["last"]], Why.MONTHS_REVERSED)
            return None
        if unit is None or amount is None:
            return None
        owed = ArrearsRow(
            self._sheet.name,
            number,
            unit,
            found.clip("owner", row[index["owner"]], MAX_NAME),
            item,
            first,
            last,
            months,
            amount,
            paid,
            found.clip("remark", row[index["remark"]], MAX_REMARK),
        )
        self._compare(owed, row)
        return owed

    def _unit(self, cell: Cell) -> str | None:
        words = cells.text(cell)
        self._found.unit = words
        exact = cells.plain(cell).upper()
        if exact in self._known:  # a parking bay is called by its own number, zeros and all
            self._found.unit = exact
            return exact
        place = read_code(words)
        if place is None or place.code not in self._known:
            self._found.error("unit", cell, Why.UNIT_UNKNOWN)
            return None
        self._found.unit = place.code
        return place.code

    def _month(self, row: list[Cell], name: str) -> date | None:
        cell = row[self._index[name]]
        month = self._found.attempt(name, cell, cells.month, Why.MONTH_BAD)
        if month is None and cells.is_nothing(cells.plain(cell)):
            self._found.error(name, cell, Why.MONTH_BAD)
        if month is not None and month > self._as_of:
            self._found.warn(name, cell, Why.FUTURE_MONTH)
        return month

    def _amount(self, cell: Cell) -> Fen | None:
        amount = self._found.attempt("amount", cell, cells.amount_fen, Why.AMOUNT_BAD)
        if amount is None and not cells.plain(cell):
            self._found.error("amount", cell, Why.AMOUNT_BAD)
        if amount is not None and amount <= 0:
            self._found.error("amount", cell, Why.AMOUNT_BAD)
            return None
        return amount

    def _compare(self, owed: ArrearsRow, row: list[Cell]) -> None:
        """The row against itself, the tariff and the rows above."""
        stated = self._found.attempt("months", row[self._index["months"]], cells.whole, Why.MONTH_BAD)
        if stated is not None and stated != owed.months:
            self._found.warn("months", row[self._index["months"]], Why.MONTHS_DIFFER)
        monthly = self._known[owed.unit] if PROPERTY_FEE.fullmatch(owed.item) else None
        if monthly is not None and monthly * owed.months != owed.amount_fen:
            self._found.warn("amount", row[self._index["amount"]], Why.AMOUNT_MISMATCH)
        if any(owed.period.overlaps(other) for other in self._owed.get((owed.unit, owed.item), ())):
            self._found.error("unit", owed.unit, Why.DUPLICATE)
