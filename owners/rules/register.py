"""A house register: messy spreadsheet rows become clean rows, or reasons why not."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from owners.rules import bays, cells, codes, hc_layout, headers, people
from owners.rules.codes import Place
from owners.rules.findings import Findings
from owners.rules.headers import Header
from owners.rules.seen import Seen
from owners.rules.unit_cells import MAX_REMARK, USAGES, floor_of, read_area, read_floor, read_owners
from owners.rules.workbook import (
    Cell,
    Event,
    HandoverStatus,
    Issue,
    Layout,
    Level,
    Note,
    Occupancy,
    Phone,
    Sheet,
    UnitRow,
    Usage,
    Why,
    unmerged,
)

_TOTAL = re.compile(r"(?:本页|本栋|总|[0-9A-Z]{1,4}(?:#|栋|幢))?(?:合计|总计|小计|共计|累计).{0,12}")
_SHEET_BUILDING = re.compile(r"[0-9A-Z一二三四五六七八九十]{1,4}(?:#|号楼|栋|幢|座)")
_MERGEABLE: Final = ("building", "entrance", "usage", "handover", "status", "owner", "identity", "rate")

_IN = HandoverStatus.TAKEN_OVER
STATUSES: Final[Mapping[str, tuple[HandoverStatus, Occupancy]]] = {
    **dict.fromkeys(("已入住", "入住", "自住", "常住", "居住"), (_IN, Occupancy.OCCUPIED)),
    **dict.fromkeys(("出租", "已出租", "租住", "租赁"), (_IN, Occupancy.LET)),
    **dict.fromkeys(("装修", "装修中", "在装修"), (_IN, Occupancy.RENOVATING)),
    **dict.fromkeys(("空置", "未入住", "空关", "空房", "空置房", "已收房未入住"), (_IN, Occupancy.VACANT)),
    **dict.fromkeys(("已收房", "已交付", "已交房"), (_IN, Occupancy.UNKNOWN)),
    **dict.fromkeys(
        ("未收房", "未交付", "未交房", "拒收房", "未接房"), (HandoverStatus.NOT_TAKEN_OVER, Occupancy.VACANT)
    ),
    **dict.fromkeys(("未售", "未出售", "待售"), (HandoverStatus.UNSOLD, Occupancy.VACANT)),
}


def parse_register(sheets: Sequence[Sheet], *, as_of: date) -> Iterator[Event]:
    """Read a workbook in either layout, one event at a time: rows, issues (before their row) and notes.

    A row with an ERROR gives no row. Memory does not grow with the file but for a bit per unit.
    """
    if hc_layout.detect(sheets) is Layout.OPEN_SOURCE:
        yield from hc_layout.parse(sheets)
        return
    unit_sheets: list[tuple[Sheet, Header]] = []
    bay_sheets: list[tuple[Sheet, Header]] = []
    for sheet in sheets:
        yield from _sort(sheet, unit_sheets, bay_sheets)
    if not unit_sheets:
        yield Issue("", 0, "", "", "", Why.NO_REGISTER, Level.ERROR, "")
    seen = Seen()
    for sheet, header in unit_sheets:
        yield from UnitReader(sheet, header, seen, as_of).events()
    bays_seen = Seen()
    for sheet, header in bay_sheets:
        yield from bays.BayReader(sheet, header, units=seen, seen=bays_seen).events()


def _sort(
    sheet: Sheet, unit_sheets: list[tuple[Sheet, Header]], bay_sheets: list[tuple[Sheet, Header]]
) -> Iterator[Event]:
    """Put a sheet on its pile, or say why it is on none."""
    if sheet.hidden:
        yield Note(sheet.name, 0, Why.SHEET_HIDDEN, "")
        return
    units = headers.find_header(sheet, headers.UNITS, headers.UNITS_REQUIRED)
    parking = headers.find_header(sheet, headers.BAYS, headers.BAYS_REQUIRED)
    is_units = units is not None and not units.missing(headers.UNITS_REQUIRED)
    is_bays = parking is not None and not parking.missing(headers.BAYS_REQUIRED)
    chosen: Header | None = None
    if parking is not None and is_bays and ("车位" in sheet.name or not is_units):
        chosen = parking
        bay_sheets.append((sheet, parking))
    elif units is not None and is_units:
        chosen = units
        unit_sheets.append((sheet, units))
    elif units is not None:
        missing = " ".join(units.missing(headers.UNITS_REQUIRED))
        yield Issue(sheet.name, units.row, "", "", missing, Why.COLUMN_MISSING, Level.WARNING, "")
    else:
        yield Note(sheet.name, 0, Why.SHEET_IGNORED, "")
    if chosen is not None:
        yield from ignored_columns(sheet, chosen)


def ignored_columns(sheet: Sheet, header: Header) -> Iterator[Note]:
    """A note for each titled column that nobody reads."""
    for index in header.ignored:
        yield Note(sheet.name, header.row, Why.COLUMN_IGNORED, header.titles[index])


class UnitReader:
    """Reads one sheet of units. Buildings and entrances left blank repeat the row above."""

    def __init__(self, sheet: Sheet, header: Header, seen: Seen, as_of: date) -> None:
        self._sheet, self._header, self._seen, self._as_of = sheet, header, seen, as_of
        self._found = Findings(sheet.name, header)
        self._index = {field: header.at(field) for field in headers.UNITS}
        self._own = frozenset({*header.columns.values(), *header.phones} - {header.at("number")})
        narrow = cells.plain(sheet.name).upper()
        by_sheet = "building" not in header.columns and _SHEET_BUILDING.fullmatch(narrow)
        self._building = codes.building(narrow) if by_sheet else ""
        self._entrance = ""

    def events(self) -> Iterator[Event]:
        """The sheet's rows, issues and notes in file order."""
        if headers.is_yearly(self._header.title("rate")):
            self._found.start(self._header.row)
            self._found.error("rate", self._header.title("rate"), Why.PRICE_PERIOD)
            yield from self._found.drain()[0]
        merged = frozenset(self._header.at(field) for field in _MERGEABLE) | frozenset(self._header.phones)
        for number, row in unmerged(self._sheet, merged):
            if number > self._header.row:
                # The blank at the end is what an index of -1 reads: a column the sheet does not have.
                yield from self._events_of_row(number, [*row, ""])

    def _events_of_row(self, number: int, row: list[Cell]) -> Iterator[Event]:
        room = codes.room(row[self._index["room"]])
        if not room:
            aside = self._aside(number, row)
            if aside is not None:
                yield from aside
                return
        self._found.start(number)
        unit = self._unit(number, row, room)
        issues, rejected = self._found.drain()
        yield from issues
        if unit is not None and not rejected:
            yield unit

    def _aside(self, number: int, row: list[Cell]) -> tuple[Note, ...] | None:
        """Blank, total, repeated header and one-cell rows are no units; None: the row claims to be one."""
        filled = {index: words for index, cell in enumerate(row) if (words := cells.plain(cell))}
        if not filled:
            return ()
        if any(_TOTAL.fullmatch(words) for words in filled.values()):
            return (Note(self._sheet.name, number, Why.TOTAL_ROW, " ".join(filled.values())),)
        told = self._own & set(filled)
        repeated = all(
            cells.plain(self._header.titles.get(index, "")) == words for index, words in filled.items()
        )
        if len(told) > 1 and not repeated:
            return None
        building = codes.building(row[self._index["building"]])
        if building and not repeated and codes.is_name(building):
            self._building, self._entrance = building, ""
        return (Note(self._sheet.name, number, Why.ROW_IGNORED, " ".join(filled.values())),)

    def _unit(self, number: int, row: list[Cell], room: str | None) -> UnitRow | None:
        found, index = self._found, self._index
        place = self._place(row, room)
        area = read_area(found, row[index["area"]])
        handover_on = found.attempt("handover", row[index["handover"]], cells.day, Why.BAD_DATE)
        if handover_on is not None and handover_on > self._as_of:
            found.warn("handover", row[index["handover"]], Why.FUTURE_HANDOVER)
        rate = found.attempt("rate", row[index["rate"]], cells.rate_micro, Why.RATE_BAD)
        usage = self._usage(row[index["usage"]])
        names = people.owner_names(row[index["owner"]])
        status, occupancy = self._status(row[index["status"]], names.developer)
        developer = names.developer or status is HandoverStatus.UNSOLD
        owners = read_owners(found, row[index["owner"]], row[index["identity"]], names, developer)
        phones = self._phones(row)
        floor = read_floor(found, row[index["floor"]])
        remark = found.clip("remark", row[index["remark"]], MAX_REMARK)
        if place is None or area is None:
            return None
        return UnitRow(
            self._sheet.name,
            number,
            place.building,
            place.entrance,
            place.room,
            place.code,
            floor if floor is not None else floor_of(place.room, usage),
            usage,
            area,
            handover_on,
            status,
            occupancy,
            owners,
            phones,
            developer,
            rate,
            remark,
        )

    def _place(self, row: list[Cell], room: str | None) -> Place | None:
        self._carry(row)
        found, cell = self._found, row[self._index["room"]]
        place = codes.place(self._building, self._entrance, room) if room else None
        if place is None:
            found.error("room", cell, Why.NO_ROOM if room == "" else Why.ROOM_BAD)
            return None
        if not place.building:
            found.error("building", row[self._index["building"]], Why.NO_BUILDING)
            return None
        found.unit = place.code
        if not self._seen.add((place.building, place.entrance), place.room):
            found.error("room", cell, Why.DUPLICATE)
        return place

    def _carry(self, row: list[Cell]) -> None:
        """Remember the building and the entrance for the blank cells below."""
        building = codes.building(row[self._index["building"]])
        if building and not codes.is_name(building):
            self._found.error("building", row[self._index["building"]], Why.NO_BUILDING)
        if building and building != self._building:
            self._building, self._entrance = building, ""
        entrance = codes.entrance(row[self._index["entrance"]])
        if entrance and not codes.is_name(entrance):
            self._found.error("entrance", row[self._index["entrance"]], Why.ROOM_BAD)
        self._entrance = entrance or self._entrance

    def _usage(self, cell: Cell) -> Usage:
        words = cells.plain(cell)
        if self._index["usage"] == -1:
            return Usage.RESIDENTIAL
        if words not in USAGES:
            self._found.warn("usage", cell, Why.UNKNOWN_USAGE)
        return USAGES.get(words, Usage.OTHER)

    def _status(self, cell: Cell, developer: bool) -> tuple[HandoverStatus, Occupancy]:
        words = cells.plain(cell)
        known = STATUSES.get(words)
        if known is not None:
            return known
        if words:
            self._found.warn("status", cell, Why.UNKNOWN_STATUS)
        return (HandoverStatus.UNSOLD if developer else HandoverStatus.TAKEN_OVER), Occupancy.UNKNOWN

    def _phones(self, row: list[Cell]) -> tuple[Phone, ...]:
        numbers = people.phones(*(row[index] for index in self._header.phones))
        for piece in numbers.bad:
            self._found.warn(self._phone_column(row, piece), piece, Why.BAD_PHONE)
        return numbers.phones

    def _phone_column(self, row: list[Cell], piece: str) -> int:
        return next(index for index in self._header.phones if piece in cells.text(row[index]))
