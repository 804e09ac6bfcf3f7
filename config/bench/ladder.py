"""ladder_worst_day, ladder_quiet_day: the nightly walk when every account climbs, and when none does."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any, Final
from zoneinfo import ZoneInfo

from arrears.cases.services import Walk, ensure_ladder, walk_ladder
from billing.charges.services import issue_bills
from config.bench.figure import Figure, Measured, middle, timed
from config.bench.limit import Limit
from config.bench.owner import Owner
from config.bench.town import FROM_ON, PACKAGE, Town, build
from tenancy.kernel import sql
from tenancy.kernel.permissions import Role
from tenancy.kernel.scope import acting_for
from tenancy.people.services import members
from values.period import Period

WORST: Final = "ladder_worst_day"
QUIET: Final = "ladder_quiet_day"
JANUARY: Final = Period.month(2026, 1)
DUE_ON: Final = date(2026, 1, 31)
COLLECTORS: Final = 5
QUIET_DAYS: Final = 3
DEMAND_DAYS: Final = 16
_SHANGHAI: Final = ZoneInfo("Asia/Shanghai")


def measure_worst(units: int, owner: Owner) -> Figure:
    """D16: every account gets a numbered 催款通知书, with a step, a task and its data frozen."""
    town = _everybody_called(units, owner)
    measured, walk = _walk(town, DEMAND_DAYS, owner)
    if walk.documents_queued != units:
        raise RuntimeError(f"{walk.documents_queued} documents for {units} accounts")
    return _figure(WORST, units, [measured])


def measure_quiet(units: int, owner: Owner) -> Figure:
    """Every account is overdue and has a case, and waits: for its age, in the second week after the call."""
    town = _everybody_called(units, owner)
    days = [_walk(town, DEMAND_DAYS - QUIET_DAYS + n, owner) for n in range(QUIET_DAYS)]
    if any(walk.steps for _measured, walk in days):
        raise RuntimeError("somebody climbed on a quiet day")
    return _figure(QUIET, units, [measured for measured, _walk in days])


def _figure(name: str, units: int, days: list[Measured]) -> Figure:
    seconds = middle([day.seconds for day in days])
    ratios = [day.ratio for day in days if day.ratio is not None]
    more: dict[str, Any] = {
        "accounts_per_s": round(units / seconds),
        "limit_seconds": round(middle([day.limit.seconds for day in days]), 3),
        # A quiet day writes nothing that could be copied.
        "ratio_to_limit": round(middle(ratios), 2) if ratios else None,
        "rows": days[-1].limit.rows,
    }
    return Figure(name, units, seconds, more)


def _walk(town: Town, days: int, owner: Owner) -> tuple[Measured, Walk]:
    limit = Limit(owner)
    seconds, walk = timed(partial(_night, town, days))
    if walk.accounts != town.units:
        raise RuntimeError(f"{walk.accounts} of {town.units} accounts were looked at")
    return Measured(seconds, limit.copy()), walk


def _night(town: Town, days: int) -> Walk:
    """The walk of the day D in a transaction of its own."""
    with acting_for(town.tenant_id):
        return walk_ladder(as_of=DUE_ON + timedelta(days))


def _everybody_called(units: int, owner: Owner) -> Town:
    """January is billed and delivered, nobody pays, everybody is reminded on D1 and called on D2."""
    town = build(units, owner)
    _hire(town)
    with acting_for(town.tenant_id):
        ensure_ladder(active_from=FROM_ON)
        issue_bills(community_id=town.community_id, period=JANUARY, issued_on=JANUARY.start.replace(day=5))
        sql.run(PACKAGE, "ladder_bills_delivered")
    owner.settle_down()
    _night(town, 1)
    _people_do(town, 1, "ladder_reminders_sent")
    owner.settle_down()
    _night(town, 2)
    _people_do(town, 2, "ladder_calls", "ladder_calls_taken", "ladder_calls_done")
    owner.settle_down()
    return town


def _people_do(town: Town, days: int, *statements: str) -> None:
    at = datetime.combine(DUE_ON + timedelta(days), time(10), tzinfo=_SHANGHAI)
    with acting_for(town.tenant_id):
        for statement in statements:
            sql.run(PACKAGE, statement, {"at": at})


def _hire(town: Town) -> None:
    for number in range(COLLECTORS):
        name = f"bench-{town.tenant_id}-{number}"
        user = members.create_user(username=name, name=name, password=name, check=False)
        members.join(tenant_id=town.tenant_id, user_id=user.pk, roles=[Role.COLLECTOR])
