"""A column of a list: how its value is written on the page and in the workbook, from one declaration."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from operator import attrgetter
from typing import Any, NamedTuple

from django.template.loader import get_template
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, pgettext

from tenancy.people.templatetags.house import area, day, deadline, fen, moment, money, reason, word
from values.mask import mask_name

NOTHING = "—"


class Kind(StrEnum):
    """What a column holds; decides alignment, wording and the type of its cells in a workbook."""

    TEXT = "text"
    ROOM = "room"
    NAME = "name"
    MASKED = "masked"  # a name as 张*, on the page and in the workbook
    NUMBER = "number"  # a document's number
    WORD = "word"  # a code
    WORDS = "words"  # several codes
    BADGE = "badge"  # a code with the tone of the row's attribute `by`
    MONEY = "money"
    LATE = "late"  # money past due: red unless the row's attribute `by` is false
    COUNT = "count"
    AREA = "area"
    DATE = "date"
    MOMENT = "moment"
    DEADLINE = "deadline"  # a last day, with the days since in the row's attribute `by`
    WRAP = "wrap"
    REASON = "reason"


_DRESS = {
    Kind.ROOM: "room", Kind.NAME: "name", Kind.MASKED: "name", Kind.NUMBER: "number", Kind.MONEY: "n",
    Kind.LATE: "n", Kind.COUNT: "n", Kind.AREA: "n", Kind.DATE: "date", Kind.MOMENT: "date",
    Kind.WORD: "word", Kind.WRAP: "wrap", Kind.WORDS: "wrap", Kind.REASON: "wrap",
}  # fmt: skip
FIGURES = frozenset({Kind.MONEY, Kind.LATE, Kind.COUNT, Kind.AREA})
_CM2_IN_M2 = 10_000


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `name`: the row's attribute, dots allowed, and its key among the totals.

    `beside`: an attribute shown quietly beside it, which has a column of its own in a workbook.
    `value`: how to find it where it is no attribute. `template`: a fragment that draws the cell, given `row`;
    a workbook still takes the value. `sheet_only`: not on the page.
    """

    name: str
    label: Any
    kind: Kind = Kind.TEXT
    by: str = ""
    beside: str = ""
    beside_label: Any = ""
    value: Callable[[Any], Any] | None = None
    template: str = ""
    sheet_only: bool = False

    @property
    def dress(self) -> str:
        """The cell's class."""
        return "" if self.template and self.kind is Kind.WORD else _DRESS.get(self.kind, "")

    @property
    def is_figure(self) -> bool:
        """Whether it stands on the right."""
        return self.kind in FIGURES

    def of(self, row: Any) -> Any:
        """The row's value, as the rules know it."""
        return self.value(row) if self.value is not None else attrgetter(self.name)(row)


# What most lists begin with: the room, quietly its community, and who owns it.
ROOM = Column(
    "unit_code",
    gettext_lazy("Room"),
    Kind.ROOM,
    beside="community_name",
    beside_label=gettext_lazy("Community"),
)
OWNER = Column("party_name", gettext_lazy("Owner"), Kind.NAME)


class Cell(NamedTuple):
    """What stands in one place of the table."""

    html: SafeString
    dress: str
    title: str = ""

    @property
    def td(self) -> SafeString:
        """Its place in the row."""
        dress = format_html(' class="{}"', self.dress) if self.dress else ""
        title = format_html(' title="{}"', self.title) if self.title else ""
        return SafeString(f"<td{dress}{title}>{self.html}</td>")


def cell(column: Column, row: Any, *, url: str | None = None, context: Mapping[str, Any]) -> Cell:
    """The cell of a row; with an address it is the link that opens the row. `context`: for its template."""
    value = column.of(row)
    if column.template:
        inside = get_template(column.template).render({**context, "row": row})
    else:
        inside = _html(column, value, row)
    if url is not None:
        inside = format_html('<a data-open href="{}">{}</a>', url, inside)
    if column.beside and (place := attrgetter(column.beside)(row)):
        inside = format_html('{} <span class="quiet">{}</span>', inside, place)
    title = str(value) if column.kind is Kind.NAME and value else ""
    return Cell(SafeString(inside), column.dress, title)


def total_cell(column: Column, value: int) -> SafeString:
    """A column's total as the column writes it."""
    return conditional_escape(text_of(column, value))


def text_of(column: Column, value: Any) -> str:
    """The value in the reader's words; a dash for nothing."""
    if value is None or value == "":
        return NOTHING
    return _WRITERS.get(column.kind, str)(value)


def sheet_cells(column: Column, row: Any) -> list[Any]:
    """The row's cells of this column in a workbook: numbers and days as such, everything else as text."""
    cells = [sheet_value(column, column.of(row))]
    if column.beside:
        cells.append(str(attrgetter(column.beside)(row) or ""))
    return cells


def sheet_value(column: Column, value: Any) -> Any:
    """One value in a workbook: yuan from fen, square metres, a day; the page's own words for the rest."""
    if value is None or value == "":
        return None
    if column.kind in (Kind.MONEY, Kind.LATE):
        return value / 100
    if column.kind is Kind.AREA:
        return value / _CM2_IN_M2
    if column.kind is Kind.MOMENT:
        return timezone.localtime(value).replace(tzinfo=None)
    if column.kind is Kind.COUNT or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    return text_of(column, value)


def sheet_labels(column: Column) -> list[str]:
    """The headings of this column in a workbook."""
    return [str(column.label), *([str(column.beside_label)] if column.beside else [])]


def _html(column: Column, value: Any, row: Any) -> SafeString:
    if column.kind is Kind.LATE and value is not None:
        return money(value, late=bool(attrgetter(column.by)(row)) if column.by else True)
    if column.kind is Kind.DEADLINE:
        return deadline(value, over=attrgetter(column.by)(row))
    if column.kind is Kind.BADGE and value:
        tone = attrgetter(column.by)(row) if column.by else "quiet"
        return format_html('<span class="badge tone-{}">{}</span>', tone or "quiet", text_of(column, value))
    return conditional_escape(text_of(column, value))


def _words(codes: Any) -> str:
    return pgettext("between roles", ", ").join(word(code) for code in codes)


_WRITERS: dict[Kind, Callable[[Any], str]] = {
    Kind.MASKED: mask_name,
    Kind.WORD: word,
    Kind.WORDS: _words,
    Kind.BADGE: word,
    Kind.MONEY: fen,
    Kind.LATE: fen,
    Kind.AREA: area,
    Kind.DATE: day,
    Kind.MOMENT: moment,
    Kind.DEADLINE: day,
    Kind.REASON: reason,
}
