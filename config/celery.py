"""The Celery app and the timetable: one table, one line per nightly run."""

from __future__ import annotations

import os
from typing import Any

from celery import Celery
from celery.signals import worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("wuye")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def _refuse_powerful_role(**kwargs: Any) -> None:
    from tenancy.kernel.checks import refuse_powerful_role

    refuse_powerful_role()
