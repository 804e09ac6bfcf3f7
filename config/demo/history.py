"""The demo company's days, one by one, through the services that staff use and the nightly timetable."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Final

from django.db import connection

from config import timetable
from config.demo import bank, overnight, policies
from config.demo.agreements import Agreements
from config.demo.carriers import MadeUpCarriers
from config.demo.company import Place
from config.demo.desk import Desk
from config.demo.disputes import Disputes
from config.demo.events import Events
from config.demo.meters import Meters
from config.demo.payers import Payers
from config.demo.picture import photo_of_a_door
from config.demo.relief import Relief
from config.demo.sales import PaidAhead
from config.demo.tills import Tills
from config.demo.walks import Walks
from notices import queries as notices
from notices.rules.delivered import Method, Result
from notices.services import HandOver, Photo, record_round
from notices.tasks import send_waiting
from tenancy.kernel.scope import acting_for
from tenancy.people.services import jobs

Say = Callable[[str], None]
_OPENS, _CLOSES = time(8, 30), time(17, 30)
_CASHIERS: Final = ("shouyin", "shouyin", "qiantai")
_AT_THE_COUNTER: Final = "shouyin"
_WITH_TILLS: Final = timedelta(days=14)  # before that nobody counted the till in this program
_PLANS_LAST: Final = 4  # days
_GROWN, _GROWS = frozenset({6, 12, 36, 70}), 120  # days on which the tables have grown much
# A dashboard of a day long past is reckoned when somebody asks for it.
_WHEN_OPEN: Final = ("relief", "ladder", "floor", "predue")
# Before the last days money comes in on Mondays; every second one the desk works and the ladder is walked.
_DAILY: Final = timedelta(days=90)
_MONDAY, _FORTNIGHT = 1, 14  # of the days' ordinals
_FRESH: Final = timedelta(days=31)  # so that a last round is always among them


class History:
    """From a first day to a last one; the same days for the same seed."""

    def __init__(
        self, place: Place, *, seed: int, from_on: date, to_on: date, count_again: Callable[[], None]
    ) -> None:
        self._count_again = count_again
        self._place, self._from_on, self._to_on = place, from_on, to_on
        span = {"from_on": from_on, "to_on": to_on}
        self._payers = Payers(seed=seed, cash_points=place.cash_points, **span)
        self._desk = Desk(place, self._payers, seed=seed, **span)
        self._events = Events(place, seed=seed, **span)
        self._paid_ahead = PaidAhead(place, to_on=to_on)
        self._meters = Meters(place, seed=seed, **span)
        self._tills = Tills(place, seed=seed)
        self._agreements = Agreements(place, self._payers, to_on=to_on)
        self._door = Photo("door.png", photo_of_a_door())

    def live(self, *, say: Say) -> None:
        """Walk every day."""
        for n in range((self._to_on - self._from_on).days + 1):
            day = self._from_on + timedelta(days=n)
            if n in _GROWN or n % _GROWS == 0:
                self._count_again()
            if n % _PLANS_LAST == 0:
                _forget_plans()
            if day.day == 1 and day.month % 3 == 1:
                say(f"{day:%Y-%m}")
            self._meters.day(day)
            is_lately = day > self._to_on - _DAILY
            works = is_lately or day.toordinal() % _FORTNIGHT == _MONDAY
            if self._night(day, walks=works):
                self._round(day)
            self._agreements.day(day)
            if works or day.toordinal() % 7 == _MONDAY:
                self._counter(day, until=timetable.nominal(day, _CLOSES))
            if works:
                self._desk.day(day)
            self._report(day)
            self._events.day(day)
            self._paid_ahead.day(day)
        self._desk.ask_back(self._to_on)

    def morning(self, *, now: datetime) -> int:
        """The counter of the day after the last, up to this moment; who promised today is still awaited."""
        day, user_id = self._to_on + timedelta(days=1), self._place.user_ids[_AT_THE_COUNTER]
        opens = timetable.nominal(day, _OPENS)
        bank.divide_one(self._place, as_of=self._to_on, posted_on=day, at=opens)
        with acting_for(self._place.tenant_id, user_id=user_id):
            self._tills.open(user_id, day=day, at=opens)
            came = self._payers.come(day, first_at=opens, last_at=now, but=self._desk.promised_today)
        overnight.come_in(self._place, day, at=max(opens, now))
        Relief(self._place).morning(day, at=max(opens, now))
        Walks(self._place).morning(day, at=max(opens, now))
        Disputes(self._place).morning(day, at=max(opens, now))
        policies.morning(self._place, day)
        return came

    def _night(self, day: date, *, walks: bool) -> bool:
        """The timetable of the day; whether it issued bills."""
        issued = False
        for job in timetable.TIMETABLE:
            if job.name == "bills" or (job.name == "credit" and issued) or (job.name in _WHEN_OPEN and walks):
                with acting_for(self._place.tenant_id):
                    done = jobs.once_a_day(job.name, partial(job.work, day), as_of=day) or {}
                issued = issued or bool(done.get("bills_issued"))
        at = timetable.nominal(day, time(9, 0))
        send_waiting(tenant_id=self._place.tenant_id, at=at, by=MadeUpCarriers)
        return issued

    def _round(self, day: date) -> None:
        """New bills go to the mailboxes the same day; of the newest ones a building is still to be done."""
        with acting_for(self._place.tenant_id, user_id=self._place.user_ids["xunluo"]):
            billed = self._payers.get_bills(day)
            left = HandOver(
                method=Method.MAILBOX,
                result=Result.LEFT_WITH_PHOTO,
                on=day,
                photo=self._door,
                handed_over_by="马强",
            )
            for community_id in billed:
                for building_id in self._buildings(community_id, day):
                    record_round(
                        community_id=community_id, building_id=building_id, kind="BILL_NOTICE",
                        hand_over=left, as_of=day,
                    )  # fmt: skip

    def _buildings(self, community_id: int, day: date) -> list[int | None]:
        """None stands for the whole community."""
        if day <= self._to_on - _FRESH:
            return [None]
        rows = notices.waiting_by_building()
        waiting = [row for row in rows if (row.community_id, row.kind) == (community_id, "BILL_NOTICE")]
        return [row.building_id or 0 for row in waiting[:-1]]

    def _counter(self, day: date, *, until: datetime) -> None:
        cashier = _CASHIERS[day.toordinal() % len(_CASHIERS)]
        user_id, opens = self._place.user_ids[cashier], timetable.nominal(day, _OPENS)
        keeps_a_till = day > self._to_on - _WITH_TILLS
        with acting_for(self._place.tenant_id, user_id=user_id):
            if keeps_a_till:
                self._tills.open(user_id, day=day, at=opens)
            self._payers.come(day, first_at=opens, last_at=until)
            if keeps_a_till:
                self._tills.close(user_id, day=day, at=until)

    def _report(self, day: date) -> None:
        """Close the day when its calls are made; the day before is signed, the last one waits."""
        if day <= self._to_on - _WITH_TILLS:
            return
        if day - timedelta(days=1) > self._to_on - _WITH_TILLS:
            self._tills.sign(day=day - timedelta(days=1), at=timetable.nominal(day, _OPENS))
        cashier = self._place.user_ids[_CASHIERS[day.toordinal() % len(_CASHIERS)]]
        self._tills.report(cashier, day=day, at=timetable.nominal(day, _CLOSES))


def _forget_plans() -> None:
    """A plan made when a table was empty reads it whole; here tables grow faster than the server notices."""
    with connection.cursor() as cursor:
        cursor.execute("DISCARD PLANS")
