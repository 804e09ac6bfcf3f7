"""Checks of a unit's cells that every workbook layout shares."""

from collections.abc import Mapping
from typing import Final

from owners.rules import cells, people
from owners.rules.findings import Findings
from owners.rules.headers import words
from owners.rules.workbook import Cell, Owner, Usage, Why

_RESIDENTIAL: Final = words("住宅 普通住宅 商品住宅 公寓 别墅 洋房 多层 小高层 高层 排屋 居民 民用")
_SHOP: Final = words("商铺 商业 店铺 门面 门市 商服 底商 店面 沿街商铺")
_OTHER: Final = words("办公 写字楼 车库 储藏室 储物间 地下室 仓库 物业用房 幼儿园 会所 其他")
# A square kilometre: beyond it a decimal point was lost or a total slipped in.
MAX_AREA_CM2: Final = 10_000_000_000
MAX_NAME: Final = 120
MAX_REMARK: Final = 300
_FLOORS: Final = range(-20, 200)
USAGES: Final[Mapping[str, Usage]] = {
    **dict.fromkeys(_RESIDENTIAL, Usage.RESIDENTIAL),
    **dict.fromkeys(_SHOP, Usage.SHOP),
    **dict.fromkeys(_OTHER, Usage.OTHER),
}


def read_area(found: Findings, cell: Cell) -> int | None:
    """The area in cm2; a blank, words or anything not above zero is an error."""
    area = found.attempt("area", cell, cells.area_cm2, Why.AREA_TEXT_BAD)
    if area is None:
        if cells.plain(cell) == "":
            found.error("area", cell, Why.NO_AREA)
        return None
    if area > MAX_AREA_CM2:
        found.error("area", cell, Why.AREA_TEXT_BAD)
        return None
    if area <= 0:
        found.error("area", cell, Why.AREA_ZERO)
        return None
    return area


def read_owners(
    found: Findings, cell: Cell, identity: Cell, names: people.Names, developer: bool
) -> tuple[Owner, ...]:
    """Names and identity numbers in pairs, in their order; what does not pair up is a warning."""
    if not names.names and not developer:
        found.warn("owner", cell, Why.NO_OWNER)
    if not names.clear:
        found.warn("owner", cell, Why.OWNER_UNCLEAR)
    numbers = people.identity_numbers(identity)
    if isinstance(identity, (int, float)) and len(cells.text(identity)) > 15:
        # Excel keeps 15 digits of a number: the rest of the identity number is lost.
        found.warn("identity", identity, Why.BAD_ID)
        numbers = ()
    for number in numbers:
        if number and not people.valid_identity(number):
            found.warn("identity", number, Why.BAD_ID)
    if numbers and len(numbers) != len(names.names):
        found.warn("identity", identity, Why.ID_COUNT)
    padded = [*numbers, *[""] * len(names.names)]
    if any(len(name) > MAX_NAME for name in names.names):
        found.warn("owner", cell, Why.TOO_LONG)
    return tuple(Owner(name[:MAX_NAME], padded[at] or None) for at, name in enumerate(names.names))


def read_floor(found: Findings, cell: Cell) -> int | None:
    """The floor; None when blank, an error when no building is that tall."""
    floor = found.attempt("floor", cell, cells.whole, Why.FLOOR_BAD)
    if floor is not None and floor not in _FLOORS:
        found.error("floor", cell, Why.FLOOR_BAD)
    return floor


def floor_of(room: str, usage: Usage) -> int | None:
    """The floor, where the number tells it. A flat's number tells its floor: 1602 is on the 16th."""
    if usage is Usage.RESIDENTIAL and room.isdecimal() and len(room) in (3, 4):
        return int(room[:-2])
    return None
