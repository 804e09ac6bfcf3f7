"""What goes into a register parser (sheets of cells) and what comes out of it (rows, issues, notes)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple

Cell = str | int | float | bool | date | datetime | time | timedelta
NumberedRow = tuple[int, Sequence[Cell]]
MergedRange = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet. `rows()` starts from the top each time and gives 1-based Excel row numbers.

    Column A is index 0, every row is as wide as the sheet, a blank cell is "". `merged` holds
    ((row, column), (row, column)), 0-based and inclusive.
    """

    name: str
    rows: Callable[[], Iterator[NumberedRow]]
    height: int = 0
    merged: tuple[MergedRange, ...] = ()
    hidden: bool = False


class Layout(StrEnum):
    """The shapes of workbook that are known."""

    REGISTER = "REGISTER"
    OPEN_SOURCE = "OPEN_SOURCE"


class Level(StrEnum):
    """An ERROR rejects its row, a WARNING does not."""

    ERROR = "ERROR"
    WARNING = "WARNING"


class Usage(StrEnum):
    """What a unit is used for."""

    RESIDENTIAL = "RESIDENTIAL"
    SHOP = "SHOP"
    OTHER = "OTHER"


class HandoverStatus(StrEnum):
    """Whether the developer has given the unit away (L-D2)."""

    TAKEN_OVER = "TAKEN_OVER"
    NOT_TAKEN_OVER = "NOT_TAKEN_OVER"
    UNSOLD = "UNSOLD"


class Occupancy(StrEnum):
    """Who lives there."""

    OCCUPIED = "OCCUPIED"
    LET = "LET"
    RENOVATING = "RENOVATING"
    VACANT = "VACANT"
    UNKNOWN = "UNKNOWN"


class Tenure(StrEnum):
    """How a parking bay is held."""

    OWNED = "OWNED"
    RENTED = "RENTED"
    OTHER = "OTHER"


class PhoneKind(StrEnum):
    """Which network a number belongs to; only a mobile receives messages."""

    MOBILE = "MOBILE"
    LANDLINE = "LANDLINE"


class Why(StrEnum):
    """Every reason an import gives, as a stable code; doors own the sentences."""

    # of a file or a sheet
    NO_REGISTER = "no_register"
    COLUMN_MISSING = "column_missing"
    PRICE_PERIOD = "price_period"
    # of a unit
    NO_BUILDING = "no_building"
    NO_ROOM = "no_room"
    ROOM_BAD = "room_bad"
    DUPLICATE = "duplicate"
    NO_AREA = "no_area"
    AREA_ZERO = "area_zero"
    AREA_TEXT_BAD = "area_text_bad"
    BAD_DATE = "bad_date"
    RATE_BAD = "rate_bad"
    FLOOR_BAD = "floor_bad"
    FUTURE_HANDOVER = "future_handover"
    UNKNOWN_USAGE = "unknown_usage"
    UNKNOWN_STATUS = "unknown_status"
    TOO_LONG = "too_long"
    # of its people
    NO_OWNER = "no_owner"
    OWNER_UNCLEAR = "owner_unclear"
    ID_COUNT = "id_count"
    BAD_ID = "bad_id"
    BAD_PHONE = "bad_phone"
    # of a bay
    NO_BAY = "no_bay"
    FEE_BAD = "fee_bad"
    UNKNOWN_TENURE = "unknown_tenure"
    UNIT_UNKNOWN = "unit_unknown"
    # of the open-source layout
    OWNER_UNKNOWN = "owner_unknown"
    FEE_UNKNOWN = "fee_unknown"
    FEE_DATES = "fee_dates"
    FORMULA_UNKNOWN = "formula_unknown"
    BUILDING_UNKNOWN = "building_unknown"
    # of an arrears list
    MONTH_BAD = "month_bad"
    MONTHS_REVERSED = "months_reversed"
    MONTHS_DIFFER = "months_differ"
    AMOUNT_BAD = "amount_bad"
    AMOUNT_MISMATCH = "amount_mismatch"
    FUTURE_MONTH = "future_month"
    # notes: read and left aside on purpose
    SHEET_IGNORED = "sheet_ignored"
    SHEET_HIDDEN = "sheet_hidden"
    COLUMN_IGNORED = "column_ignored"
    TOTAL_ROW = "total_row"
    ROW_IGNORED = "row_ignored"


class Owner(NamedTuple):
    """One of a unit's owners in the order of the cell; the first is the debtor."""

    name: str
    id_no: str | None


class Phone(NamedTuple):
    """A readable number: a mobile as 11 digits, a landline as 0571-88006864."""

    kind: PhoneKind
    number: str


class UnitRow(NamedTuple):
    """One accepted unit. `code` is building-entrance-room without leading zeros (entrance "" is left out)."""

    sheet: str
    row: int
    building: str
    entrance: str
    room: str
    code: str
    floor: int | None
    usage: Usage
    area_cm2: int
    handover_on: date | None
    handover_status: HandoverStatus
    occupancy: Occupancy
    owners: tuple[Owner, ...]
    phones: tuple[Phone, ...]
    developer: bool
    rate_micro: int | None
    remark: str


class BayRow(NamedTuple):
    """One accepted parking bay; `unit` is the code of the unit it belongs to, or ""."""

    sheet: str
    row: int
    code: str
    location: str
    tenure: Tenure
    unit: str
    user: str
    phones: tuple[Phone, ...]
    plate: str
    fee_fen_per_month: int | None


class TariffRow(NamedTuple):
    """A fee of the open-source layout. Formula 1001 is area x price + fixed, 2002 is fixed alone."""

    sheet: str
    row: int
    fee_no: str
    kind: str
    name: str
    cyclic: bool
    prepaid: bool
    cycle_months: int
    formula: str
    rate_micro: int
    fixed_fen: int
    start_on: date
    end_on: date | None


class Subscription(NamedTuple):
    """A unit pays a fee from a day on."""

    sheet: str
    row: int
    unit: str
    fee_no: str
    start_on: date


class Issue(NamedTuple):
    """What is wrong with one cell. `column` is the Excel letter ("" for the whole row), `header` its title.

    `value` is the cell as read and may be personal data: doors mask it where the reader may not see it.
    """

    sheet: str
    row: int
    column: str
    header: str
    value: str
    code: Why
    level: Level
    unit: str


class Note(NamedTuple):
    """Something read and left aside on purpose: a total row, a sheet of explanations, an unknown column."""

    sheet: str
    row: int
    code: Why
    value: str


Event = UnitRow | BayRow | TariffRow | Subscription | Issue | Note


def letter(index: int) -> str:
    """The Excel letter of a 0-based column; "" for a column that is not there.

    >>> letter(0), letter(25), letter(26), letter(-1)
    ('A', 'Z', 'AA', '')
    """
    name = ""
    while index >= 0:
        index, rest = divmod(index, 26)
        name = chr(65 + rest) + name
        index -= 1
    return name


def unmerged(sheet: Sheet, columns: frozenset[int]) -> Iterator[NumberedRow]:
    """The sheet's rows with vertically merged cells of these columns repeated in every row they cover.

    Only columns where that is what merging means: a merged area would be counted twice.
    """
    spans = sorted(
        (top, column, bottom)
        for (top, left), (bottom, right) in sheet.merged
        if bottom > top
        for column in range(left, right + 1)
        if column in columns and column == left
    )
    if not spans:
        yield from sheet.rows()
        return
    running: dict[int, tuple[int, Cell]] = {}
    at = 0
    for number, cells in sheet.rows():
        while at < len(spans) and spans[at][0] < number:
            top, column, bottom = spans[at]
            if top == number - 1 and column < len(cells):
                running[column] = (bottom, cells[column])
            at += 1
        yield number, _filled(number, cells, running)


def _filled(number: int, cells: Sequence[Cell], running: dict[int, tuple[int, Cell]]) -> Sequence[Cell]:
    filled = list(cells)
    for column, (bottom, value) in list(running.items()):
        if bottom < number - 1:
            del running[column]
        elif column < len(filled) and filled[column] == "":
            filled[column] = value
    return filled
