"""The building board: floors as rows, units as squares that say how they stand."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from arrears.cases.queries.board import BAYS, Board, Part, Square, board
from arrears.cases.web.board_form import BoardChoice
from owners.queries import communities
from tenancy.kernel import clock
from tenancy.kernel.pages import StaffView
from tenancy.kernel.permissions import Permission
from tenancy.people.words import WORDS
from values.fen import display


class Cell(NamedTuple):
    """A square: what stands in it, the line it tells, where it leads."""

    label: str
    state: str
    line: str
    url: str


class Row(NamedTuple):
    """A floor with its squares; None where there is no unit. `starts`: the first squares of entrances."""

    floor: int | None
    cells: tuple[Cell | None, ...]


class Choice(NamedTuple):
    """A part of the switcher."""

    part: Part
    name: str
    here: bool


class Key(NamedTuple):
    """A line of the legend."""

    state: str
    units: int


class BuildingBoard(StaffView):
    """One building of a community as its squares; names are whole only for those who may see contacts."""

    permission = Permission.UNIT_SEE

    def get(self, request: HttpRequest) -> HttpResponse:
        places = communities()
        form = BoardChoice(request.GET or None, initial={"community": places[0].id if places else None})
        form.offer(places)
        if form.is_bound and not form.is_valid():
            return self.page("cases/board.html", status=422, form=form, board=None)
        asked = form.asked(places)
        if asked is None:
            return self.page("cases/board.html", form=form, board=None)
        whole_names = self.request.staff.can(Permission.CONTACT_REVEAL)
        found = board(*asked, whole_names=whole_names, as_of=clock.today())
        return self.page(
            "cases/board.html",
            form=form,
            board=found,
            here=_part_name(found.part) if found.part else "",
            choices=[Choice(part, _part_name(part), part == found.part) for part in found.parts],
            legend=[Key(state, count) for state, count in found.counts.items()],
            rows=_rows(found),
            bays=[_cell(square, found) for square in found.squares] if found.front is None else [],
        )


def _rows(found: Board) -> list[Row]:
    if found.front is None:
        return []
    cells = [_cell(square, found) for square in found.squares]
    return [
        Row(floor.number, tuple(None if index is None else cells[index] for index in floor.cells))
        for floor in found.front.floors
    ]


def _cell(square: Square, found: Board) -> Cell:
    is_bay = found.front is None
    return Cell(
        square.code if is_bay else square.room, square.state, _line(square, found), _unit_url(square.unit_id)
    )


def _line(square: Square, found: Board) -> str:
    """The square in words: room, who, how much, since when, what holds it."""
    parts = [
        square.code,
        pgettext("between names", ", ").join(square.people),
        str(WORDS.get(f"board.{square.state}", square.state)),
    ]
    if square.since:
        days = (found.as_of - square.since).days
        said = {"amount": display(square.overdue_fen), "day": square.since, "days": days}
        parts.append(_("%(amount)s past due since %(day)s, %(days)s days") % said)
    parts += [str(WORDS.get(kind, kind)) for kind in square.holds]
    if square.handover != "TAKEN_OVER":
        parts.append(str(WORDS.get(square.handover, square.handover)))
    return " · ".join(part for part in parts if part)


def _part_name(part: Part) -> str:
    if part.key == BAYS:
        return _("Parking bays")
    return _("Building %(name)s") % {"name": part.name} if part.name else _("In no building")


def _unit_url(unit_id: int) -> str:
    try:
        return reverse("owners:unit", args=[unit_id])
    except NoReverseMatch:
        return ""
