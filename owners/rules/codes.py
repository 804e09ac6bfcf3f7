"""The names of buildings, entrances and rooms as people write them, and the one code made of them."""

import re
from functools import lru_cache
from typing import NamedTuple

from owners.rules.cells import plain
from owners.rules.workbook import Cell

_BUILDING_WORD = re.compile(r"(号楼|栋楼|幢楼|#楼|栋|幢|座|楼|#|号)$")
_ENTRANCE_WORD = re.compile(r"(单元|门|梯)$")
_ROOM_WORD = re.compile(r"(室|房|户|号|号房|#)$")
_ROOM = re.compile(r"(?=.*[0-9])[0-9A-Z\u4e00-\u9fff]{1,10}(?:-[0-9A-Z]{1,6}){0,2}")
_NAME = re.compile(r"[0-9A-Z\u4e00-\u9fff]{1,8}")
_JOINT = re.compile(r"(?:号楼|栋|幢|座|楼|#|单元)-?|[-—–－_/]")
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")}
_CHINESE = re.compile(r"([一二三四五六七八九]?)十([一二三四五六七八九]?)|([一二三四五六七八九])")


class Place(NamedTuple):
    """Where a unit is; `entrance` is "" in a building without entrances."""

    building: str
    entrance: str
    room: str

    @property
    def code(self) -> str:
        """What staff say on the phone.

        >>> Place("3", "1", "1602").code, Place("3", "", "1602").code, Place("商", "0", "12").code
        ('3-1-1602', '3-1602', '商-0-12')
        """
        return (
            f"{self.building}-{self.entrance}-{self.room}"
            if self.entrance
            else f"{self.building}-{self.room}"
        )

    @property
    def sort_key(self) -> str:
        """Orders codes as people count: numbers by value, words after them (for a "C" collation).

        >>> sorted([Place("10", "1", "101"), Place("2", "1", "1101"), Place("商", "0", "1")],
        ...        key=lambda place: place.sort_key)[0].code
        '2-1-1101'
        """
        return "-".join(part.zfill(6) if part.isdecimal() else part for part in self)


def _bare(words: str) -> str:
    """Without leading zeros, Chinese numerals as digits: 01 and 一 are both 1."""
    if words.isdecimal():
        return str(int(words))
    found = _CHINESE.fullmatch(words)
    if found is None:
        return words
    if found[3]:
        return str(_DIGITS[found[3]])
    return str(_DIGITS.get(found[1], 1) * 10 + _DIGITS.get(found[2], 0))


@lru_cache(maxsize=2048)
def _building_of_text(words: str) -> str:
    return _bare(_BUILDING_WORD.sub("", plain(words).upper().removeprefix("第")))


def building(cell: Cell) -> str:
    """A building's bare name, "" when blank.

    >>> building("1#"), building("2栋"), building("６幢"), building("3号楼"), building(8.0), building("商")
    ('1', '2', '6', '3', '8', '商')
    """
    return _building_of_text(plain(cell))


def is_name(words: str) -> bool:
    """Whether it can be the bare name of a building or an entrance."""
    return _NAME.fullmatch(words) is not None


@lru_cache(maxsize=2048)
def _entrance_of_text(words: str) -> str:
    return _bare(_ENTRANCE_WORD.sub("", words.upper()))


def entrance(cell: Cell) -> str:
    """An entrance's bare name, "" when blank.

    >>> entrance("1单元"), entrance(2.0), entrance("二单元"), entrance("0单元")
    ('1', '2', '2', '0')
    """
    return _entrance_of_text(plain(cell))


def room(cell: Cell) -> str | None:
    """A room's bare name; "" when blank, None when it cannot be one.

    >>> room(1602.0), room("020"), room("101室"), room("1-101"), room("合计"), room(101.5), room("")
    ('1602', '20', '101', '1-101', None, None, '')
    """
    words = plain(cell) if isinstance(cell, (str, int, float)) else "?"
    if words.isdecimal():
        return str(int(words))
    if not words:
        return ""
    words = _bare(_ROOM_WORD.sub("", words.upper().replace("－", "-").replace("—", "-")))
    return words if _ROOM.fullmatch(words) else None


def place(building: str, entrance: str, room: str) -> Place | None:
    """Put the three together; the room cell may repeat the building and the entrance, but not
    contradict them.

    >>> place("3", "1", "3-1-1602"), place("", "", "3-1-1602") == place("3", "1", "1602")
    (Place(building='3', entrance='1', room='1602'), True)
    >>> place("3", "", "1-101"), place("3", "2", "1-101")
    (Place(building='3', entrance='1', room='101'), None)
    """
    *front, last = [_bare(part) for part in room.split("-")]
    if len(front) == 2:
        if building and front[0] != building:
            return None
        building, front = front[0], front[1:]
    if front:
        if entrance and front[0] != entrance:
            return None
        entrance = front[0]
    return Place(building, entrance, last)


def read_code(words: str) -> Place | None:
    """A whole unit code as people write it, or None. A missing part is never filled in.

    >>> read_code("3栋1单元1602室") == read_code("3-1-1602") == read_code("３＃－１－1602")
    True
    >>> read_code("3-1602"), read_code("1-1-")
    (Place(building='3', entrance='', room='1602'), None)
    """
    parts = [_bare(part) for part in _JOINT.split(_ROOM_WORD.sub("", plain(words).upper()))]
    if len(parts) not in (2, 3) or not all(is_name(part) for part in parts):
        return None
    return Place(parts[0], parts[1] if len(parts) == 3 else "", parts[-1])
