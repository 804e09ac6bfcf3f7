"""What an evidence bundle is made of: exhibits in order, each a sheet of tables, a paper, or a kept file."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import ceil
from typing import Final, NamedTuple

DOCUMENT: Final = "书证"
ELECTRONIC: Final = "电子数据"


class Audience(StrEnum):
    """For whom a bundle is made: a court reads identities in full.

    A law firm gets what it pleads with, and no more (个保法 6, 21): the debtor's name, home, debt and what
    was said to him; identity numbers (also of joint debtors) and third persons masked; no remark of staff,
    no proof of illness or income. The numbers it files with stand in the paper that it files.
    """

    COURT = "COURT"
    LAW_FIRM = "LAW_FIRM"


class Group(StrEnum):
    """The chapters of a bundle, in their order; within one, exhibits stand by their day."""

    CONTRACT = "合同与收费标准"
    OWNERSHIP = "产权与业主"
    MONEY = "账单与台账"
    CALCULATION = "本金与违约金计算"
    PAPERS = "通知与送达"
    CONTACTS = "联系记录"
    RELIEF = "缓交、分期与困难申请"
    SERVICE = "服务履行与异议处理记录"
    LIMITATION = "诉讼时效"
    COURT = "诉讼材料"
    HASHES = "校验值"


class Table(NamedTuple):
    """Cells as text; `figures`: the columns that stand to the right; `total`: a last row in bold."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: frozenset[int] = frozenset()
    total: tuple[str, ...] = ()

    def widths(self) -> list[int]:
        """The share of each column in percent, by what it says: a table that is told need not try them all.

        A day or a number is never broken where the page has room for it.

        >>> Table("", ("日期", "内容"), (("2026-01-01", "屋顶漏水，已派人维修，业主签字确认"),)).widths()
        [27, 73]
        """
        texts = list(zip(self.columns, *self.rows, self.total or self.columns, strict=True))
        wide = [min(max(map(_width, column)), _WIDEST) + 5 for column in texts]
        return _shares(wide, [max(map(_floor, column)) for column in texts])

    def row_heights(self) -> list[float]:
        """About how high each row stands, in millimetres, the columns' own first."""
        rooms = [share * _PAGE_MM / 100 - _BESIDE_MM for share in self.widths()]
        rows = (self.columns, *self.rows, *([self.total] if self.total else []))
        return [_ROW_MM + _LINE_MM * max(map(_lines, row, rooms)) for row in rows]

    def cells(self) -> list[list[tuple[bool, str]]]:
        """Rows with whether each cell is a figure."""
        return [[(at in self.figures, text) for at, text in enumerate(row)] for row in self.rows]

    def total_cells(self) -> list[tuple[bool, str]]:
        """The last row in the same way."""
        return [(at in self.figures, text) for at, text in enumerate(self.total)]

    def heads(self) -> list[tuple[bool, str]]:
        """The columns in the same way."""
        return [(at in self.figures, text) for at, text in enumerate(self.columns)]


class Sheet(NamedTuple):
    """A page (or several) drawn from data, with kept pictures below."""

    tables: tuple[Table, ...]
    notes: tuple[str, ...] = ()
    picture_ids: tuple[int, ...] = ()


class OfNotice(NamedTuple):
    """The paper of a notice, as it was printed."""

    notice_id: int


class OfFile(NamedTuple):
    """A kept file: the pages of a PDF, or a picture on a page of its own."""

    file_id: int


class OfForm(NamedTuple):
    """The form of an application, as it was handed in."""

    application_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """One piece of evidence. `proves`: the fact it is shown for; `on`: its day, None where it has none."""

    group: Group
    title: str
    content: Sheet | OfNotice | OfFile | OfForm
    proves: str
    source: str
    on: date | None = None
    kind: str = DOCUMENT


class Bound(NamedTuple):
    """An exhibit in its place. `name`: its file in the archive; `sha256`: of that file."""

    number: int
    group: str
    title: str
    kind: str
    source: str
    proves: str
    on: date | None
    name: str
    sha256: str
    pages: int
    first_page: int

    @property
    def last_page(self) -> int:
        """The last page of the bundle that it stands on."""
        return self.first_page + self.pages - 1

    @property
    def place(self) -> str:
        """Its pages as an index says them."""
        return str(self.first_page) if self.pages == 1 else f"{self.first_page}-{self.last_page}"


_WIDEST: Final = 34
# What the style sheet gives: 178 mm of page, 1.7 mm for a digit, 3.4 mm beside the text of a cell.
_PAGE_MM, _DIGIT_MM, _BESIDE_MM = 178, 1.7, 3.4
_RUN: Final = re.compile(r"[0-9A-Za-z.,:-]+")
_HALF_MM, _LINE_MM, _ROW_MM = 1.5, 4.2, 2.0
_HIGH_MM, _TITLE_MM, _HEADING_MM = 259, 12.5, 16.3
# Longer than a day with its year is no longer read at a glance: it may go on in the next line.
_LONGEST_RUN: Final = 10


def _width(text: str) -> int:
    """How wide a text is in half characters; a Chinese one takes two."""
    return sum(2 if one > "⺀" else 1 for one in text)


def _lines(text: str, room: float) -> int:
    """In how many lines a text stands in a column of so many millimetres."""
    return max(1, ceil(_width(text) * _HALF_MM / max(room, _HALF_MM)))


def pages_of(tables: Sequence[Table]) -> int:
    """About how many pages some tables take under one title: an index is written before it is drawn.

    >>> row = ("1", "催款通知书")
    >>> [pages_of([Table("", ("序号", "名称"), (row,) * rows)]) for rows in (10, 38, 50)]
    [1, 1, 2]
    """
    pages, used = 1, _TITLE_MM
    for table in tables:
        head, *rows = table.row_heights()
        used += head + (_HEADING_MM if table.heading else _HEADING_MM / 4)
        for high in rows:
            if used + high > _HIGH_MM:
                pages, used = pages + 1, head
            used += high
    return pages


def _floor(text: str) -> int:
    """The least share of the page in percent at which a day or a sum stays in one line."""
    longest = max((len(run) for run in _RUN.findall(text)), default=0)
    return ceil(100 * (min(longest, _LONGEST_RUN) * _DIGIT_MM + _BESIDE_MM) / _PAGE_MM)


def _shares(wide: Sequence[int], floors: Sequence[int]) -> list[int]:
    """By weight, none below its floor as far as the page reaches, and a hundred in all."""
    if sum(floors) >= 100:
        wide, floors = floors, [0] * len(floors)
    held: set[int] = set()
    while True:
        free = [at for at in range(len(wide)) if at not in held]
        room = 100 - sum(floors[at] for at in held)
        share = {at: room * wide[at] / sum(wide[one] for one in free) for at in free}
        short = {at for at in free if share[at] < floors[at]}
        if not short:
            break
        held |= short
    found = [floors[at] if at in held else int(share[at]) for at in range(len(wide))]
    widest = max(range(len(wide)), key=lambda at: found[at])
    found[widest] += 100 - sum(found)
    return found


_ORDER: Final = {group: place for place, group in enumerate(Group)}


def in_order(exhibits: Iterable[Exhibit]) -> list[Exhibit]:
    """By chapter, then by day; what has no day comes first, and the order given decides the rest."""
    return sorted(exhibits, key=lambda one: (_ORDER[one.group], one.on or date.min))


def by_day(bound: Sequence[Bound]) -> list[Bound]:
    """What has a day, oldest first: the story that the bundle tells."""
    return sorted((one for one in bound if one.on), key=lambda one: (one.on or date.min, one.number))


def moved(bound: Sequence[Bound], *, by: int) -> list[Bound]:
    """The same behind so many pages of cover and index.

    >>> one = Bound(1, "", "", "", "", "", None, "", "", 2, 1)
    >>> moved([one], by=3)[0].place
    '4-5'
    """
    return [one._replace(first_page=one.first_page + by) for one in bound]


def safe_name(number: int, title: str, ending: str) -> str:
    """A file name that every system takes, in the order of the bundle.

    >>> safe_name(7, "催款通知书 DEMAND/1", "pdf")
    '007-催款通知书 DEMAND_1.pdf'
    """
    kept = "".join("_" if one in '\\/:*?"<>|\r\n\t' else one for one in title)
    return f"{number:03}-{kept[:60].strip()}.{ending}"
