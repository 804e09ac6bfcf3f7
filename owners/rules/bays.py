"""A sheet of parking bays."""

from collections.abc import Iterator, Mapping
from typing import Final

from owners.rules import cells, headers, people
from owners.rules.codes import read_code
from owners.rules.findings import Findings
from owners.rules.headers import Header
from owners.rules.seen import Seen
from owners.rules.unit_cells import MAX_NAME
from owners.rules.workbook import BayRow, Cell, Event, Note, Sheet, Tenure, Why

MAX_CODE: Final = 20
MAX_LOCATION: Final = 60
MAX_PLATE: Final = 20
TENURES: Final[Mapping[str, Tenure]] = {
    **dict.fromkeys(("产权", "产权车位", "已售", "自有", "出售", "购买", "H", "私有"), Tenure.OWNED),
    **dict.fromkeys(("租赁", "租用", "出租", "月租", "租赁车位", "S", "承租"), Tenure.RENTED),
    **dict.fromkeys(("人防", "人防车位", "公共", "访客", "空置", "临时", "其他", ""), Tenure.OTHER),
}


class BayReader:
    """Reads one sheet of bays. `units` are the codes of the same file: a link elsewhere is a warning."""

    def __init__(self, sheet: Sheet, header: Header, *, units: Seen, seen: Seen) -> None:
        self._sheet, self._header, self._units, self._seen = sheet, header, units, seen
        self._found = Findings(sheet.name, header)
        self._index = {field: header.at(field) for field in headers.BAYS}

    def events(self) -> Iterator[Event]:
        """The sheet's rows, issues and notes in file order."""
        title = self._header.title("fee")
        if headers.is_yearly(title):
            self._found.start(self._header.row)
            self._found.error("fee", title, Why.PRICE_PERIOD)
            yield from self._found.drain()[0]
        for number, row in self._sheet.rows():
            if number > self._header.row:
                yield from self._events_of_row(number, [*row, ""])

    def _events_of_row(self, number: int, row: list[Cell]) -> Iterator[Event]:
        filled = [words for cell in row if (words := cells.plain(cell))]
        if len(filled) < 2:
            if filled:
                yield Note(self._sheet.name, number, Why.ROW_IGNORED, filled[0])
            return
        if filled[0].startswith(("合计", "总计", "小计", "共计")):
            yield Note(self._sheet.name, number, Why.TOTAL_ROW, " ".join(filled))
            return
        self._found.start(number)
        bay = self._bay(number, row)
        issues, rejected = self._found.drain()
        yield from issues
        if not rejected:
            yield bay

    def _bay(self, number: int, row: list[Cell]) -> BayRow:
        found, index = self._found, self._index
        code = cells.plain(row[index["bay"]]).upper()
        found.unit = code
        if not code or len(code) > MAX_CODE:
            found.error("bay", code, Why.NO_BAY)
        elif not self._seen.add("bay", code):
            found.error("bay", code, Why.DUPLICATE)
        tenure = cells.plain(row[index["tenure"]])
        if tenure not in TENURES:
            found.warn("tenure", tenure, Why.UNKNOWN_TENURE)
        numbers = people.phones(*(row[at] for at in self._header.phones))
        for piece in numbers.bad:
            found.warn(self._header.phones[0], piece, Why.BAD_PHONE)
        user = found.clip("user", row[index["user"]], MAX_NAME)
        return BayRow(
            self._sheet.name,
            number,
            code,
            found.clip("location", row[index["location"]], MAX_LOCATION),
            TENURES.get(tenure, Tenure.OTHER),
            self._unit(row[index["unit"]]),
            "" if cells.is_nothing(user) else user,
            numbers.phones,
            found.clip("plate", cells.plain(row[index["plate"]]), MAX_PLATE).upper(),
            found.attempt("fee", row[index["fee"]], cells.amount_fen, Why.FEE_BAD),
        )

    def _unit(self, cell: Cell) -> str:
        words = cells.text(cell)
        if cells.is_nothing(words):
            return ""
        place = read_code(words)
        if place is None or not self._units.has((place.building, place.entrance), place.room):
            self._found.warn("unit", cell, Why.UNIT_UNKNOWN)
            return ""
        return place.code
