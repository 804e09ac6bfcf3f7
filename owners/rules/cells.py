"""One cell as people type it: text, areas, prices, amounts, days and months; anything unclear is refused."""

import re
import unicodedata
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Final

from owners.rules.workbook import Cell
from values.fen import Fen, parse_yuan

CM2_PER_M2: Final = 10_000
MICRO_PER_YUAN: Final = 1_000_000
_EXCEL_DAY_ZERO: Final = date(1899, 12, 30)
# Serials outside 1950 to 2119 are more likely a number in the wrong column than a day.
_SERIALS: Final = range(18_264, 80_000)
_SPACES = re.compile(r"\s+")
_NUMBER = r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(\.[0-9]+)?"
_AREA = re.compile(rf"(-?){_NUMBER}(?:m2|平方米|平方|平米|平)?", re.IGNORECASE)
_RATE = re.compile(rf"¥?{_NUMBER}(?:元?(?:/(?:m2|平方米|平米|平方|平))?(?:[·./]?每?月)?)", re.IGNORECASE)
_DAY = re.compile(r"([0-9]{4})([-./年])([0-9]{1,2})[-./月]([0-9]{1,2})日?(?:[ T]?0{1,2}:00(?::00)?)?")
_COMPACT_DAY = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})")
_MONTH = re.compile(r"([0-9]{4})(?:[-./年])([0-9]{1,2})月?")
_NOTHING = frozenset({"", "无", "-", "/", "--", "—", "——", "\\", "暂无", "不详", "未知", "N/A", "NULL"})


class Unreadable(ValueError):
    """The cell holds something, but not what its column promises."""


def text(cell: Cell) -> str:
    """The cell's words as written, trimmed; a whole number without its ".0".

    >>> text(" 张三\\u3000"), text(101.0), text(2.5)
    ('张三', '101', '2.5')
    """
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return str(cell)


def plain(cell: Cell) -> str:
    """The cell's text with full-width forms made narrow and all spaces removed.

    >>> plain(" １２８．９４ ㎡"), plain("3－1－1602"), plain(7.0)
    ('128.94m2', '3-1-1602', '7')
    """
    if isinstance(cell, str):
        words = cell.strip()
        return words if words.isascii() and words.isalnum() else _narrow(words)
    return text(cell)


@lru_cache(maxsize=4096)
def _narrow(words: str) -> str:
    return _SPACES.sub("", unicodedata.normalize("NFKC", words))


def is_nothing(words: str) -> bool:
    """Whether people mean "no entry" by it: a blank, 无, a dash, a slash."""
    return words in _NOTHING


def area_cm2(cell: Cell) -> int | None:
    """An area in square metres as whole square centimetres; None when blank, Unreadable otherwise.

    >>> area_cm2(" 89.37 "), area_cm2("１２０．５"), area_cm2("1,107.82㎡"), area_cm2(96.5), area_cm2("")
    (893700, 1205000, 11078200, 965000, None)
    """
    if isinstance(cell, float):
        return round(cell * CM2_PER_M2)
    return _area_of_text(cell if isinstance(cell, str) else _number_text(cell))


@lru_cache(maxsize=4096)
def _area_of_text(words: str) -> int | None:
    narrow = _narrow(words)
    if not narrow:
        return None
    found = _AREA.fullmatch(narrow)
    if found is None:
        raise Unreadable(words)
    sign, whole, rest = found.groups()
    area = round(Decimal(whole.replace(",", "") + (rest or "")) * CM2_PER_M2)
    return -area if sign else area


def _number_text(cell: Cell) -> str:
    if isinstance(cell, bool) or not isinstance(cell, (int, float)):
        raise Unreadable(text(cell))
    return text(cell)


def rate_micro(cell: Cell) -> int | None:
    """A price in yuan as millionths of a yuan; None when blank, Unreadable when negative, yearly or words.

    >>> rate_micro(2.35), rate_micro("2.35元/㎡·月"), rate_micro("４．８"), rate_micro("")
    (2350000, 2350000, 4800000, None)
    """
    return _rate_of_text(cell if isinstance(cell, str) else _number_text(cell))


@lru_cache(maxsize=1024)
def _rate_of_text(words: str) -> int | None:
    narrow = _narrow(words)
    if not narrow:
        return None
    found = _RATE.fullmatch(narrow)
    if found is None:
        raise Unreadable(words)
    micro = Decimal(found[1].replace(",", "") + (found[2] or "")) * MICRO_PER_YUAN
    if micro != int(micro):
        raise Unreadable(words)
    return int(micro)


def amount_fen(cell: Cell) -> Fen | None:
    """An amount in yuan as fen; None when blank, Unreadable when it has a third decimal or is no amount.

    >>> amount_fen(1520.28), amount_fen("1,520.28元"), amount_fen(" ")
    (152028, 152028, None)
    """
    if isinstance(cell, float):
        fen = round(cell * 100)
        # A sum that Excel computed carries a tail of binary noise, which is no third decimal.
        if abs(cell * 100 - fen) > 0.001:
            raise Unreadable(text(cell))
        return Fen(fen)
    words = _narrow(cell) if isinstance(cell, str) else _number_text(cell)
    if not words:
        return None
    try:
        return parse_yuan(words)
    except ValueError:
        raise Unreadable(words) from None


def day(cell: Cell) -> date | None:
    """A day from a date cell, an Excel serial or text; None when blank, Unreadable otherwise.

    >>> day("2019.6.30") == day("2019年6月30日") == day("2019/6/30") == day(43646.0) == day("20190630")
    True
    >>> day("2019.6.30"), day("无")
    (datetime.date(2019, 6, 30), None)
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, str):
        return _day_of_text(cell)
    return _day_of_number(cell)


def _day_of_number(cell: Cell) -> date:
    words = _number_text(cell)
    number = int(words) if words.isdecimal() else 0
    if number in _SERIALS:
        return _EXCEL_DAY_ZERO + timedelta(days=number)
    if len(words) == 8:
        found = _day_of_text(words)
        if found is not None:
            return found
    raise Unreadable(words)


@lru_cache(maxsize=8192)
def _day_of_text(words: str) -> date | None:
    narrow = _narrow(words)
    if is_nothing(narrow):
        return None
    found = _DAY.fullmatch(narrow)
    compact = _COMPACT_DAY.fullmatch(narrow)
    try:
        if found is not None:
            return date(int(found[1]), int(found[3]), int(found[4]))
        if compact is not None:
            return date(int(compact[1]), int(compact[2]), int(compact[3]))
    except ValueError:
        raise Unreadable(words) from None
    if narrow.isdecimal() and int(narrow) in _SERIALS:
        return _EXCEL_DAY_ZERO + timedelta(days=int(narrow))
    raise Unreadable(words)


def month(cell: Cell) -> date | None:
    """A calendar month as its first day; None when blank, Unreadable otherwise. A whole date gives its month.

    A number is refused but for an Excel serial: in a number cell 2025.1 may be January or October.

    >>> month("2025年7月"), month("2025.12"), month("2025-01") == month("2025.01")
    (datetime.date(2025, 7, 1), datetime.date(2025, 12, 1), True)
    """
    if not isinstance(cell, str):
        found = day(cell)
        return found.replace(day=1) if found else None
    narrow = _narrow(cell)
    short = _MONTH.fullmatch(narrow)
    if short is None:
        found = _day_of_text(narrow)
        return found.replace(day=1) if found else None
    try:
        return date(int(short[1]), int(short[2]), 1)
    except ValueError:
        raise Unreadable(narrow) from None


def whole(cell: Cell) -> int | None:
    """A whole number, perhaps with 层 or 个月 behind it; None when blank, Unreadable otherwise.

    >>> whole("16层"), whole(6.0), whole("-1"), whole("")
    (16, 6, -1, None)
    """
    words = plain(cell).removesuffix("层").removesuffix("月").removesuffix("个")
    if is_nothing(words):
        return None
    try:
        return int(words)
    except ValueError:
        raise Unreadable(words) from None
