"""What a person may have meant by the words typed into the search box."""

import re
import unicodedata
from typing import NamedTuple

from owners.rules.cells import plain
from owners.rules.codes import read_code

_COMPACT = re.compile(r"([A-Z\u4e00-\u9fff]{0,4})([0-9]{1,9})")


class Reading(NamedTuple):
    """One reading of a search text; None stands for "any", an entrance "" for "has none"."""

    building: str | None
    entrance: str | None
    room: str

    def fits(self, building: str, entrance: str, room: str) -> bool:
        """Whether a unit is what this reading asks for."""
        return room == self.room and self.building in (None, building) and self.entrance in (None, entrance)


def normalise_code(words: str) -> str | None:
    """The unit's code as it is stored, or None when the words are no whole code.

    >>> normalise_code("３栋１单元１６０２室"), normalise_code("商-0-020"), normalise_code("1-1-")
    ('3-1-1602', '商-0-20', None)
    """
    found = read_code(words)
    return found.code if found else None


def name_key(name: str) -> str:
    """A name as it is compared: full-width forms narrow, no spaces, one case.

    >>> name_key("张　三"), name_key("ＡＢＣ 公司（中国）")
    ('张三', 'abc公司(中国)')
    """
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def candidates(words: str) -> tuple[Reading, ...]:
    """Every building, entrance and room the words may mean; () when they can be no unit at all.

    >>> [r for r in candidates("3-1-1602")]
    [Reading(building='3', entrance='1', room='1602'), Reading(building='3', entrance='', room='1602')]
    >>> candidates("31602")[:2]
    (Reading(building='3', entrance=None, room='1602'), Reading(building='3', entrance='1', room='602'))
    """
    whole = read_code(words)
    if whole is not None:
        if not whole.entrance:
            return (Reading(whole.building, None, whole.room),)
        return (Reading(*whole), Reading(whole.building, "", whole.room))
    found = _COMPACT.fullmatch(plain(words).upper().removesuffix("室").removesuffix("房"))
    if found is None:
        return ()
    return tuple(_run_together(found[1], found[2]))


def _run_together(prefix: str, digits: str) -> list[Reading]:
    readings: list[Reading] = []
    if prefix:
        readings.append(Reading(prefix, None, str(int(digits))))
    elif len(digits) <= 4:
        readings.append(Reading(None, None, str(int(digits))))
    for cut in range(0 if prefix else 1, min(4, len(digits))):
        building, rest = prefix + digits[:cut], digits[cut:]
        if building.startswith("0") or rest.startswith("0"):
            continue
        if building != prefix and len(rest) in (3, 4):
            readings.append(Reading(building, None, rest))
        # Entrances have one digit in practice; a room run together with them has three or four.
        if building and len(rest) in (4, 5) and rest[1] != "0":
            readings.append(Reading(building, rest[0], rest[1:]))
    return readings
