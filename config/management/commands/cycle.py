"""`manage.py cycle --as-of=2026-03-06`: one day's timetable on the demo companies, as the beat would."""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Mapping
from datetime import date
from datetime import time as dt_time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from arrears.cases.queries import tasks_due
from config import timetable
from notices.tasks import send_waiting
from tenancy.kernel import clock
from tenancy.kernel.scope import acting_for
from tenancy.people.services.jobs import demo_tenant_ids

DRAIN_AT = dt_time(9, 0)
REMINDERS_SENT = ("REMINDER_SENT", "PRE_DUE_SENT")
COUNTS = (
    "bills_issued",
    "credit_used",
    "reminders_queued",
    "reminders_sent",
    "cases_opened",
    "documents_made",
)


class Command(BaseCommand):
    """Runs every job at its nominal time of the day. A day already done counts 0."""

    help = "Run one day's timetable on the demo companies; the last line is JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--as-of", help="YYYY-MM-DD; today when left out")

    def handle(self, *args: Any, **options: Any) -> None:
        as_of = _day(options["as_of"])
        started = time.monotonic()
        totals, steps, due = Counter(dict.fromkeys(COUNTS, 0)), Counter[str](), 0
        for tenant_id in demo_tenant_ids():
            for result in _company(tenant_id, as_of):
                totals.update({name: result[name] for name in COUNTS if name in result})
                steps.update(result.get("steps", {}))
            with acting_for(tenant_id):
                due += tasks_due(as_of=as_of)
        summary: dict[str, Any] = {"as_of": as_of.isoformat(), **totals}
        summary |= {"steps": dict(steps), "tasks_due": due}
        summary["seconds"] = round(time.monotonic() - started, 2)
        self.stdout.write(json.dumps(summary, ensure_ascii=False))


def _company(tenant_id: int, as_of: date) -> list[Mapping[str, Any]]:
    results: list[Mapping[str, Any]] = []
    for job in timetable.TIMETABLE:
        results += timetable.run_job(job.name, tenant_id=tenant_id, as_of=as_of)
    sent = send_waiting(tenant_id=tenant_id, at=timetable.nominal(as_of, DRAIN_AT))
    return [*results, {"reminders_sent": sum(sent.get(name, 0) for name in REMINDERS_SENT)}]


def _day(text: str | None) -> date:
    try:
        return date.fromisoformat(text) if text else clock.today()
    except ValueError as error:
        raise CommandError(f"not a day: {text} (YYYY-MM-DD)", returncode=2) from error
