"""What people type for steps, coefficients and readings, line by line; ValueError says the line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final, NamedTuple

from billing.charges.rules.metered import Tier, to_milli
from billing.charges.rules.pools import Band
from billing.charges.rules.pricing import to_micro
from values.because import Because, because

_BETWEEN: Final = re.compile(r"[\s:,，：;；]+")
_FLOORS: Final = re.compile(r"(-?\d{1,3})(?:(-|~|至)(-?\d{1,3})|(\+|以上))?")
_STEP_PARTS: Final = (1, 2)
_LARGEST: Final = Decimal(10**9)
# The headings under which people write, without blanks.
_HEADS: Final[Mapping[str, tuple[str, ...]]] = {
    "serial": ("表号", "表具编号", "水表号", "电表号", "meter", "serial"),
    "unit": ("房号", "房间", "房屋", "室号", "room", "unit"),
    "value": ("本期读数", "读数", "本次读数", "止码", "本期止码", "抄表读数", "reading", "value"),
    "read_on": ("抄表日期", "日期", "抄表日", "date"),
    "kind": ("估抄", "是否估抄", "抄表方式", "类型", "estimated"),
}
_ESTIMATED: Final = frozenset({"是", "估", "估抄", "估算", "y", "yes", "estimated", "1"})
_DAYS: Final = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d")


class SheetLine(NamedTuple):
    """A line of a reading sheet as it can be taken. `row`: its number in the file."""

    row: int
    serial: str
    unit: str
    milli: int
    read_on: date
    is_estimated: bool


class SheetFault(NamedTuple):
    """A line that cannot be read: where, what stands there, why."""

    row: int
    column: str
    value: str
    why: Because


def read_steps(text: str) -> tuple[Tier, ...]:
    """Steps one a line, each its end and its price, the last only its price; ValueError with the line.

    >>> read_steps("180 3.20\\n260 4.50\\n7.20")[0]
    Tier(up_to=Decimal('180'), rate_micro=3200000)
    """
    tiers = []
    for line in _lines(text):
        parts = [_number(part, line) for part in _BETWEEN.split(line) if part]
        if len(parts) not in _STEP_PARTS:
            raise ValueError(line)
        *top, price = parts
        try:
            tiers.append(Tier(top[0] if top else None, to_micro(price)))
        except ValueError as error:
            raise ValueError(line) from error
    return tuple(tiers)


def read_floors(text: str) -> tuple[Band, ...]:
    """Coefficients one a line: 2-6 0.8, 7+ 1.2; ValueError with the line.

    >>> read_floors("2-6 0.8\\n7+ 1.2")
    (Band(from_floor=2, to_floor=6, milli=800), Band(from_floor=7, to_floor=None, milli=1200))
    """
    bands = []
    for line in _lines(text):
        floors, _blank, number = line.rpartition(" ")
        found = _FLOORS.fullmatch(floors.replace(" ", "").removesuffix("层").removesuffix("楼"))
        if found is None:
            raise ValueError(line)
        first, to, above = int(found[1]), found[3], found[4]
        last = None if above else int(to) if to is not None else first
        try:
            bands.append(Band(first, last, to_milli(_number(number, line))))
        except ValueError as error:
            raise ValueError(line) from error
    return tuple(bands)


def find_heads(cells: Sequence[Any]) -> dict[str, int] | None:
    """Which column is which, where a row is the heading of a reading sheet; None where it is not.

    >>> find_heads(["序号", "房号", "表号", "上期读数", "本期读数", "抄表日期"])["value"]
    4
    """
    found: dict[str, int] = {}
    texts = [_text(cell).lower().replace(" ", "") for cell in cells]
    for name, heads in _HEADS.items():
        at = next((texts.index(head) for head in heads if head in texts), None)
        if at is not None:
            found[name] = at
    return found if "value" in found and ("serial" in found or "unit" in found) else None


def read_line(
    row: int, cells: Sequence[Any], heads: Mapping[str, int], *, on: date
) -> SheetLine | SheetFault | None:
    """One line under the heading; None where nothing was read. A line without a day was read `on`.

    Codes: `value_unreadable`, `day_unreadable`, `meter_not_named`.
    """

    def cell(name: str) -> Any:
        at = heads.get(name)
        return "" if at is None or at >= len(cells) else cells[at]

    typed = _text(cell("value"))
    if not typed:
        return None
    try:
        milli = to_milli(_number(typed, typed))
    except ValueError:
        return SheetFault(row, "value", typed, because("value_unreadable"))
    day = _day(cell("read_on"), on)
    if day is None:
        return SheetFault(row, "read_on", _text(cell("read_on")), because("day_unreadable"))
    serial, unit = _text(cell("serial")), _text(cell("unit"))
    if not serial and not unit:
        return SheetFault(row, "serial", "", because("meter_not_named"))
    return SheetLine(row, serial, unit, milli, day, _text(cell("kind")).lower() in _ESTIMATED)


def _lines(text: str) -> list[str]:
    return [line for part in text.splitlines() if (line := unicodedata.normalize("NFKC", part).strip())]


def _number(text: str, line: str) -> Decimal:
    try:
        number = Decimal(unicodedata.normalize("NFKC", text).replace(",", ""))
    except InvalidOperation as error:
        raise ValueError(line) from error
    if not number.is_finite() or not 0 <= number < _LARGEST:
        raise ValueError(line)
    return number


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _day(cell: Any, on: date) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = _text(cell)
    if not text:
        return on
    for form in _DAYS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day without a time
        except ValueError:
            continue
    return None
