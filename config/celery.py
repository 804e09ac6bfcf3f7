"""The Celery app and the beat: one line per daily job of config/timetable.py, and the outbox every minute."""

from __future__ import annotations

import os
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("wuye", task_cls="tenancy.kernel.deliveries:LimitedTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# (job, hour, minute): the nominal times of config/timetable.py; a test compares them.
DAILY = (
    ("unsigned", 0, 5),
    ("offers", 0, 10),
    ("duties", 0, 20),
    ("bills", 0, 30),
    ("credit", 1, 0),
    ("relief", 1, 30),
    ("tickets", 1, 30),
    ("ladder", 2, 0),
    ("floor", 2, 15),
    ("withdrawals", 2, 30),
    ("limitation", 3, 0),
    ("court", 3, 15),
    ("books", 4, 0),
    ("figures", 5, 0),
    ("predue", 8, 0),
    ("weekly", 15, 0),
)

app.conf.beat_schedule = {
    **{
        f"daily-{job}": {
            "task": "config.tasks.daily",
            "schedule": crontab(hour=str(hour), minute=str(minute)),
            "kwargs": {"job": job},
        }
        for job, hour, minute in DAILY
    },
    # What a stopped machine missed is caught up within the hour; a day already done is a no-op.
    **{
        f"catch-up-{job}": {
            "task": "config.tasks.daily",
            "schedule": crontab(hour=f"{hour + 1}-23", minute="15"),
            "kwargs": {"job": job},
        }
        for job, hour, _minute in DAILY
    },
    "outbox": {"task": "notices.tasks.drain_all", "schedule": 60.0, "options": {"expires": 55}},
    "unknown-messages": {
        "task": "notices.tasks.ask_unknown_all",
        "schedule": 600.0,
        "options": {"expires": 590},
    },
}


@worker_init.connect
def _refuse_powerful_role(**kwargs: Any) -> None:
    from tenancy.kernel.checks import refuse_powerful_role

    refuse_powerful_role()
