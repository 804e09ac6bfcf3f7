"""Writes a made-up house register as messy as real ones: for the demo company and for the bench."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

_SURNAMES: Final = "赵钱孙李周吴郑王冯陈沈韩杨朱许何吕张曹严金魏陶姜谢邹苏潘葛范彭鲁韦马方俞任袁柳史唐薛雷贺"
_GIVEN: Final = "伟芳娜敏静秀丽强磊洋艳勇军杰娟涛明超霞平刚桂英华玉红建文志思雨欣怡浩宇轩子涵梓然远生春兰梅"
_AREAS: Final = (88.01, 89.37, 96.5, 107.82, 118.46, 120.5, 128.94, 143.28)
_REMARKS: Final = (
    *("长期在外地", "电话空号", "要求换锁后再交"),
    *("房屋漏水未修复，拒交", "已委托代理人", "老人独居，不会用手机"),
)
_TITLES: Final = (
    *("序号", "楼栋", "单元", "房号", "建筑面积（㎡）", "房屋性质", "交房日期", "入住状态"),
    *("业主姓名", "身份证号", "联系电话1", "联系电话2", "收费标准\n（元/㎡·月）", "备注"),
)
_BAY_TITLES: Final = (
    *("车位号", "位置", "性质", "关联房号"),
    *("使用人", "联系电话", "车牌号", "车位管理费（元/月）"),
)
_UNSOLD: Final = "开发商未售"
# How real registers are spoilt: (column, what stands there); the first two reject the row.
_SPOILS: Final = ((4, 0.0), (4, "待测绘"), (10, "1380000"), (9, "990101199001010001"), (6, "2099.5.1"))
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_FULL_WIDTH: Final = str.maketrans("0123456789.", "０１２３４５６７８９．")
_NOTES: Final = "1. 楼栋列下方空白表示与上一行相同。 2. 面积以房产证为准。 3. 共有人用顿号分开。"
RATE_YUAN: Final = 2.35
SHOP_RATE_YUAN: Final = 4.80
OWNED_BAY_YUAN, LET_BAY_YUAN = 60.0, 300.0  # a month

Value = str | float | date


class Slot(NamedTuple):
    """Where a made-up unit stands."""

    building: str
    entrance: int
    room: int

    @property
    def code(self) -> str:
        """As in the register's own cross-references."""
        return f"{self.building}-{self.entrance}-{self.room}"


@dataclass(frozen=True, slots=True)
class Written:
    """What the file holds: accepted units, rows that an import must reject or warn about, and bays."""

    units: int
    rejected: int
    warned: int
    bays: int


def write_register(
    path: Path,
    *,
    units: int,
    seed: int,
    community_name: str,
    as_of: date,
    messy: bool = True,
    error_share: float = 0.0,
) -> Written:
    """Write a register of `units` rows and a sheet of parking bays; the same arguments write the same cells.

    `messy` mixes the ways people write areas, days, rooms and phones. `error_share` is the part of rows that
    are spoilt, half of them so that they must be rejected. Memory does not grow with `units`.
    """
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    book.set_properties({"created": datetime(as_of.year, as_of.month, as_of.day)})  # noqa: DTZ001
    writer = _Writer(book, Random(seed), as_of, messy=messy, error_share=error_share)  # noqa: S311
    writer.units(book.add_worksheet("房产台账"), community_name, units)
    bays = writer.bays(book.add_worksheet("车位"), units)
    book.add_worksheet("填表说明").write_string(0, 0, _NOTES)
    book.close()
    return Written(units - writer.rejected, writer.rejected, writer.warned, bays)


def slots(units: int) -> Iterator[Slot]:
    """Units in register order: towers of two or three entrances, then shops (one in forty).

    >>> [slot.code for slot in slots(40)][:3], [slot.code for slot in slots(40)][-1]
    (['1-1-101', '1-1-102', '1-1-201'], '商-0-1')
    """
    shops = units // 40
    left = units - shops
    building = 0
    while left > 0:
        building += 1
        floors, wide = ((18, 2), (11, 2), (26, 4), (33, 4))[(building - 1) % 4]
        for entrance in range(1, 3 + building % 2):
            for at in range(floors * wide):
                if left == 0:
                    break
                left -= 1
                yield Slot(str(building), entrance, (at // wide + 1) * 100 + at % wide + 1)
    for room in range(1, shops + 1):
        yield Slot("商", 0, room)


def identity_number(random: Random) -> str:
    """A number with a right check digit and an area code that no place has."""
    born = date(1950, 1, 1) + timedelta(days=random.randrange(20_000))
    body = f"990101{born:%Y%m%d}{random.randrange(1000):03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


class _Writer:
    def __init__(
        self, book: xlsxwriter.Workbook, random: Random, as_of: date, *, messy: bool, error_share: float
    ) -> None:
        self._random, self._as_of, self._messy, self._error_share = random, as_of, messy, error_share
        self._bold: Format = book.add_format({"bold": True, "text_wrap": True})
        self._day: Format = book.add_format({"num_format": "yyyy-mm-dd"})
        self._linked: list[tuple[str, str]] = []
        self._row = 0
        self.rejected = 0
        self.warned = 0

    def units(self, sheet: Worksheet, community_name: str, units: int) -> None:
        """Title rows, header, units, one total row."""
        sheet.set_column(0, len(_TITLES), 12)
        self._row = 0
        self._write(sheet, (f"{community_name}房产及业主台账（{self._as_of.year}年）",))
        self._write(sheet, (f"制表日期：{self._as_of}    制表人：客服中心",))
        self._write(sheet, _TITLES, self._bold)
        building, total, before = "", 0.0, None
        for number, slot in enumerate(slots(units), 1):
            first = slot.building != building
            building = slot.building
            area = self._area(slot)
            row: list[Value] = [float(number), self._building(slot) if first else "", *self._unit(slot, area)]
            before = self._spoilt(row, before, slot.code) if not first else row
            total += area
            self._write(sheet, row)
        self._write(sheet, ("合计", "", "", "", round(total, 2)))

    def _write(self, sheet: Worksheet, row: Sequence[Value], style: Format | None = None) -> None:
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(self._row, column, value, self._day)
            elif isinstance(value, str):
                if value:
                    sheet.write_string(self._row, column, value, style)
            else:
                sheet.write_number(self._row, column, value)
        self._row += 1

    def _unit(self, slot: Slot, area: float) -> list[Value]:
        random, shop = self._random, slot.building == "商"
        sold = shop or random.random() >= 0.025
        names = self._names(shop) if sold else [_UNSOLD]
        has_numbers = sold and not shop
        linked = len(self._linked) < 2_000 and random.random() < 0.4
        if sold and linked:
            self._linked.append((slot.code, names[0]))
        return [
            self._entrance(slot),
            self._room(slot),
            self._written_area(area),
            "商铺" if shop else "住宅",
            self._handover(),
            ("已入住" if shop else self._status()) if sold else "未售",
            "、".join(names),
            "、".join(identity_number(random) for _ in names) if has_numbers else "",
            self._mobile() if sold and random.random() < 0.965 else "",
            f"0571-8800{random.randrange(10_000):04d}" if has_numbers and random.random() < 0.25 else "",
            SHOP_RATE_YUAN if shop else RATE_YUAN,
            random.choice(_REMARKS) if random.random() < 0.3 else "",
        ]

    def _spoilt(self, row: list[Value], before: list[Value] | None, code: str) -> list[Value]:
        """Now and then spoil the row in one of the ways that real registers are spoilt in."""
        if before is None or row[8] == _UNSOLD or self._random.random() >= self._error_share:
            return row
        kind = self._random.randrange(-1, len(_SPOILS))
        if kind < 2:
            self.rejected += 1
        else:
            self.warned += 1
        if kind == -1:
            row[2], row[3], row[13] = before[2], before[3], "重复登记"
            self._linked = [link for link in self._linked if link[0] != code]
            return before
        column, value = _SPOILS[kind]
        row[8] = str(row[8]).split("、")[0]
        row[9] = str(row[9]).split("、")[0]
        row[column] = value
        return row

    def bays(self, sheet: Worksheet, units: int) -> int:
        """About one bay for three units, each linked to a unit of the register; returns how many."""
        random = self._random
        sheet.set_column(0, len(_BAY_TITLES), 12)
        self._row = 0
        self._write(sheet, _BAY_TITLES, self._bold)
        count = min(units // 3, len(self._linked) * 2)
        for number in range(1, count + 1):
            code, user = random.choice(self._linked)
            owned = random.random() < 0.5
            phone = f"138{random.randrange(10**8):08d}"
            plate = f"浙A{random.randrange(10_000, 100_000)}"
            tenure, price = ("产权", OWNED_BAY_YUAN) if owned else ("租赁", LET_BAY_YUAN)
            self._write(sheet, (f"B1-{number:03d}", "地下一层", tenure, code, user, phone, plate, price))
        return count

    def _area(self, slot: Slot) -> float:
        if slot.building == "商":
            return self._random.randrange(3_000, 26_000) / 100
        return self._random.choice(_AREAS)

    def _names(self, shop: bool) -> list[str]:
        if shop and self._random.random() < 0.6:
            return [f"杭州{self._name()}商贸有限公司"]
        pair = not shop and self._random.random() < 0.1
        return [self._name() for _ in range(2 if pair else 1)]

    def _name(self) -> str:
        given = "".join(self._random.choices(_GIVEN, k=self._random.choice((1, 2, 2))))
        return self._random.choice(_SURNAMES) + given

    def _status(self) -> str:
        return self._random.choices(("已入住", "未收房", "空置"), weights=(78, 12, 10))[0]

    def _building(self, slot: Slot) -> str:
        if slot.building == "商":
            return slot.building
        return slot.building + self._pick("栋", "#", "幢", "号楼")

    def _entrance(self, slot: Slot) -> Value:
        if not self._messy or self._random.random() < 0.75:
            return float(slot.entrance)
        return f"{slot.entrance}单元"

    def _room(self, slot: Slot) -> Value:
        if not self._messy or self._random.random() < 0.72:
            return float(slot.room)
        return f"{slot.room:03d}"

    def _written_area(self, area: float) -> Value:
        ways: tuple[Callable[[], Value], ...] = (
            lambda: f" {area} ",
            lambda: f"{area}㎡",
            lambda: str(area).translate(_FULL_WIDTH),
        )
        if not self._messy or self._random.random() < 0.75:
            return area
        return self._random.choice(ways)()

    def _handover(self) -> Value:
        day = self._as_of - timedelta(days=900 + self._random.randrange(1_500))
        if not self._messy:
            return day
        serial = float((day - date(1899, 12, 30)).days)
        dotted, words = f"{day.year}.{day.month}.{day.day}", f"{day.year}年{day.month}月{day.day}日"
        ways: tuple[Value, ...] = (day, serial, day.isoformat(), dotted, words)
        return self._random.choice(ways)

    def _mobile(self) -> Value:
        number = f"1380000{self._random.randrange(10_000):04d}"
        if not self._messy or (way := self._random.random()) < 0.7:
            return number
        return float(number) if way < 0.97 else f"{number}/0571-8800{self._random.randrange(10_000):04d}"

    def _pick(self, *ways: str) -> str:
        return self._random.choice(ways) if self._messy else ways[0]
