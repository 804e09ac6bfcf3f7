"""The workbook layout of MicroCommunity (HC): buildings, owners, fees, rooms and bays on five sheets."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from owners.rules import cells, codes, headers, people
from owners.rules.bays import MAX_CODE, MAX_LOCATION, MAX_PLATE, TENURES
from owners.rules.codes import Place
from owners.rules.findings import Findings
from owners.rules.headers import Header
from owners.rules.seen import Seen
from owners.rules.unit_cells import MAX_NAME, USAGES, floor_of, read_area, read_floor
from owners.rules.workbook import (
    BayRow,
    Cell,
    Event,
    HandoverStatus,
    Issue,
    Layout,
    Level,
    Note,
    Occupancy,
    Owner,
    Phone,
    Sheet,
    Subscription,
    TariffRow,
    Tenure,
    UnitRow,
    Usage,
    Why,
)

AREA_TIMES_PRICE: Final = "1001"
FIXED_AMOUNT: Final = "2002"
_PROPERTY_FEE: Final = "物业费"
_FLOORS: Final = {"building": ("楼栋号", "楼栋编号"), "entrance": ("单元编号", "单元号")}
_OWNERS: Final = {
    "number": ("业主编号", "编号"),
    "name": ("业主名称", "业主姓名", "名称"),
    "phone": ("手机号", "联系电话", "手机", "电话"),
    "identity": ("身份证号", "身份证", "证件号码"),
    "kind": ("业主类型", "类型"),
}
_FEES: Final = {
    "number": ("费用编号", "编号"),
    "kind": ("费用类型",),
    "name": ("收费项目", "费用名称"),
    "flag": ("费用标识",),
    "payment": ("付费类型",),
    "cycle": ("缴费周期",),
    "first": ("计费起始时间", "计费开始时间"),
    "last": ("计费结束时间", "计费终止时间"),
    "formula": ("计算公式",),
    "rate": ("计费单价", "单价"),
    "fixed": ("固定费用", "附加费用", "附加费"),
}
_ROOMS: Final = {
    "room": ("房屋编号", "房号"),
    "building": ("楼栋编号", "楼栋号"),
    "entrance": ("单元编号", "单元号"),
    "floor": ("房屋楼层", "楼层"),
    "area": ("建筑面积",),
    "owner": ("业主编号",),
    "fees": ("房屋费用",),
    "starts": ("费用开始时间", "费用到期时间"),
    "usage": ("房屋类型",),
}
_BAYS: Final = {
    "location": ("停车场编号", "停车场", "停车场编码"),
    "bay": ("车位编码", "车位编号", "车位号"),
    "owner": ("业主编号",),
    "plate": ("车牌号", "车牌"),
    "tenure": ("出售出租", "出售/出租", "租售类型", "车位状态", "状态"),
}
_SUB_TYPES: Final[Mapping[str, Usage]] = {
    **USAGES,
    "110": Usage.RESIDENTIAL,
    "119": Usage.OTHER,
    "120": Usage.OTHER,
}


class _Person(NamedTuple):
    name: str
    id_no: str | None
    phones: tuple[Phone, ...]


class _Table:
    """One sheet read by title. Text in columns without a known title, far to the right, is never a row."""

    def __init__(
        self, sheet: Sheet, synonyms: Mapping[str, tuple[str, ...]], required: frozenset[str]
    ) -> None:
        self.sheet = sheet
        header = headers.find_header(sheet, synonyms, required)
        self.missing = tuple(sorted(required)) if header is None else header.missing(required)
        self.header = header or Header(1, {}, (), {}, ())
        self.found = Findings(sheet.name, self.header)
        self._own = frozenset(self.header.columns.values()) | frozenset(self.header.phones)

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Numbered rows below the header that hold something in a known column."""
        for number, row in self.sheet.rows():
            if number > self.header.row and any(row[index] != "" for index in self._own if index < len(row)):
                self.found.start(number)
                yield number, [*row, ""]

    def cell(self, row: list[Cell], field: str) -> Cell:
        """The field's cell, "" when the sheet lacks the column."""
        return row[self.header.at(field)]

    def missing_issue(self) -> Iterator[Issue]:
        """An error when a column is missing without which nothing can be read."""
        if self.missing:
            missing = " ".join(self.missing)
            yield Issue(
                self.sheet.name, self.header.row, "", "", missing, Why.COLUMN_MISSING, Level.ERROR, ""
            )


def detect(sheets: Sequence[Sheet]) -> Layout:
    """Which layout a workbook has: the open-source one when its rooms point to owners by number."""
    rooms = next((sheet for sheet in sheets if sheet.name.strip() == "房屋信息"), None)
    owners = any(sheet.name.strip() == "业主信息" for sheet in sheets)
    if rooms is None or not owners:
        return Layout.REGISTER
    table = _Table(rooms, _ROOMS, frozenset({"room", "area", "owner"}))
    return Layout.REGISTER if table.missing else Layout.OPEN_SOURCE


def parse(sheets: Sequence[Sheet]) -> Iterator[Event]:
    """Tariffs, then each unit with its subscriptions, then bays; issues and notes in between.

    The layout has no handover day: a room with an owner counts as taken over. A unit's
    `rate_micro` is the price of its one property fee by area; where that fee has a fixed surcharge it is
    None and only the tariff tells all.
    """
    named = {sheet.name.strip(): sheet for sheet in sheets if not sheet.hidden}
    reader = _Reader()
    steps = (
        ("楼栋单元", _FLOORS, frozenset({"building", "entrance"}), reader.floors),
        ("业主信息", _OWNERS, frozenset({"number", "name"}), reader.owners),
        ("费用设置", _FEES, frozenset({"number", "name", "first", "formula", "rate", "fixed"}), reader.fees),
        ("房屋信息", _ROOMS, frozenset({"room", "building", "entrance", "area"}), reader.rooms),
        ("车位信息", _BAYS, frozenset({"bay"}), reader.bays),
    )
    for name, synonyms, required, read in steps:
        sheet = named.pop(name, None)
        if sheet is None:
            continue
        table = _Table(sheet, synonyms, required)
        yield from table.missing_issue()
        if not table.missing:
            yield from read(table)
    for name in named:
        yield Note(name, 0, Why.SHEET_IGNORED, "")


class _Reader:
    """What one sheet must remember for the next."""

    def __init__(self) -> None:
        self._entrances: set[tuple[str, str]] = set()
        self._people: dict[str, _Person] = {}
        self._tariffs: dict[str, TariffRow] = {}
        self._seen = Seen()
        self._bays_seen = Seen()

    def floors(self, table: _Table) -> Iterator[Event]:
        """Which entrances exist."""
        for _, row in table.rows():
            building = codes.building(table.cell(row, "building"))
            if building:
                self._entrances.add((building, codes.entrance(table.cell(row, "entrance"))))
        yield from ()

    def owners(self, table: _Table) -> Iterator[Event]:
        """Remember the people by number; their faults are reported once, on their own row."""
        found = table.found
        for _, row in table.rows():
            number = cells.plain(table.cell(row, "number"))
            name = found.clip("name", table.cell(row, "name"), MAX_NAME)
            if not number or cells.is_nothing(name):
                found.error("name", name or number, Why.NO_OWNER)
            elif number in self._people:
                found.error("number", number, Why.DUPLICATE)
            else:
                self._people[number] = self._person(table, row, name)
            yield from found.drain()[0]

    def _person(self, table: _Table, row: list[Cell], name: str) -> _Person:
        numbers = people.phones(*(row[index] for index in table.header.phones))
        for piece in numbers.bad:
            table.found.warn(table.header.phones[0], piece, Why.BAD_PHONE)
        identities = people.identity_numbers(table.cell(row, "identity"))
        if len(identities) > 1:
            table.found.warn("identity", table.cell(row, "identity"), Why.ID_COUNT)
        identity = identities[0] if identities else ""
        if identity and not people.valid_identity(identity):
            table.found.warn("identity", identity, Why.BAD_ID)
        return _Person(name, identity or None, numbers.phones)

    def fees(self, table: _Table) -> Iterator[Event]:
        """The tariffs, remembered by number."""
        for number, row in table.rows():
            tariff = self._tariff(table, number, row)
            issues, rejected = table.found.drain()
            yield from issues
            if tariff is not None and not rejected:
                self._tariffs[tariff.fee_no] = tariff
                yield tariff

    def _tariff(self, table: _Table, number: int, row: list[Cell]) -> TariffRow | None:
        found = table.found
        fee_no = cells.plain(table.cell(row, "number"))
        if not fee_no or fee_no in self._tariffs:
            found.error("number", fee_no, Why.DUPLICATE if fee_no else Why.FEE_UNKNOWN)
        formula = cells.plain(table.cell(row, "formula"))
        if formula not in (AREA_TIMES_PRICE, FIXED_AMOUNT):
            found.error("formula", formula, Why.FORMULA_UNKNOWN)
        start_on = found.attempt("first", table.cell(row, "first"), cells.day, Why.BAD_DATE)
        end_on = found.attempt("last", table.cell(row, "last"), cells.day, Why.BAD_DATE)
        if start_on is None:
            found.error("first", table.cell(row, "first"), Why.BAD_DATE)
            return None
        return TariffRow(
            table.sheet.name,
            number,
            fee_no,
            cells.plain(table.cell(row, "kind")),
            cells.text(table.cell(row, "name")),
            "一次" not in cells.plain(table.cell(row, "flag")),
            "后付" not in cells.plain(table.cell(row, "payment")),
            found.attempt("cycle", table.cell(row, "cycle"), cells.whole, Why.MONTH_BAD) or 1,
            formula,
            found.attempt("rate", table.cell(row, "rate"), cells.rate_micro, Why.RATE_BAD) or 0,
            found.attempt("fixed", table.cell(row, "fixed"), cells.amount_fen, Why.AMOUNT_BAD) or 0,
            start_on,
            end_on,
        )

    def rooms(self, table: _Table) -> Iterator[Event]:
        """Each unit, then what it subscribes to."""
        for number, row in table.rows():
            place = self._place(table, row)
            fees = self._fees(table, row)
            unit = self._unit(table, number, row, place, fees)
            issues, rejected = table.found.drain()
            yield from issues
            if unit is None or rejected:
                continue
            yield unit
            for fee_no, start_on in fees:
                yield Subscription(table.sheet.name, number, unit.code, fee_no, start_on)

    def _place(self, table: _Table, row: list[Cell]) -> Place | None:
        found, cell = table.found, table.cell(row, "room")
        building = codes.building(table.cell(row, "building"))
        entrance = codes.entrance(table.cell(row, "entrance"))
        room = codes.room(cell)
        place = codes.place(building, entrance, room) if room else None
        if place is None:
            found.error("room", cell, Why.NO_ROOM if room == "" else Why.ROOM_BAD)
            return None
        if not building:
            found.error("building", "", Why.NO_BUILDING)
            return None
        found.unit = place.code
        if self._entrances and (building, entrance) not in self._entrances:
            found.error("building", f"{building}-{entrance}", Why.BUILDING_UNKNOWN)
        if not self._seen.add((place.building, place.entrance), place.room):
            found.error("room", cell, Why.DUPLICATE)
        return place

    def _fees(self, table: _Table, row: list[Cell]) -> list[tuple[str, date]]:
        """Pairs of fee and start out of "1#2" and "2020-06-10#2020-07-10"; every fee needs its day."""
        words = cells.plain(table.cell(row, "fees"))
        numbers = [] if words in ("", "0") else words.split("#")
        cell = table.cell(row, "starts")
        parts: list[Cell] = [*cell.split("#")] if isinstance(cell, str) else [cell]
        if not numbers:
            return []
        if len(parts) != len(numbers):
            table.found.error("starts", cell, Why.FEE_DATES)
            return []
        pairs: list[tuple[str, date]] = []
        for fee_no, part in zip(numbers, parts, strict=True):
            start_on = table.found.attempt("starts", part, cells.day, Why.BAD_DATE)
            if fee_no not in self._tariffs:
                table.found.error("fees", fee_no, Why.FEE_UNKNOWN)
            elif start_on is None:
                table.found.error("starts", part, Why.FEE_DATES)
            else:
                pairs.append((fee_no, start_on))
        return pairs

    def _unit(
        self, table: _Table, number: int, row: list[Cell], place: Place | None, fees: list[tuple[str, date]]
    ) -> UnitRow | None:
        found = table.found
        area = read_area(found, table.cell(row, "area"))
        floor = read_floor(found, table.cell(row, "floor"))
        persons = self._persons(table, row)
        if place is None or area is None:
            return None
        usage = self._usage(table, row, place)
        return UnitRow(
            table.sheet.name,
            number,
            place.building,
            place.entrance,
            place.room,
            place.code,
            floor if floor is not None else floor_of(place.room, usage),
            usage,
            area,
            None,
            HandoverStatus.TAKEN_OVER if persons else HandoverStatus.UNSOLD,
            Occupancy.UNKNOWN,
            tuple(Owner(person.name, person.id_no) for person in persons),
            tuple(dict.fromkeys(phone for person in persons for phone in person.phones)),
            not persons,
            self._rate(fees),
            "",
        )

    def _persons(self, table: _Table, row: list[Cell]) -> list[_Person]:
        persons: list[_Person] = []
        for number in cells.plain(table.cell(row, "owner")).replace("、", "#").split("#"):
            if number in ("", "0"):
                continue
            person = self._people.get(number)
            if person is None:
                table.found.error("owner", number, Why.OWNER_UNKNOWN)
            else:
                persons.append(person)
        return persons

    def _usage(self, table: _Table, row: list[Cell], place: Place) -> Usage:
        """Entrance 0 is a shop in this layout; otherwise the type or its number says it."""
        words = cells.plain(table.cell(row, "usage"))
        if place.entrance == "0":
            return Usage.SHOP
        if words and words not in _SUB_TYPES:
            table.found.warn("usage", words, Why.UNKNOWN_USAGE)
            return Usage.OTHER
        return _SUB_TYPES.get(words, Usage.RESIDENTIAL)

    def _rate(self, fees: list[tuple[str, date]]) -> int | None:
        by_area = [
            tariff
            for fee_no, _ in fees
            if (tariff := self._tariffs[fee_no]).kind == _PROPERTY_FEE and tariff.formula == AREA_TIMES_PRICE
        ]
        return by_area[0].rate_micro if len(by_area) == 1 and by_area[0].fixed_fen == 0 else None

    def bays(self, table: _Table) -> Iterator[Event]:
        """The bays; the user is the owner whose number stands there."""
        for number, row in table.rows():
            bay = self._bay(table, number, row)
            issues, rejected = table.found.drain()
            yield from issues
            if not rejected:
                yield bay

    def _bay(self, table: _Table, number: int, row: list[Cell]) -> BayRow:
        found = table.found
        location = found.clip("location", table.cell(row, "location"), MAX_LOCATION)
        code = "-".join(part for part in (location, cells.plain(table.cell(row, "bay")).upper()) if part)
        found.unit = code
        if not cells.plain(table.cell(row, "bay")) or len(code) > MAX_CODE:
            found.error("bay", code, Why.NO_BAY)
        elif not self._bays_seen.add("bay", code):
            found.error("bay", code, Why.DUPLICATE)
        persons = self._persons(table, row)
        tenure = cells.plain(table.cell(row, "tenure")).upper()
        if tenure not in TENURES:
            found.warn("tenure", tenure, Why.UNKNOWN_TENURE)
        return BayRow(
            table.sheet.name,
            number,
            code,
            location,
            TENURES.get(tenure, Tenure.OTHER),
            "",
            persons[0].name if persons else "",
            persons[0].phones if persons else (),
            found.clip("plate", table.cell(row, "plate"), MAX_PLATE).upper(),
            None,
        )
