"""`manage.py demo`: fill an empty database with two companies and a year; `--logins` prints who."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.demo import company
from config.demo.history import Year
from tenancy.kernel import clock
from tenancy.kernel.models import Tenant
from tenancy.kernel.scope import acting_for
from values.period import add_months, month_start

SHOWN = ("qiantai", "lingban", "jingli", "zongjing", "admin")


class Command(BaseCommand):
    """Deterministic by seed and end day."""

    help = "Fill an empty database with the demo companies."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--logins", action="store_true", help="only print the log-ins")
        parser.add_argument("--units", type=int, default=120)
        parser.add_argument("--months", type=int, default=12)
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
        from_on = add_months(month_start(end), -months)
        jinxiu = company.found_jinxiu(units=units, seed=seed, from_on=from_on)
        company.found_yunding(seed=seed, from_on=from_on)
        self.stdout.write(f"锦绣花园: {units} units from a messy register; living {from_on} to {end}")
        Year(jinxiu, seed=seed).live(from_on=from_on, to_on=end, say=self._say)

    def _say(self, text: str) -> None:
        self.stdout.write(f"  {text}")
        self.stdout.flush()

    def _logins(self) -> None:
        people = {person.username: person for person in company.STAFF}
        self.stdout.write(f"Log-ins of the demo (password {company.PASSWORD}):")
        for username in SHOWN:
            self.stdout.write(f"  {username:<12} {people[username].title}  {people[username].name}")
        self.stdout.write(f"  {'yunding':<12} 云顶物业 (the other company)")
        tenant = Tenant.objects.filter(code="jinxiu").first()
        if tenant is not None:
            with acting_for(tenant.pk):
                phone = company.phone_of_a_debtor(as_of=clock.today())
            self.stdout.write(f"  {phone:<12} 业主  /my/ (log-in codes land in var/outbox/sms/)")
