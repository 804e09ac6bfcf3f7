"""The dashboard put into words: tiles with their changes and calculation, the table's links, what waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from reports.queries import Dashboard, HeatRow, Moved, Rate
from reports.rules import heat
from reports.rules.ageing import Bucket
from reports.rules.taken import month_target
from reports.web.formulas import FORMULAS, TITLES
from tenancy.kernel.permissions import Permission, StaffMember
from values.fen import display

# Less of these is better.
_BAD = ("overdue_rate",)


class Change(NamedTuple):
    """A change against an earlier day: what it is against, in words, and whether that is good."""

    label: str
    text: str
    tone: str


class Why(NamedTuple):
    """为什么是这个数: the rule in words, the parts, and the values it is compared with."""

    rule: str
    part_name: str
    part: str
    whole_name: str
    whole: str
    value: str
    last_month: str
    last_year: str


class Tile(NamedTuple):
    """One figure of the first line; `progress`: percent of its target, 0 to 100."""

    code: str
    title: str
    value: str
    changes: tuple[Change, ...]
    target: str = ""
    reached: str = ""
    progress: int | None = None
    why: Why | None = None
    url: str = ""


class Spot(NamedTuple):
    """A cell of the table with the rows behind it."""

    accounts: int
    yuan: str
    tint: int
    url: str | None


class Line(NamedTuple):
    """A rung of the table."""

    code: str
    spots: tuple[Spot, ...]
    total: Spot


@dataclass(frozen=True, slots=True)
class Need:
    """Something that waits. `count` None: nobody knows it for this day."""

    title: str
    count: int | None
    remark: str
    url: str | None
    key: str = ""


def tiles(board: Dashboard) -> list[Tile]:
    """Money first, then the three rates a manager is asked for."""
    day = _("Taken today") if board.is_today else _("Taken on the day")
    month = _("Taken this month") if board.is_today else _("Taken in the month")
    year = _("Taken this year") if board.is_today else _("Taken in the year")
    return [
        _money("day", day, board.day)._replace(url=_taken(board, board.as_of)),
        _money("month", month, board.month)._replace(url=_taken(board, board.as_of.replace(day=1))),
        _money("year", year, board.year)._replace(url=_taken(board, board.as_of.replace(month=1, day=1))),
        *(_rate(one) for one in board.rates[:3]),
    ]


def other_rates(board: Dashboard) -> list[Tile]:
    """The rest, for a smaller table."""
    return [_rate(one) for one in board.rates[3:]]


def table(board: Dashboard) -> list[Line]:
    """The rungs with links to the cases behind each cell; a past day leads nowhere."""
    return [_line(board, row) for row in board.heat or ()]


def bottom(board: Dashboard) -> Line | None:
    """All rungs together. What has no case is in no list of cases: then no sum leads to one."""
    total = board.heat_total
    if total is None:
        return None
    mixed = any(row.code == "NO_CASE" for row in board.heat or ())
    cells = (*total.cells, total.total)
    *spots, everything = (_spot(cell, None if mixed else _cases(board, "", cell.bucket)) for cell in cells)
    return Line("", tuple(spots), everything)


def months(board: Dashboard) -> dict[str, Any]:
    """The two years side by side and the month's share of the target."""
    goal = board.year.target_fen
    return {
        "year": board.as_of.year,
        "rows": [
            (
                row.month,
                row.fen,
                row.last_year_fen,
                None if goal is None else month_target(goal, month=row.month),
            )
            for row in board.months
        ],
        "has_target": goal is not None,
        "empty": not any(row.fen or row.last_year_fen for row in board.months),
    }


def needs(board: Dashboard, staff: StaffMember) -> list[Need]:
    """What waits for the member."""
    waits = board.needs
    bills = reverse("charges:bills") + _address(board, state="OVERDUE")
    may = staff.can
    unknown = "" if waits.undelivered is not None else _("not known for a past day")
    return [
        Need(
            _("Decisions that wait for you"), waits.approvals, "",
            reverse("cases:approvals") + "?mine=true" if may(Permission.APPROVAL_SEE) else None, "a",
        ),
        Need(_("Ladder waits: past due, bill not delivered"), waits.undelivered, unknown, bills),
        Need(_("Nightly runs behind or failed"), waits.nights_behind, "", reverse("reports:today")),
        Need(
            _("Sheets of past days that nobody signed"), waits.unsigned, "",
            reverse("team:sheets") if may(Permission.SHEET_SEE) else None,
        ),
    ]  # fmt: skip


def percent(value: Decimal | None) -> str:
    """71.93%, or a dash."""
    return "—" if value is None else f"{value}%"


def _money(code: str, title: str, moved: Moved) -> Tile:
    changes = []
    if moved.last_month_fen is not None:
        changes.append(_grown(_("vs last month"), moved.mom))
    changes.append(_grown(_("vs last year"), moved.yoy))
    target, progress = "", None
    if moved.target_fen is not None and moved.reached is not None:
        target = display(moved.target_fen)
        progress = min(100, int(moved.reached))
    return Tile(code, title, display(moved.fen), tuple(changes), target, percent(moved.reached), progress)


def _rate(rate: Rate) -> Tile:
    rule, part_name, whole_name = FORMULAS[rate.code]
    write = display if rate.is_money else str
    why = Why(
        str(rule), str(part_name), write(rate.part), str(whole_name), write(rate.whole), percent(rate.value),
        percent(rate.last_month), percent(rate.last_year),
    )  # fmt: skip
    changes = (
        _points(_("vs last month"), rate.mom_pp, rate.code),
        _points(_("vs last year"), rate.yoy_pp, rate.code),
    )
    return Tile(rate.code, str(TITLES[rate.code]), percent(rate.value), changes, why=why)


def _points(label: str, change: Decimal | None, code: str) -> Change:
    if change is None:
        return Change(label, "—", "")
    good = change < 0 if code in _BAD else change > 0
    text = _("%(arrow)s%(points)s pp") % {"arrow": _arrow(change), "points": abs(change)}
    return Change(label, text, _tone(change, good))


def _grown(label: str, tenths: int | None) -> Change:
    if tenths is None:
        return Change(label, "—", "")
    whole, tenth = divmod(abs(tenths), 10)
    return Change(label, f"{_arrow(tenths)}{whole}.{tenth}%", _tone(tenths, tenths > 0))


def _arrow(change: Decimal | int) -> str:
    return "" if change == 0 else "▲" if change > 0 else "▼"


def _tone(change: Decimal | int, good: bool) -> str:
    return "" if change == 0 else "good" if good else "warn"


def _line(board: Dashboard, row: HeatRow) -> Line:
    spots = tuple(_spot(cell, _cases(board, row.code, cell.bucket)) for cell in row.cells)
    return Line(row.code, spots, _spot(row.total, _cases(board, row.code, "")))


def _spot(cell: heat.Cell, url: str | None) -> Spot:
    return Spot(cell.accounts, f"{(cell.fen + 50) // 100:,}", cell.tint, url if cell.accounts else None)


def _cases(board: Dashboard, code: str, bucket: str) -> str | None:
    """The list with the rows of a cell. Without a case there is no list of cases: the bills past due."""
    if not board.is_today:
        return None
    if code == "NO_CASE":
        return reverse("charges:bills") + _address(board, state="OVERDUE")
    first, last = heat.days_of(Bucket(bucket)) if bucket else (None, None)
    return reverse("cases:cases") + _address(board, rung=code, late_from=first, late_to=last)


def _taken(board: Dashboard, from_on: date) -> str:
    """The payments that a sum of money is made of."""
    span = {"posted_from": from_on.isoformat(), "posted_to": board.as_of.isoformat()}
    return reverse("payments:payments") + _address(board, **span)


def _address(board: Dashboard, **filters: str | int | None) -> str:
    only = board.communities[0].id if board.is_narrowed else None
    said = {name: value for name, value in {"community": only, **filters}.items() if value not in (None, "")}
    return f"?{urlencode(said)}" if said else ""
