"""`manage.py demo`: fill an empty database with two companies and two years; `--logins` prints who."""

from __future__ import annotations

import gc
from argparse import ArgumentParser
from datetime import date, time, timedelta
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from config import timetable
from config.bench.owner import Owner
from config.demo import bank, company, invoices, limitation, online
from config.demo.history import History
from config.demo.team import Team
from tenancy.kernel import clock
from tenancy.kernel.models import Tenant
from tenancy.kernel.scope import acting_for
from values.fen import display
from values.period import add_months, month_start


class Command(BaseCommand):
    """Deterministic by seed and end day; ending yesterday, this morning's counter is added up to now."""

    help = "Fill an empty database with the demo companies."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--logins", action="store_true", help="only print the log-ins")
        parser.add_argument("--units", type=int, default=2600, help="homes, shops and parking bays")
        parser.add_argument("--months", type=int, default=24)
        parser.add_argument("--seed", type=int, default=20)
        parser.add_argument("--end", type=date.fromisoformat, help="last day of history (yesterday)")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["logins"]:
            self._logins()
            return
        if Tenant.objects.exists():
            self.stdout.write("the database is not empty: nothing to do")
            return
        if options["units"] < 24 or options["months"] < 1:
            raise CommandError("at least 24 units and one month", returncode=2)
        end: date = options["end"] or clock.today() - timedelta(days=1)
        self._fill(end=end, units=options["units"], months=options["months"], seed=options["seed"])

    def _fill(self, *, end: date, units: int, months: int, seed: int) -> None:
        started = monotonic()
        gc.freeze()  # the collector need not walk all of Django a thousand times; days make few cycles
        gc.set_threshold(50_000, 20, 20)
        # Nobody needs a made-up year that survives a power cut half-way: do not wait for the disk.
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit = off")
        from_on = add_months(month_start(end), -months)
        jinxiu = company.found_jinxiu(units=units, seed=seed, from_on=from_on)
        yunding = company.found_yunding(seed=seed, from_on=from_on)
        self._say(f"锦绣物业: {units} units from messy registers; living {from_on} to {end}, day by day")
        owner = Owner()
        history = History(jinxiu, seed=seed, from_on=from_on, to_on=end, count_again=owner.count_again)
        history.live(say=self._say)
        owner.close()
        online.buy_a_second_home(yunding, online.bring_online(jinxiu, as_of=end), on=month_start(end))
        bank.bring_statements(jinxiu, as_of=end, at=timetable.nominal(end, time(17, 30)))
        Team(jinxiu).work(to_on=end)
        invoices.issue_invoices(jinxiu, as_of=end, at=timetable.nominal(end, time(17, 45)))
        limitation.old_debts(jinxiu, as_of=end)
        if clock.today() == end + timedelta(days=1):
            history.morning(now=clock.now())
        self._say(f"made in {monotonic() - started:.0f} s")

    def _say(self, text: str) -> None:
        self.stdout.write(f"  {text}")
        self.stdout.flush()

    def _logins(self) -> None:
        self.stdout.write(f"Log-ins of the demo (password {company.PASSWORD}):")
        for person in company.STAFF:
            self.stdout.write(f"  {person.username:<12} {person.title}  {person.name}")
        self.stdout.write(f"  {'yunding':<12} 云顶物业 (the other company)")
        tenant = Tenant.objects.filter(code="jinxiu").first()
        if tenant is None:
            return
        with acting_for(tenant.pk):
            for owner in online.log_ins(as_of=clock.today()):
                owes = f"owes {display(owner.owes_fen)}" if owner.owes_fen else "has paid"
                self.stdout.write(f"  {owner.phone:<12} 业主, {owes}")
        self.stdout.write("  (owners: /my/; their codes land in var/outbox/sms/)")
