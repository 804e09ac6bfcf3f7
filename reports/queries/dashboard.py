"""The manager's dashboard: are we on track, where is the money stuck, what was done, what needs me."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import reduce
from typing import NamedTuple

from django.utils.translation import gettext as _

from arrears.cases.queries import SPOKEN_LEVEL
from arrears.cases.rules.classes import CallOutcome, is_effective
from arrears.team.queries import unfinished
from owners.queries import CommunityRow, communities
from reports.queries import figures
from reports.queries.figures import SHANGHAI, More, Sums
from reports.queries.targets import targets_of_year
from reports.rules import compare, heat, rates, taken
from reports.rules.heat import Cell, Row, Spot
from tenancy.kernel import sql
from tenancy.kernel.errors import NotFound
from tenancy.kernel.permissions import StaffMember
from tenancy.people.queries.approvals import count_pending
from tenancy.people.queries.jobs import last_nights

REACHED = [outcome.value for outcome in CallOutcome if is_effective(outcome)]


class Moved(NamedTuple):
    """A sum of money with the same window a month and a year earlier; changes in tenths of a percent."""

    fen: int
    last_month_fen: int | None
    last_year_fen: int
    target_fen: int | None = None

    @property
    def mom(self) -> int | None:
        """环比; None where the window has no month before, or nothing was taken then."""
        return None if self.last_month_fen is None else compare.growth(self.fen, self.last_month_fen)

    @property
    def yoy(self) -> int | None:
        """同比; None where nothing was taken then."""
        return compare.growth(self.fen, self.last_year_fen)

    @property
    def reached(self) -> Decimal | None:
        """How much of the target is reached, in percent."""
        return None if self.target_fen is None else rates.percentage(self.fen, self.target_fen)


class Rate(NamedTuple):
    """A rate with its parts, and its values a month and a year earlier. `is_money`: the parts are fen."""

    code: str
    part: int
    whole: int
    value: Decimal | None
    last_month: Decimal | None
    last_year: Decimal | None
    is_money: bool

    @property
    def mom_pp(self) -> Decimal | None:
        """环比 in percentage points."""
        return rates.change_pp(self.value, self.last_month)

    @property
    def yoy_pp(self) -> Decimal | None:
        """同比 in percentage points."""
        return rates.change_pp(self.value, self.last_year)


class Effort(NamedTuple):
    """What one person did in the month so far; `user_id` None: nobody was noted."""

    user_id: int | None
    name: str
    calls: int
    reached: int
    visits: int
    promises_due: int
    promises_kept: int

    @property
    def kept_rate(self) -> Decimal | None:
        """承诺兑现率."""
        return rates.promise_kept_rate(kept=self.promises_kept, due=self.promises_due)


class HeatRow(NamedTuple):
    """One rung with its cells, as `rules.heat` makes it, and its code: NO_CASE, NO_RUNG or the rung's."""

    code: str
    cells: tuple[Cell, ...]
    total: Cell


class Month(NamedTuple):
    """One month of the year with what the same month brought a year before; None: it has not begun."""

    month: int
    fen: int | None
    last_year_fen: int


@dataclass(frozen=True, slots=True)
class Needs:
    """What waits for this member. `undelivered` None: not known for a past day."""

    approvals: int
    undelivered: int | None
    nights_behind: int
    unsigned: int = 0


@dataclass(frozen=True, slots=True)
class Dashboard:
    """The whole page. `computed_at`: the age of the rates and of the table; money is of this moment.

    `heat` None: ages and rungs of that past day were not kept. `without_target`: communities with none.
    """

    as_of: date
    is_today: bool
    is_narrowed: bool
    communities: tuple[CommunityRow, ...]
    computed_at: datetime
    is_kept: bool
    day: Moved
    month: Moved
    year: Moved
    needed_a_day_fen: int | None
    without_target: int
    rates: tuple[Rate, ...]
    heat: tuple[HeatRow, ...] | None
    heat_total: Row | None
    months: tuple[Month, ...]
    efforts: tuple[Effort, ...]
    effort_total: Effort
    needs: Needs


class _Base(NamedTuple):
    sums: Sums
    month_ago: Sums
    year_ago: Sums
    more: More
    has_spots: bool
    computed_at: datetime
    is_kept: bool


def dashboard(
    staff: StaffMember,
    *,
    as_of: date,
    at: datetime,
    community_id: int | None = None,
    fresh: bool = False,
) -> Dashboard:
    """The day's figures of one community or of all the member may see; `at`: now, aware.

    `fresh`: reckon anew instead of taking what the night kept. A past day's ages and rungs are known only
    where a night kept them.
    """
    places = tuple(row for row in communities() if community_id in (None, row.id))
    if community_id is not None and not places:
        raise NotFound(_("There is no such community."))
    ids = [row.id for row in places]
    today = at.astimezone(SHANGHAI).date()
    base = _base(as_of, ids, at=at, today=today, fresh=fresh)
    sums = base.more.taken.with_day(figures.taken_on(as_of, community_ids=ids))
    goals = targets_of_year(as_of=as_of)
    goal = sum(goals[place] for place in ids) if ids and set(goals) >= set(ids) else None
    efforts = _efforts(as_of, ids, today=today)
    spots = base.more.spots if base.has_spots else None
    return Dashboard(
        as_of=as_of,
        is_today=as_of == today,
        is_narrowed=community_id is not None,
        communities=places,
        computed_at=base.computed_at,
        is_kept=base.is_kept,
        day=Moved(sums.day, sums.day_last_month, sums.day_last_year),
        month=_month(sums, goal, as_of),
        year=Moved(sums.year, None, sums.year_last_year, goal),
        needed_a_day_fen=None if goal is None else taken.still_a_day(goal, sums.year, as_of=as_of),
        without_target=len(set(ids) - set(goals)),
        rates=_rates(base),
        heat=None if spots is None else _heat(spots),
        heat_total=None if spots is None else heat.totals(spots),
        months=_months(base.more, as_of, sums.day),
        efforts=efforts,
        effort_total=_effort_total(efforts),
        needs=Needs(
            approvals=count_pending(roles=staff.roles, not_asked_by=staff.user_id),
            undelivered=None if spots is None else sum(spot.undelivered for spot in spots),
            nights_behind=sum(night.is_late or night.state == "FAILED" for night in last_nights(as_of=today)),
            unsigned=unfinished(as_of=today).total,
        ),
    )


def _base(as_of: date, ids: Sequence[int], *, at: datetime, today: date, fresh: bool) -> _Base:
    month_ago, year_ago = compare.month_before(as_of), compare.year_before(as_of)
    known = figures.kept((as_of, month_ago, year_ago), ids) if ids else {}
    rows = known.get(as_of, {})
    mores = [row.more for row in rows.values() if row.more is not None]
    whole = bool(ids) and len(mores) == len(ids)
    use = whole and not fresh and figures.is_final(rows, as_of=as_of, today=today)

    def sums(day: date) -> Sums:
        found = known.get(day, {})
        if found and (use or day != as_of) and figures.is_final(found, as_of=day, today=today):
            return _total(row.sums for row in found.values())
        return _total(figures.reckon_sums(day, community_ids=ids).values())

    if use or (whole and as_of != today):
        more = reduce(More.plus, mores)
    else:
        more = reduce(
            More.plus, figures.reckon_more(as_of, community_ids=ids, spots=as_of == today).values(), More()
        )
    return _Base(
        sums(as_of), sums(month_ago), sums(year_ago), more,
        has_spots=whole or as_of == today,
        computed_at=min(row.computed_at for row in rows.values()) if use else at,
        is_kept=use,
    )  # fmt: skip


def _month(sums: taken.Taken, goal: int | None, as_of: date) -> Moved:
    of_month = None if goal is None else taken.month_target(goal, month=as_of.month)
    return Moved(sums.month, sums.month_last_month, sums.month_last_year, of_month)


def _rates(base: _Base) -> tuple[Rate, ...]:
    now, month_ago, year_ago = (_parts(sums) for sums in (base.sums, base.month_ago, base.year_ago))
    return tuple(
        Rate(
            code, part, whole, rates.percentage(part, whole), rates.percentage(*month_ago[code]),
            rates.percentage(*year_ago[code]), is_money=code not in _COUNTED,
        )
        for code, (part, whole) in now.items()
    )  # fmt: skip


_COUNTED = ("household_rate", "household_clear_rate")


def _parts(sums: Sums) -> dict[str, tuple[int, int]]:
    """Part and whole of every rate shown; `rules.rates` says the same in words."""
    everything = sums.receivable_fen + sums.opening_fen
    return {
        "current_rate": (sums.collected_fen, sums.receivable_fen),
        "arrears_recovery_rate": (sums.recovered_fen, sums.opening_fen),
        "household_rate": (sums.units_clear, sums.units_billed),
        "overall_rate": (sums.collected_fen + sums.recovered_fen, everything),
        "overdue_rate": (sums.overdue_fen, everything),
        "household_clear_rate": (sums.units_clear_all, sums.units_billed),
    }


def _months(more: More, as_of: date, day_fen: int) -> tuple[Month, ...]:
    this, last = dict(more.months), as_of.year - 1
    own = f"{as_of:%Y-%m}"
    this[own] = this.get(own, 0) + day_fen
    return tuple(
        Month(n, this.get(f"{as_of.year}-{n:02}"), this.get(f"{last}-{n:02}", 0)) for n in range(1, 13)
    )


def _efforts(as_of: date, ids: Sequence[int], *, today: date) -> tuple[Effort, ...]:
    span = compare.month_to(as_of)
    asked = {
        "from_on": span.first_on,
        "to_on": as_of,
        "over_on": min(as_of, today - timedelta(days=1)),
        "from_at": datetime.combine(span.first_on, time(), tzinfo=SHANGHAI),
        "until_at": datetime.combine(as_of + timedelta(days=1), time(), tzinfo=SHANGHAI),
        "reached": REACHED,
        "community_ids": list(ids),
    }
    return tuple(Effort(*row) for row in sql.rows("reports", "efforts", asked))


def _effort_total(efforts: Sequence[Effort]) -> Effort:
    return Effort(
        None,
        "",
        sum(one.calls for one in efforts),
        sum(one.reached for one in efforts),
        sum(one.visits for one in efforts),
        sum(one.promises_due for one in efforts),
        sum(one.promises_kept for one in efforts),
    )


def _total(all_sums: Iterable[Sums]) -> Sums:
    return reduce(Sums.plus, all_sums, Sums())


def _heat(spots: Sequence[Spot]) -> tuple[HeatRow, ...]:
    return tuple(HeatRow(SPOKEN_LEVEL[row.level], row.cells, row.total) for row in heat.table(spots))
