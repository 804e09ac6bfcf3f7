"""What an evidence bundle is made of: exhibits in order, each a sheet of tables, a paper, or a kept file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
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

        >>> Table("", ("日期", "内容"), (("2026-01-01", "屋顶漏水，已派人维修，业主签字确认"),)).widths()
        [28, 72]
        """
        texts = zip(self.columns, *self.rows, self.total or self.columns, strict=True)
        wide = [min(max(map(_width, column)), _WIDEST) + 5 for column in texts]
        return [max(1, round(100 * one / sum(wide))) for one in wide]

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """One piece of evidence. `proves`: the fact it is shown for; `on`: its day, None where it has none."""

    group: Group
    title: str
    content: Sheet | OfNotice | OfFile
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


def _width(text: str) -> int:
    """How wide a text is in half characters; a Chinese one takes two."""
    return sum(2 if one > "⺀" else 1 for one in text)


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
