"""What happens every day, in which order: each job runs once per company and day, and catches up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from arrears.cases.queries.night import WALK
from arrears.cases.services import keep_floor, walk_ladder, watch_clocks
from arrears.legal.services import draft_withdrawals, raise_alerts
from arrears.relief.services import settle_tickets
from arrears.relief.services.daily import run_relief
from arrears.team.rules.week import MEETING_WEEKDAY
from arrears.team.services import hand_over, make_packs, tell_unsigned
from billing.charges.services import expire_offers, issue_due_bills, queue_predue
from billing.payments.queries import check_books
from billing.payments.services import use_credit_held
from reports.services import keep_figures
from tenancy.kernel import clock
from tenancy.kernel.scope import acting_for
from tenancy.people.services import jobs

SHANGHAI = ZoneInfo("Asia/Shanghai")
# A company that slept longer than this starts again today: nobody is walked through a lost year in a night.
CATCH_UP_DAYS = 62
CREDIT_AT = time(1, 0)  # after the bills, before anybody is reminded of one
TICKETS_AT = time(1, 30)  # what stopped being disputed is in the ladder the same night
MEETING_AT = time(15, 0)


class Daily(NamedTuple):
    """One line of the timetable: its name, its nominal time, and the work of one company's day.

    `weekday`: the only day of the week that has work, Monday is 0; what a machine missed is caught up later.
    """

    name: str
    at: time
    work: Callable[[date], Mapping[str, Any]]
    weekday: int | None = None

    def done_on(self, day: date) -> Mapping[str, Any]:
        """The work of a day."""
        return self.work(day) if self.weekday in (None, day.weekday()) else {}


def _unsigned(as_of: date) -> Mapping[str, Any]:
    return {"sheets_unsigned": tell_unsigned(day=as_of - timedelta(days=1))}


def _duties(as_of: date) -> Mapping[str, Any]:
    return hand_over(as_of=as_of).as_json()


def _weekly(as_of: date) -> Mapping[str, Any]:
    # Read now, whichever day is caught up: the stamp on the pack says so.
    return {"packs_made": make_packs(meeting_on=as_of, at=clock.now())}


def _offers(as_of: date) -> Mapping[str, Any]:
    return {"offers_ended": expire_offers(as_of=as_of)}


def _books(as_of: date) -> Mapping[str, Any]:
    # As they stand now: what was wrong on an earlier day is wrong today too.
    return check_books().as_json() if as_of == clock.today() else {}


def _bills(as_of: date) -> Mapping[str, Any]:
    return issue_due_bills(as_of=as_of).as_json()


def _credit(as_of: date) -> Mapping[str, Any]:
    return {"credit_used": use_credit_held(as_of=as_of, at=nominal(as_of, CREDIT_AT))}


def _relief(as_of: date) -> Mapping[str, Any]:
    return run_relief(as_of=as_of)


def _tickets(as_of: date) -> Mapping[str, Any]:
    return settle_tickets(as_of=as_of, at=nominal(as_of, TICKETS_AT)).as_json()


def _ladder(as_of: date) -> Mapping[str, Any]:
    return walk_ladder(as_of=as_of).as_json()


def _floor(as_of: date) -> Mapping[str, Any]:
    return {"calls_asked": keep_floor(as_of=as_of)}


def _withdrawals(as_of: date) -> Mapping[str, Any]:
    return {"withdrawals_drafted": draft_withdrawals(as_of=as_of)}


def _limitation(as_of: date) -> Mapping[str, Any]:
    return watch_clocks(as_of=as_of).as_json()


def _court(as_of: date) -> Mapping[str, Any]:
    return {"court_alerts": raise_alerts(as_of=as_of)}


def _predue(as_of: date) -> Mapping[str, Any]:
    return {"reminders_queued": queue_predue(as_of=as_of)}


def _figures(as_of: date) -> Mapping[str, Any]:
    # What a machine that slept catches up is of no use to a dashboard: ages and rungs are those of now.
    return {"tallies_kept": keep_figures(as_of=as_of, at=clock.now()) if as_of == clock.today() else 0}


TIMETABLE: tuple[Daily, ...] = (
    Daily("unsigned", time(0, 5), _unsigned),
    Daily("offers", time(0, 10), _offers),
    Daily("duties", time(0, 20), _duties),  # before the ladder gives new cases out
    Daily("bills", time(0, 30), _bills),
    Daily("credit", CREDIT_AT, _credit),
    Daily("relief", time(1, 30), _relief),  # what is over or broken today, the ladder walks on today
    Daily("tickets", TICKETS_AT, _tickets),
    Daily(WALK, time(2, 0), _ladder),
    Daily("floor", time(2, 15), _floor),
    Daily("withdrawals", time(2, 30), _withdrawals),
    Daily("limitation", time(3, 0), _limitation),
    Daily("court", time(3, 15), _court),
    Daily("books", time(4, 0), _books),
    Daily("figures", time(5, 0), _figures),
    Daily("predue", time(8, 0), _predue),
    Daily("weekly", MEETING_AT, _weekly, weekday=MEETING_WEEKDAY),
)
JOBS: Mapping[str, Daily] = {job.name: job for job in TIMETABLE}


def run_job(name: str, *, tenant_id: int, as_of: date) -> list[Mapping[str, Any]]:
    """Run a job of a company for every day up to `as_of` that is not done; returns the days' results."""
    job = JOBS[name]
    results: list[Mapping[str, Any]] = []
    day = date.min
    while day < as_of:
        with acting_for(tenant_id):
            day = _next_day(job, as_of)
            if day <= as_of:
                result = jobs.once_a_day(job.name, partial(job.done_on, day), as_of=day)
                results += [result] if result is not None else []
    return results


def nominal(as_of: date, at: time) -> datetime:
    """The moment a job is meant to run on a day."""
    return datetime.combine(as_of, at, tzinfo=SHANGHAI)


def _next_day(job: Daily, as_of: date) -> date:
    """The first day that is not done; the day after `as_of` when all are."""
    last = jobs.last_done(job.name)
    if last is None:
        return as_of
    return max(last + timedelta(days=1), as_of - timedelta(days=CATCH_UP_DAYS))
