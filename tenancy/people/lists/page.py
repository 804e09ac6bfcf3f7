"""What every list of the staff inherits: filters in the address, chips, totals, export, ticks, its states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tenancy.kernel.errors import Forbidden, NotFound
from tenancy.kernel.pages import StaffRequest, StaffView
from tenancy.kernel.permissions import Permission, StaffMember
from tenancy.people.lists.acts import Act
from tenancy.people.lists.chips import Chip, active, changed, without
from tenancy.people.lists.columns import Cell, Column, cell, total_cell
from tenancy.people.queries.saved_filters import SavedRow, saved_filters

BLOCK = 500  # rows that a workbook reads at a time
NOT_FILTERS = ("page",)


class Empty(NamedTuple):
    """Why a list is empty in words, and what to do about it."""

    text: Any
    url: str | None = None
    action: Any = ""


class Line(NamedTuple):
    """A row of the table."""

    key: int | None
    cells: tuple[Cell, ...]
    is_marked: bool = False

    @property
    def tds(self) -> SafeString:
        """Its cells in a row: a page has hundreds, and a template joins them slowly."""
        return SafeString("".join(cell.td for cell in self.cells))


class Foot(NamedTuple):
    """A cell below the table."""

    span: int
    html: SafeString | str
    dress: str


@dataclass(frozen=True, slots=True)
class Listing:
    """All that the templates of a list show around and in its table."""

    title: Any
    name: str
    query: str
    count: int
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    foot: tuple[Foot, ...]
    quick: Sequence[Chip]
    active: Sequence[Chip]
    saved: Sequence[SavedRow]
    acts: tuple[Act, ...]
    may_export: bool
    is_narrowed: bool
    clear_url: str
    empty: Empty
    dense: bool


class ListPage(StaffView):
    """A list. It declares `title`, `columns`, `filter_form()`, `found()` and `rows()`; the rest has defaults.

    `acts` are what can be done with ticked rows; `quick` the filters that the list offers as a row of links
    (`chips`), which are therefore not repeated among the removable ones.
    """

    title: ClassVar[Any]
    columns: ClassVar[tuple[Column, ...]]
    template: ClassVar[str] = "components/list_page.html"
    size: ClassVar[int] = 50
    dense: ClassVar[bool] = False
    acts: ClassVar[tuple[Act, ...]] = ()
    quick: ClassVar[frozenset[str]] = frozenset()

    # -- what a list declares ----------------------------------------------------------------------

    def filter_form(self) -> forms.Form | None:
        """The filters, bound to the address; None: this list has none."""
        return None

    def found(self) -> Any:
        """All that matches, in order: a queryset or a list. Never limited to a page."""
        raise NotImplementedError

    def rows(self, part: list[Any]) -> Sequence[Any]:
        """A part of what was found as rows that the columns can read; a fixed number of reads."""
        return part

    def totals(self, found: Any) -> Mapping[str, int]:
        """Sums over all that matches, by column name; one statement."""
        return {}

    def link(self, row: Any) -> str | None:
        """Where the row leads; None: nowhere (for this member)."""
        return None

    def key(self, row: Any) -> int | None:
        """What a tick on the row stands for; only lists with `acts` need it."""
        return None

    def marked(self, row: Any) -> bool:
        """Whether the row stands out, on the page and in the workbook."""
        return False

    def head(self) -> Sequence[str]:
        """Lines above the table of the workbook."""
        return ()

    def chips(self) -> Sequence[Chip]:
        """Links above the filters that choose one kind of row at once."""
        return ()

    def empty(self) -> Empty:
        """What to say when there is nothing at all."""
        return Empty(_("There is nothing here yet."))

    def no_match(self) -> Empty:
        """What to say when the filters leave nothing."""
        return Empty(_("Nothing fits these filters."), reverse(self.name), _("Clear the filters"))

    def heading(self) -> Any:
        """The title as this address shows it."""
        return self.title

    def shown_columns(self) -> tuple[Column, ...]:
        """The columns as this address shows them."""
        return self.columns

    def more(self, found: Any, page: Page[Any]) -> dict[str, Any]:
        """What the list's own template shows besides."""
        return {}

    @cached_property
    def cell_context(self) -> dict[str, Any]:
        """What the templates of cells get besides their row."""
        return {}

    # -- the same for all --------------------------------------------------------------------------

    @cached_property
    def filters(self) -> forms.Form | None:
        """The bound filters, read once."""
        form = self.filter_form()
        if form is not None:
            form.is_valid()
        return form

    @property
    def asked(self) -> Any:
        """The filters as the list's own form. TypeError in a list that has none: a mistake."""
        if self.filters is None:
            raise TypeError(f"{type(self).__name__} has no filters")
        return self.filters

    @property
    def name(self) -> str:
        """The name of this list's address: charges:bills."""
        match = self.request.resolver_match
        return str(match.view_name) if match else ""

    @property
    def staff(self) -> StaffMember:
        """Who looks."""
        return self.request.staff

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show()

    def show(self, *, status: int = 200, **more: Any) -> HttpResponse:
        """The page of the list."""
        found = self.found()
        page = self.paginate(found, size=self.size)
        page.object_list = self.rows(list(page.object_list))
        listing = self._listing(found, page)
        context = {"list": listing, "page": page, "form": self.filters, **self.more(found, page), **more}
        return self.page(self.template, status=status, **context)

    def blocks(self, found: Any, *, size: int = BLOCK) -> Iterator[Sequence[Any]]:
        """Everything found as rows, block by block: memory stays flat."""
        for block in _blocks(found, size):
            yield self.rows(block)

    def count(self, found: Any) -> int:
        """How many match."""
        return found.order_by().count() if isinstance(found, QuerySet) else len(found)

    def keys(self) -> list[int]:
        """The keys of everything that matches: what "select all that match" stands for."""
        rows = (row for block in self.blocks(self.found()) for row in block)
        return [key for row in rows if (key := self.key(row)) is not None]

    def chips_on(self) -> list[Chip]:
        """The filters that are set, in words, those of the quick row too."""
        return active(self.filters, self.request.GET, but=())

    def _listing(self, found: Any, page: Page[Any]) -> Listing:
        acts = tuple(act for act in self.acts if self.staff.can(act.permission))
        columns = tuple(column for column in self.shown_columns() if not column.sheet_only)
        chips = active(self.filters, self.request.GET, but=self.quick)
        count = page.paginator.count
        return Listing(
            title=self.heading(),
            name=self.name,
            query=without(self.request.GET, *NOT_FILTERS),
            count=count,
            columns=columns,
            lines=tuple(self._line(columns, row) for row in page.object_list),
            foot=_foot(columns, self.totals(found) if count else {}),
            quick=self.chips(),
            active=chips,
            saved=saved_filters(user_id=self.staff.user_id, view=self.name),
            acts=acts,
            may_export=self.staff.can(Permission.LIST_EXPORT) and count > 0,
            is_narrowed=changed(self.filters),
            clear_url=reverse(self.name),
            empty=self.no_match() if changed(self.filters) else self.empty(),
            dense=self.dense,
        )

    def _line(self, columns: Iterable[Column], row: Any) -> Line:
        url = self.link(row)
        first, *others = columns
        context = self.cell_context
        cells = (
            cell(first, row, url=url, context=context),
            *(cell(column, row, context=context) for column in others),
        )
        return Line(self.key(row) if self.acts else None, cells, self.marked(row))


def open_list(request: HttpRequest, *, name: str, query: str, staff: StaffMember) -> ListPage:
    """A list as its address with this query shows it, for whoever asks; inside the open company.

    NotFound for what is no list; Forbidden for a list of another role.
    """
    try:
        path = reverse(name)
    except NoReverseMatch as error:
        raise NotFound(_("There is no such list.")) from error
    match = resolve(path)
    view = getattr(match.func, "view_class", None)
    if not (isinstance(view, type) and issubclass(view, ListPage)):
        raise NotFound(_("There is no such list."))
    if not staff.can(view.permission):
        raise Forbidden(_("Your role does not include this."))
    asked: Any = copy(request)
    asked.method, asked.path, asked.path_info, asked.resolver_match = "GET", path, path, match
    asked.GET, asked.staff = QueryDict(query), staff
    page = view()
    page.setup(asked)
    return page


def background_request(staff: StaffMember) -> HttpRequest:
    """A request of nobody's browser, for work that goes on after the answer."""
    request = StaffRequest()
    request.staff = staff
    return request


def _blocks(found: Any, size: int) -> Iterator[list[Any]]:
    if not isinstance(found, QuerySet):
        yield from (list(found[start : start + size]) for start in range(0, len(found), size))
        return
    block: list[Any] = []
    for row in found.iterator(chunk_size=size):
        block.append(row)
        if len(block) == size:
            yield block
            block = []
    if block:
        yield block


def _foot(columns: tuple[Column, ...], totals: Mapping[str, int]) -> tuple[Foot, ...]:
    """One label up to the first total, then a cell a column; nothing without totals."""
    if not totals:
        return ()
    at = next(place for place, column in enumerate(columns) if column.name in totals)
    label = [Foot(at, _("Total of all that match"), "")] if at else []
    sums = [
        Foot(1, total_cell(column, totals[column.name]) if column.name in totals else "", column.dress)
        for column in columns[at:]
    ]
    return (*label, *sums)
