"""ladder_worst_day, ladder_quiet_day: the nightly walk when every account climbs, and when none does."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any, Final
from zoneinfo import ZoneInfo

from arrears.cases.services import ensure_ladder, walk_ladder
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
    town = everybody_called(units, owner)
    return _figure(WORST, units, [_walk(town, DEMAND_DAYS, owner, climb="DEMAND")])


def measure_quiet(units: int, owner: Owner) -> Figure:
    """Every account is overdue and has a case, and waits: for its age, in the second week after the call."""
    town = everybody_called(units, owner)
    days = range(DEMAND_DAYS - QUIET_DAYS, DEMAND_DAYS)
    return _figure(QUIET, units, [_walk(town, day, owner, climb="") for day in days])


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


def _walk(town: Town, days: int, owner: Owner, *, climb: str) -> Measured:
    limit = Limit(owner)
    seconds, _done = timed(partial(_night, town, days, climb))
    return Measured(seconds, limit.copy())


def _night(town: Town, days: int, climb: str) -> None:
    """The walk of the day D in a transaction of its own; all accounts climb to one rung, or none climbs."""
    with acting_for(town.tenant_id):
        walk = walk_ladder(as_of=DUE_ON + timedelta(days))
    expected = {climb: town.units} if climb else {}
    if walk.accounts != town.units or walk.steps != expected:
        raise RuntimeError(f"D{days} was to bring {expected} and brought {walk}")


def everybody_called(units: int, owner: Owner) -> Town:
    """January is billed and delivered, nobody pays, everybody is reminded on D1 and called on D2."""
    town = build(units, owner)
    hire(town, COLLECTORS)
    with acting_for(town.tenant_id):
        ensure_ladder(active_from=FROM_ON)
        issue_bills(community_id=town.community_id, period=JANUARY, issued_on=JANUARY.start.replace(day=5))
        sql.run(PACKAGE, "ladder_bills_delivered")
    owner.settle_down("charges_bill", "charges_charge", "notices_notice")
    _night(town, 1, "REMINDER")
    people_do(town, 1, "ladder_reminders_sent")
    owner.settle_down("notices_notice", "cases_case", "cases_step")
    _night(town, 2, "CALL")
    people_do(town, 2, "ladder_calls", "ladder_calls_taken", "ladder_calls_done")
    owner.settle_down("cases_case", "cases_step", "cases_task", "cases_call")
    return town


def people_do(town: Town, days: int, *statements: str) -> None:
    """What people did on the day D, all of it at ten in the morning."""
    at = datetime.combine(DUE_ON + timedelta(days), time(10), tzinfo=_SHANGHAI)
    with acting_for(town.tenant_id):
        for statement in statements:
            sql.run(PACKAGE, statement, {"at": at})


def hire(town: Town, collectors: int) -> None:
    """So many collectors who see every community."""
    for number in range(collectors):
        name = f"bench-{town.tenant_id}-{number}"
        user = members.create_user(username=name, name=name, password=name, check=False)
        members.join(tenant_id=town.tenant_id, user_id=user.pk, roles=[Role.COLLECTOR])
