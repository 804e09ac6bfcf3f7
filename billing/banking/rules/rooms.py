"""Rooms that a payer names in the remark of a transfer: 物业费3-1-1602, 3栋1单元1602室张三, 31602."""

from __future__ import annotations

import re
from typing import Final
from unicodedata import normalize

_NUMBER: Final = "[0-9一二三四五六七八九十]"
_WRITTEN: Final = re.compile(
    rf"(?:[A-Z]|{_NUMBER}{{1,3}})(?:号楼|栋楼|幢楼|栋|幢|座|楼|#)-?(?:{_NUMBER}{{1,2}}(?:单元|门|梯)-?)?[0-9]{{2,4}}(?:室|房|号)?"
)
_DASHED: Final = re.compile(r"(?<![0-9A-Z.-])[0-9A-Z]{1,4}(?:-[0-9A-Z]{1,6}){1,2}(?![0-9A-Z-]|月)")
_RUN: Final = re.compile(r"(?<![0-9A-Z.-])[0-9]{3,7}(?:室|房)?(?![0-9A-Z.年月日元-])")


def rooms_in(remark: str) -> tuple[str, ...]:
    """Everything in a remark that may name a room, in its own words; what it means owners' rules say.

    >>> rooms_in("物业费3-1-1602张三"), rooms_in("３栋１单元1602室 5月"), rooms_in("31602")
    (('3-1-1602',), ('3栋1单元1602室',), ('31602',))
    >>> rooms_in("2026年物业费"), rooms_in("1-6月物业费"), rooms_in("2520.24元")
    ((), (), ())
    """
    words = normalize("NFKC", remark).upper().replace("—", "-").replace("–", "-")
    found = list(dict.fromkeys(_WRITTEN.findall(words)))
    rest = _WRITTEN.sub(" ", words)
    found += _DASHED.findall(rest)
    found += _RUN.findall(_DASHED.sub(" ", rest))
    return tuple(dict.fromkeys(found))


def is_whole(room: str) -> bool:
    """Whether the words name the building too: more than a run of digits.

    >>> is_whole("3-1602"), is_whole("1602室")
    (True, False)
    """
    return not room.rstrip("室房").isdecimal()
